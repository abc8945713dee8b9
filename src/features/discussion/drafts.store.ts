import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import type { Reader, Tx } from '../../storage/db.ts';

/** How long a text waits for its writer to come back from signing in. */
const KEPT_MS = 7 * 86_400_000;

export type KeptDraft = {
  readonly articleId: string;
  readonly parentId: string | undefined;
  readonly source: string;
};

const digest = (word: string): string => createHash('sha256').update(word).digest('hex');

/** Keeps a text for somebody who goes to sign in; the word that is answered is in the address of the form alone. */
export async function keepDraft(tx: Tx, now: Instant, draft: KeptDraft): Promise<string> {
  const word = randomBytes(18).toString('base64url');
  await tx.deleteFrom('comment_drafts').where('expires_at', '<=', now).execute();
  await tx
    .insertInto('comment_drafts')
    .values({
      id: digest(word),
      article_id: draft.articleId,
      parent_id: draft.parentId ?? null,
      source: draft.source,
      created_at: now,
      expires_at: new Date(Date.parse(now) + KEPT_MS).toISOString(),
    })
    .execute();
  return word;
}

export async function keptDraft(db: Reader, now: Instant, word: string): Promise<KeptDraft | undefined> {
  const row = await db
    .selectFrom('comment_drafts')
    .selectAll()
    .where('id', '=', digest(word))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { articleId: row.article_id, parentId: row.parent_id ?? undefined, source: row.source };
}

export async function dropDraft(tx: Tx, word: string): Promise<void> {
  await tx.deleteFrom('comment_drafts').where('id', '=', digest(word)).execute();
}
