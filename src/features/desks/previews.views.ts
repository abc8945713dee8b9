import type { Instant } from '../../base/clock.ts';
import type { PreviewLinkAnswer } from '../../contract/desks.ts';
import type { Db, Reader } from '../../storage/db.ts';
import { peopleOf } from './desks.views.ts';
import { countPreviewUse } from './previews.store.ts';

/** The preview links of one target, or of all, newest first; ended ones included. */
export async function previewLinks(
  db: Reader,
  page: {
    readonly target?: string | undefined;
    readonly id?: string | undefined;
    readonly limit: number;
    readonly before?: string | undefined;
    readonly now: Instant;
  },
): Promise<PreviewLinkAnswer[]> {
  let query = db.selectFrom('preview_links').selectAll();
  if (page.target !== undefined) query = query.where('target_id', '=', page.target);
  if (page.id !== undefined) query = query.where('id', '=', page.id);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  const person = await peopleOf(
    db,
    rows.map((row) => row.created_by),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    target: row.target_id,
    revision: row.revision_number,
    label: row.label,
    createdBy: person(row.created_by) ?? { id: row.created_by, name: '' },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    uses: row.uses,
    lastUsedAt: row.last_used_at,
    state: row.revoked_at !== null ? 'revoked' : row.expires_at <= page.now ? 'expired' : 'open',
  }));
}

/** Counts that a preview was looked at. */
export async function notePreview(db: Db, linkId: string, at: Instant): Promise<void> {
  await db.write((tx) => countPreviewUse(tx, linkId, at));
}
