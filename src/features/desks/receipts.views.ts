import type { VersionReason } from '../../contract/article.ts';
import type { ReceiptAnswer } from '../../contract/desks.ts';
import type { Reader } from '../../storage/db.ts';

/** The receipts of an article, the newest version's first. */
export async function receiptsOf(
  db: Reader,
  page: { articleId: string; limit: number; below?: number | undefined },
): Promise<ReceiptAnswer[]> {
  let query = db.selectFrom('receipts').selectAll().where('article_id', '=', page.articleId);
  if (page.below !== undefined) query = query.where('version_number', '<', page.below);
  const rows = await query.orderBy('version_number', 'desc').limit(page.limit).execute();
  if (rows.length === 0) return [];
  const surfaces = await db
    .selectFrom('receipt_surfaces')
    .selectAll()
    .where(
      'receipt_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('receipt_id')
    .orderBy('position')
    .execute();
  const byReceipt = Map.groupBy(surfaces, (surface) => surface.receipt_id);
  return rows.map((row) => ({
    id: row.id,
    article: row.article_id,
    version: row.version_number,
    // Written by insertReceipt from a version's reason.
    reason: row.reason as VersionReason,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    surfaces: (byReceipt.get(row.id) ?? []).map((surface) => ({
      surface: surface.surface,
      url: surface.url,
      status: surface.status,
      door: surface.door,
      digest: surface.digest,
      bytes: surface.bytes,
      millis: surface.millis,
      fetchedAt: surface.fetched_at,
      reached: surface.reached === 1,
      detail: surface.detail,
    })),
  }));
}
