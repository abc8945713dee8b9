import type { Reader } from '../../storage/db.ts';
import { fromBase64 } from './bytes.ts';

/** Updates of a document after a number, oldest first. */
export async function updatesAfter(
  db: Reader,
  of: { articleId: string; after: number },
): Promise<{ seq: number; userId: string | null; update: Uint8Array }[]> {
  const rows = await db
    .selectFrom('shared_updates')
    .select(['seq', 'user_id', 'data'])
    .where('article_id', '=', of.articleId)
    .where('seq', '>', of.after)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ seq: row.seq, userId: row.user_id, update: fromBase64(row.data) }));
}

/** Where documents and their articles stand: what a process compares with what it holds. */
export async function standing(
  db: Reader,
  articleIds: readonly string[],
): Promise<
  Map<string, { lastSeq: number; documentRevision: number; articleRevision: number; fault: string | null }>
> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('shared_documents')
    .innerJoin('articles', 'articles.id', 'shared_documents.article_id')
    .select([
      'shared_documents.article_id',
      'shared_documents.last_seq',
      'shared_documents.fault',
      'shared_documents.revision_number as document_revision',
      'articles.revision_number as article_revision',
    ])
    .where('shared_documents.article_id', 'in', [...articleIds])
    .execute();
  return new Map(
    rows.map((row) => [
      row.article_id,
      {
        lastSeq: row.last_seq,
        documentRevision: row.document_revision,
        articleRevision: row.article_revision,
        fault: row.fault,
      },
    ]),
  );
}

/** Articles whose written text no revision has yet: quiet since `quiet`, or unsaved since `long`. */
export async function unrevised(db: Reader, before: { quiet: string; long: string }): Promise<string[]> {
  const rows = await db
    .selectFrom('shared_documents')
    .select('article_id')
    .where('unrevised_since', 'is not', null)
    .where((eb) => eb.or([eb('changed_at', '<=', before.quiet), eb('unrevised_since', '<=', before.long)]))
    .orderBy('unrevised_since')
    .limit(50)
    .execute();
  return rows.map((row) => row.article_id);
}
