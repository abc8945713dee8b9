import type { Instant } from '../../base/clock.ts';
import { canonicalJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { RECORD_ERASED, type RecordErased } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { readEntry } from './entries.ts';
import { readSigner } from './key.ts';
import { signBytes, type Verifier, verifyBytes } from './note.ts';
import { blankContent } from './record.store.ts';
import { type AuditInput, writeAudit } from '../audit/audit.ts';

/** What the record publishes in the place of an erased version. */
export type Erasure = {
  readonly at: Instant;
  readonly reason: string;
  /** Base64 Ed25519 signature by the log's key. */
  readonly signature: string;
};

/** The signed statement: without it anyone who copies an export could blank a version and call that lawful. */
function erasureText(
  origin: string,
  erasure: { leafIndex: number; commitment: string; at: Instant; reason: string },
): string {
  const { leafIndex, commitment, at, reason } = erasure;
  return `dateline record erasure\n${canonicalJson({ origin, leaf: leafIndex, commitment, at, reason })}\n`;
}

/** Whether the log itself stated this erasure. */
export function erasureHolds(
  verifier: Verifier,
  leaf: { leafIndex: number; commitment: string },
  erasure: Erasure,
): boolean {
  const signature = fromBase64(erasure.signature, 64);
  const text = erasureText(verifier.name, { ...leaf, at: erasure.at, reason: erasure.reason });
  return signature !== undefined && verifyBytes(verifier, text, signature);
}

/**
 * Destroys salt and content of leaves, as the law may demand. The leaves' commitments stay, so the tree verifies as before; without
 * the salt they say nothing of what was there. Leaves that were erased before keep their first reason. Returns how many were erased.
 * @throws Problem `not-found` for a leaf that does not exist, `conflict` before the record has a key.
 */
export async function eraseContents(
  tx: Tx,
  order: { leafIndexes: readonly number[]; reason: string; now: Instant },
): Promise<number> {
  if (order.leafIndexes.length === 0) return 0;
  const signer = await readSigner(tx);
  if (signer === undefined) {
    throw new Problem('conflict', 'The record has no key to sign an erasure with.', 'Start the site once.');
  }
  let erased = 0;
  for (const leafIndex of new Set(order.leafIndexes)) {
    const row = await tx
      .selectFrom('record_leaves')
      .innerJoin('record_contents', 'record_contents.leaf_index', 'record_leaves.leaf_index')
      .select(['record_leaves.entry', 'record_contents.erased_at'])
      .where('record_leaves.leaf_index', '=', leafIndex)
      .executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', `The record has no leaf ${leafIndex}.`);
    if (row.erased_at !== null) continue;
    const entry = readEntry(row.entry);
    if (entry === undefined) throw new Error(`leaf ${leafIndex} of the record is malformed`);
    const { commitment } = entry;
    const text = erasureText(signer.name, { leafIndex, commitment, at: order.now, reason: order.reason });
    const signature = toBase64(signBytes(signer, text));
    await blankContent(tx, { leafIndex, at: order.now, reason: order.reason, signature });
    erased += 1;
  }
  return erased;
}

/**
 * Erases one version of an article, named by its id or its address (`/world/2015/01/21/slug`), and has kept pages thrown away.
 * Returns the leaf, and whether it was there to erase.
 * @throws Problem `not-found`, or `conflict` for the version that readers see now: erasing it would leave them with what the record
 * no longer vouches for.
 */
export async function eraseVersion(
  db: Db,
  order: { article: string; version: number; reason: string; now: Instant; by?: AuditInput['by'] },
): Promise<{ leafIndex: number; erased: boolean }> {
  const { version, reason, now } = order;
  if (reason.trim() === '')
    throw new Problem('invalid', 'An erasure needs a reason, which the record publishes.', 'Give --reason.');
  return db.write(async (tx) => {
    const shown = await tx
      .selectFrom('published_articles')
      .select(['article_id', 'version_number'])
      .where(order.article.startsWith('/') ? 'path' : 'article_id', '=', order.article)
      .executeTakeFirst();
    const articleId = shown?.article_id ?? order.article;
    const leaf = await tx
      .selectFrom('record_leaves')
      .select('leaf_index')
      .where('article_id', '=', articleId)
      .where('version_number', '=', version)
      .executeTakeFirst();
    if (leaf === undefined)
      throw new Problem('not-found', `The record has no version ${version} of ${order.article}.`);
    if (shown?.version_number === version) {
      throw new Problem(
        'conflict',
        `Version ${version} is what readers see at the article’s address now.`,
        'Publish a new version or take the article down, then erase this one.',
      );
    }
    const erased = (await eraseContents(tx, { leafIndexes: [leaf.leaf_index], reason, now })) === 1;
    const payload: RecordErased = { articleId };
    if (erased) await appendEvents(db, tx, [{ topic: RECORD_ERASED, payload }]);
    await writeAudit(tx, {
      by: order.by ?? null,
      action: 'record.erase',
      object: { kind: 'article', id: articleId },
      details: { version, reason, leafIndex: leaf.leaf_index },
      at: now,
    });
    return { leafIndex: leaf.leaf_index, erased };
  });
}
