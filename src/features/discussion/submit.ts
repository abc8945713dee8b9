import { Problem } from '../../base/problem.ts';
import { isLanguageTag } from '../../base/text.ts';
import type { Reader } from '../../storage/db.ts';
import { mentionCandidates, type Named, readComment, tidySource } from './markup.ts';
import {
  type DiscussionRoom,
  openDiscussion,
  postComment,
  type Posted,
  postedBefore,
  postKey,
} from './post.ts';
import { type Draft, reviewed, type Writer } from './review.ts';

export type Submission = {
  readonly articleId: string;
  readonly parentId?: string | undefined;
  readonly writer: Writer;
  /** As typed. */
  readonly text: string;
  readonly language?: string | undefined;
  /** Of the request: a retry with the same key gives the first comment. */
  readonly key?: string | undefined;
  readonly addressKey?: string | undefined;
};

/**
 * The whole way of a comment: read, reviewed outside any transaction, put into its discussion in one.
 * @throws Problem `invalid`, `too-large`, `not-found`, `conflict`, and what the review refuses
 */
export async function submitComment(house: DiscussionRoom, given: Submission): Promise<Posted> {
  const { db } = house;
  const { articleId, writer } = given;
  const at = house.clock.now();
  const key =
    given.key === undefined
      ? undefined
      : postKey(writer, articleId, { key: given.key, text: given.text, parentId: given.parentId });
  if (key !== undefined) {
    const before = await postedBefore(db.read, key);
    if (before !== undefined) return before;
  }
  const status = await openDiscussion(db.read, articleId, at);
  if (writer.kind === 'guest' && !status.settings.guests)
    throw new Problem('unauthenticated', 'Comments need an account here.', 'Sign in; your text is kept.');
  const { source, body } = readComment(given.text, await peopleNamed(db.read, articleId, given.text));
  const language =
    given.language !== undefined && isLanguageTag(given.language) ? given.language : status.language;
  const draft: Draft = {
    articleId,
    writer,
    source,
    body,
    language,
    at,
    ...(given.parentId === undefined ? {} : { parentId: given.parentId }),
    ...(given.addressKey === undefined ? {} : { addressKey: given.addressKey }),
    ...(key === undefined ? {} : { key }),
  };
  return reviewed(db, { moderator: house.moderator, draft }, (verdict) =>
    db.write((tx) =>
      postComment(tx, house, {
        draft,
        // Whatever a rule says of the words, nobody has said who this is.
        verdict:
          writer.kind === 'guest' && verdict.action === 'publish'
            ? { action: 'hold', phase: 'guest', rule: 'guests are held', matched: [] }
            : verdict,
      }),
    ),
  );
}

/** The people of a discussion by the names that a text calls. Of two with one name, the one who wrote last. */
export async function peopleNamed(db: Reader, articleId: string, text: string): Promise<Named> {
  const candidates = mentionCandidates(tidySource(text));
  if (candidates.length === 0) return () => undefined;
  const rows = await db
    .selectFrom('discussion_people')
    .select(['user_id', 'name', 'name_key'])
    .where('article_id', '=', articleId)
    .where('name_key', 'in', candidates)
    .orderBy('last_at')
    .limit(500)
    .execute();
  const found = new Map(rows.map((row) => [row.name_key, { user: row.user_id, name: row.name }]));
  return (name) => found.get(name);
}
