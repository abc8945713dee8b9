import type { Clock } from '../../base/clock.ts';
import { truncate } from '../../base/text.ts';
import { commentText } from '../../contract/comment-doc.ts';
import type { NoticeKind } from '../../contract/comments.ts';
import { discussionWords } from '../../contract/discussion-words/index.ts';
import {
  COMMENT_CHANGED,
  COMMENT_PUBLISHED,
  type CommentChanged,
  type CommentPublished,
} from '../../contract/events.ts';
import { paths } from '../../contract/routes.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';
import { sendMail } from '../mail/mail.ts';
import { commentById, type CommentRow } from './comments.store.ts';
import { noticeChoices, stopWord } from './notice-choices.store.ts';
import { recordsById } from './records.views.ts';
import { followersDue, noteTold } from './follows.store.ts';

type House = { readonly db: Db; readonly clock: Clock; readonly origin: string };
type Story = { readonly headline: string; readonly path: string; readonly language: string };
type Person = { readonly id: string; readonly to: string; readonly language: string | null };

/** How often a follower is written to about one discussion, at most. */
const FOLLOW_MS = 3600_000;

/**
 * Writes e-mails about comments: to whom they answer, whom they mention, who follows, and to authors whose comment is shown at last. Follows the outbox, so
 * that posting waits for no mail; a key on each mail sends nothing twice when an event comes again.
 */
export function noticesSubscriber(house: House): Subscriber {
  return {
    name: 'notices of discussions',
    durable: true,
    handle: async (events) => {
      for (const event of events) {
        if (event.topic === COMMENT_PUBLISHED)
          await house.db.write((tx) => published(tx, house, event.payload as CommentPublished));
        if (event.topic === COMMENT_CHANGED)
          await house.db.write((tx) => changed(tx, house, event.payload as CommentChanged));
      }
    },
  };
}

async function storyOf(tx: Tx, articleId: string): Promise<Story | undefined> {
  const row = await tx
    .selectFrom('published_articles')
    .select(['headline', 'path', 'language', 'visibility'])
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  return row?.visibility === 'live' ? row : undefined;
}

/** Where a person gets mail; undefined for who has no address, is shut out or gone, or does not want it. */
async function personOf(tx: Tx, userId: string, kind: NoticeKind): Promise<Person | undefined> {
  const row = await tx
    .selectFrom('users')
    .select(['id', 'email', 'contact_email', 'language', 'disabled', 'deleted_at'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (row === undefined || row.disabled === 1 || row.deleted_at !== null) return undefined;
  const to = row.contact_email ?? row.email;
  if (to.endsWith('.invalid') || !(await noticeChoices(tx, userId))[kind]) return undefined;
  return { id: row.id, to, language: row.language };
}

async function ignores(tx: Tx, userId: string, authorId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('discussion_ignores')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('ignored_id', '=', authorId)
    .executeTakeFirst();
  return row !== undefined;
}

async function published(tx: Tx, house: House, event: CommentPublished): Promise<void> {
  const story = await storyOf(tx, event.articleId);
  const row = await commentById(tx, event.commentId);
  if (story === undefined || row?.state !== 'visible') return;
  const parent = row.parent_id === null ? undefined : await commentById(tx, row.parent_id);
  const told = new Set<string>([row.user_id ?? '']);
  const answered = parent?.user_id ?? null;
  if (answered !== null && !told.has(answered)) {
    told.add(answered);
    await tell(tx, house, { row, story, userId: answered, kind: 'reply' });
  }
  await mentions(tx, house, { row, story, told });
  await follow(tx, house, { row, story, told });
}

async function mentions(
  tx: Tx,
  house: House,
  { row, story, told }: { row: CommentRow; story: Story; told: ReadonlySet<string> },
): Promise<void> {
  const named = await tx
    .selectFrom('comment_mentions')
    .select('user_id')
    .where('comment_id', '=', row.id)
    .limit(20)
    .execute();
  for (const { user_id } of named)
    if (!told.has(user_id)) await tell(tx, house, { row, story, userId: user_id, kind: 'mention' });
}

async function tell(
  tx: Tx,
  house: House,
  { row, story, userId, kind }: { row: CommentRow; story: Story; userId: string; kind: 'reply' | 'mention' },
): Promise<void> {
  const person = await personOf(tx, userId, kind);
  if (person === undefined || (row.user_id !== null && (await ignores(tx, userId, row.user_id)))) return;
  const words = discussionWords(person.language ?? story.language);
  const [record] = await recordsById(tx, [row.id]);
  const name = record?.author?.name || words.someone;
  const text = record?.body === undefined ? '' : truncate(commentText(record.body), 1500);
  await mail(tx, house, {
    person,
    articleId: row.article_id,
    kind,
    key: `${kind} ${row.id} ${person.id}`,
    subject: fill(words.mail[kind], { name, headline: story.headline }),
    lines: [
      text,
      `${words.mail.read}:\n${link(house, row)}`,
      kind === 'reply' ? words.mail.whyReply : words.mail.whyMention,
    ],
    stop: words.mail.stop,
  });
}

/** Followers are told that something is new at most once an hour, however much is written. */
async function follow(
  tx: Tx,
  house: House,
  { row, story, told }: { row: CommentRow; story: Story; told: ReadonlySet<string> },
): Promise<void> {
  const now = house.clock.now();
  const before = new Date(Date.parse(now) - FOLLOW_MS).toISOString();
  for (const userId of await followersDue(tx, row.article_id, before)) {
    if (told.has(userId)) continue;
    await noteTold(tx, { userId, articleId: row.article_id, at: now });
    const person = await personOf(tx, userId, 'follow');
    if (person === undefined) continue;
    const words = discussionWords(person.language ?? story.language);
    await mail(tx, house, {
      person,
      articleId: row.article_id,
      kind: 'follow',
      key: `follow ${row.id} ${person.id}`,
      subject: fill(words.mail.follow, { headline: story.headline }),
      lines: [`${words.mail.read}:\n${house.origin}${story.path}#discussion`, words.mail.whyFollow],
      stop: words.mail.stop,
    });
  }
}

/**
 * Whom an edit named, and the author of a comment that is shown after it was not. Of what restricts them authors are told by the statement of
 * reasons that moderation sends, whatever mail they want: one decision, one mail.
 */
async function changed(tx: Tx, house: House, event: CommentChanged): Promise<void> {
  const { state, was } = event;
  if (state !== 'visible') return;
  const row = await commentById(tx, event.commentId);
  if (row?.user_id == null) return;
  const story = await storyOf(tx, event.articleId);
  if (story === undefined) return;
  if (was === 'visible') {
    await mentions(tx, house, { row, story, told: new Set([row.user_id]) });
    return;
  }
  if (row.state !== state || event.told === true) return;
  const person = await personOf(tx, row.user_id, 'decision');
  if (person === undefined) return;
  const words = discussionWords(person.language ?? story.language);
  await mail(tx, house, {
    person,
    articleId: row.article_id,
    kind: 'decision',
    key: `decision ${row.id} approved ${row.row_version}`,
    subject: fill(words.mail.approved, { headline: story.headline }),
    lines: [`“${row.excerpt}”`, `${words.mail.read}:\n${link(house, row)}`, words.mail.whyDecision],
    stop: words.mail.stop,
  });
}

const link = (house: House, row: CommentRow): string =>
  `${house.origin}${paths.comment(row.article_id, row.id)}#comment-${row.id}`;

async function mail(
  tx: Tx,
  house: House,
  given: {
    person: Person;
    articleId: string;
    kind: NoticeKind;
    key: string;
    subject: string;
    lines: readonly string[];
    stop: string;
  },
): Promise<void> {
  const word = await stopWord(tx, { userId: given.person.id, kind: given.kind });
  const stop = house.origin + paths.stopNotices(word);
  await sendMail(
    tx,
    {
      to: given.person.to,
      subject: truncate(given.subject.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' '), 200),
      text: [...given.lines.filter((line) => line !== ''), `${given.stop}:\n${stop}`].join('\n\n'),
      listUnsubscribe: stop,
      thread: `discussion.${given.articleId}@${new URL(house.origin).hostname}`,
      dedupeKey: `comment ${given.key}`,
    },
    house.clock,
  );
}

function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
