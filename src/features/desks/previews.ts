import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { endPreviewLink, insertPreviewLink } from './previews.store.ts';

const DEFAULT_HOURS = 72;
const MAX_HOURS = 30 * 24;
/** 32 random bytes: nobody guesses one. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export type PreviewTarget =
  | { readonly kind: 'article'; readonly id: string; readonly revision: number }
  | { readonly kind: 'front'; readonly id: string };

export type OpenPreview = PreviewTarget & { readonly linkId: string; readonly expiresAt: Instant };

/** Makes a link that shows one exact revision, or one arrangement of a front page, to whoever holds it. The token is told once. */
export async function createPreviewLink(
  tx: Tx,
  clock: Clock,
  order: { target: PreviewTarget; by: string; label?: string | undefined; hours?: number | undefined },
): Promise<{ id: string; token: string; expiresAt: Instant }> {
  const { target, hours = DEFAULT_HOURS } = order;
  if (!(hours > 0 && hours <= MAX_HOURS))
    throw new Problem('invalid', `A preview lives for up to ${MAX_HOURS} hours.`, undefined, {
      fields: { '/hours': `is not between 0 and ${MAX_HOURS}` },
    });
  await checkTarget(tx, target);
  const now = clock.now();
  const token = randomBytes(32).toString('base64url');
  const id = newId();
  const expiresAt = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
  await insertPreviewLink(tx, {
    id,
    token_hash: hashOf(token),
    kind: target.kind,
    target_id: target.id,
    revision_number: target.kind === 'article' ? target.revision : null,
    label: order.label ?? '',
    created_by: order.by,
    created_at: now,
    expires_at: expiresAt,
    revoked_at: null,
    revoked_by: null,
    uses: 0,
    last_used_at: null,
  });
  return { id, token, expiresAt };
}

async function checkTarget(tx: Tx, target: PreviewTarget): Promise<void> {
  const found =
    target.kind === 'article'
      ? await tx
          .selectFrom('article_revisions')
          .select('article_id as id')
          .where('article_id', '=', target.id)
          .where('revision_number', '=', target.revision)
          .executeTakeFirst()
      : await tx.selectFrom('front_layouts').select('id').where('id', '=', target.id).executeTakeFirst();
  if (found === undefined)
    throw new Problem(
      'not-found',
      target.kind === 'article' ? 'The article has no such revision.' : 'There is no such arrangement.',
    );
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What a token opens; undefined for one that is unknown, has expired or was revoked: from outside they look alike. */
export async function openPreview(db: Reader, token: string, now: Instant): Promise<OpenPreview | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const row = await db
    .selectFrom('preview_links')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  if (row === undefined || row.revoked_at !== null || row.expires_at <= now) return undefined;
  const common = { id: row.target_id, linkId: row.id, expiresAt: row.expires_at };
  return row.kind === 'front'
    ? { kind: 'front', ...common }
    : { kind: 'article', revision: row.revision_number ?? 0, ...common };
}

/** Ends a link at once. @throws Problem `not-found`, `conflict` */
export async function revokePreviewLink(
  tx: Tx,
  clock: Clock,
  order: { id: string; by: string },
): Promise<void> {
  const row = await tx.selectFrom('preview_links').select('id').where('id', '=', order.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no preview link ${order.id}.`);
  if (!(await endPreviewLink(tx, order.id, { by: order.by, at: clock.now() })))
    throw new Problem('conflict', 'The link has been revoked already.');
}
