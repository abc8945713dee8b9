import type { Instant } from '../../base/clock.ts';
import { commentLinks, commentText } from '../../contract/comment-doc.ts';
import type { Db, Reader } from '../../storage/db.ts';
import type { Draft } from '../discussion/discussion.ts';
import { saidOf } from './learning.ts';
import { guestKey, userKey } from './people.ts';
import type { Author, Learned, Subject } from './phases/phase.ts';
import { rulebook } from './rules.views.ts';
import { recentlyWritten } from './sketches.store.ts';
import { linksOf } from './text/links.ts';
import { plainWords, sameness, sketch } from './text/shingles.ts';
import type { Way } from './under-way.ts';

/** A comment made ready for the phases, and what is kept of it afterwards. */
export type Gathered = {
  readonly subject: Subject;
  readonly authorKey: string;
  readonly words: readonly string[];
};

/** Collects what the phases look at: the text, who wrote it, what was written lately, what the classifier says. */
export async function gather(
  db: Pick<Db, 'read'>,
  draft: Draft,
  { hours, way }: { hours: number; way: Way },
): Promise<Gathered> {
  const { writer, at } = draft;
  const authorKey = writer.kind === 'account' ? userKey(writer.userId) : guestKey(writer.email);
  // What is quoted of others is not held against who quotes it.
  const text = commentText(draft.body, { own: true });
  const words = plainWords(text);
  const links = linksOf(text, commentLinks(draft.body));
  // Before the database is asked: what leaves the way meanwhile is found there.
  const company = way.enter(draft, {
    authorKey,
    articleId: draft.articleId,
    sameness: sameness(words),
    signature: sketch(words),
    at,
    isNew: draft.edits === undefined,
  });
  const author = await authorOf(db.read, { authorKey, writer, at });
  const recent = await recentlyWritten(db.read, {
    authorKey,
    articleId: draft.articleId,
    words,
    at,
    hours,
    company,
    ...(draft.edits === undefined ? {} : { except: draft.edits }),
  });
  return {
    authorKey,
    words,
    subject: {
      text,
      language: draft.language,
      words: words.length,
      links,
      author,
      // An edit is no new comment: it neither hurries nor waits.
      recent:
        draft.edits === undefined ? recent : { ...recent, lastMinute: 0, lastHour: 0, lastHere: undefined },
      learned: await learnedOf(db.read, text, links.length),
      now: at,
    },
  };
}

async function learnedOf(db: Reader, text: string, links: number): Promise<Learned | undefined> {
  const { site } = await rulebook(db);
  if (!site.learned.enabled) return undefined;
  const said = await saidOf(db, { text, links });
  if (said === undefined || !said.mayAct) return undefined;
  return {
    percent: Math.round(said.probability * 100),
    because: said.reasons.filter(({ weight }) => weight > 0).map(({ name }) => name),
  };
}

async function authorOf(
  db: Reader,
  { authorKey, writer, at }: { authorKey: string; writer: Draft['writer']; at: Instant },
): Promise<Author> {
  const known = await db
    .selectFrom('moderation_people')
    .select(['approved'])
    .where('author_key', '=', authorKey)
    .executeTakeFirst();
  const user =
    writer.kind === 'guest'
      ? undefined
      : await db.selectFrom('users').select('created_at').where('id', '=', writer.userId).executeTakeFirst();
  return {
    kind: writer.kind === 'guest' ? 'guest' : writer.role === 'reader' ? 'reader' : 'staff',
    since: user?.created_at,
    approved: Number(known?.approved ?? 0),
    sanction: await sanctionOn(db, { authorKey, at }),
  };
}

/** The ban or suspension that holds for a person now. */
export async function sanctionOn(
  db: Reader,
  { authorKey, at }: { authorKey: string; at: Instant },
): Promise<(NonNullable<Author['sanction']> & { readonly id: string; readonly reason: string }) | undefined> {
  const row = await db
    .selectFrom('moderation_sanctions')
    .selectAll()
    .where('author_key', '=', authorKey)
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', at)]))
    // A ban before any suspension, the latest first.
    .orderBy('kind')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    kind: row.kind,
    until: row.until_at,
    standard: row.standard_paragraph,
    reason: row.reason,
  };
}
