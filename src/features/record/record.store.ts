import { randomBytes } from 'node:crypto';
import { type Instant, systemClock } from '../../base/clock.ts';
import { canonicalJson, fromJson, type Json, toJson } from '../../base/json.ts';
import type { VersionReason } from '../../contract/article.ts';
import type { Tx } from '../../storage/db.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { commitmentOf, SALT_BYTES, writeEntry } from './entries.ts';
import { emptyRoot, type Frontier, frontierRoot, leafHash, popCount, pushLeaf } from './merkle.ts';

/** A published version that goes on the record. */
export type NewLeaf = {
  readonly articleId: string;
  readonly versionNumber: number;
  readonly reason: VersionReason;
  readonly publishedAt: Instant;
  /** The whole version (contract/article's PublishedVersion); its RFC 8785 form is what the leaf commits to. */
  readonly content: object;
};

export type AppendedLeaf = { readonly leafIndex: number; readonly commitment: string };

const ROWS = 100;
/** One level of tiles stands for eight levels of the tree. */
const TILE_HEIGHT = 8;

/**
 * Appends leaves in the order given, in the caller's transaction; the new root is in place at its commit. The state row is taken
 * first, so appends wait for one another until they commit. Costs O(leaves + log size).
 */
export async function appendLeaves(tx: Tx, leaves: readonly NewLeaf[]): Promise<AppendedLeaf[]> {
  if (leaves.length === 0) return [];
  const now = systemClock.now();
  const frontier = await takeState(tx, { adding: leaves.length, now });
  const salts = randomBytes(SALT_BYTES * leaves.length);
  const appended: AppendedLeaf[] = [];
  const entries: Parameters<typeof insertLeaves>[1] = [];
  const nodes: Parameters<typeof insertNodes>[1] = [];
  for (const [i, leaf] of leaves.entries()) {
    const leafIndex = frontier.size;
    const salt = salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES);
    const content = canonicalJson(leaf.content);
    const commitment = commitmentOf(salt, content);
    const { articleId, versionNumber, reason, publishedAt } = leaf;
    const entry = writeEntry({
      v: 1,
      article: articleId,
      version: versionNumber,
      reason,
      publishedAt,
      recordedAt: now,
      commitment,
    });
    const hash = leafHash(entry);
    nodes.push({ level: 0, node_index: leafIndex, hash: toBase64(hash) });
    pushLeaf(frontier, hash, (height, index, above) => {
      if (height % TILE_HEIGHT === 0)
        nodes.push({ level: height / TILE_HEIGHT, node_index: index, hash: toBase64(above) });
    });
    entries.push({ leafIndex, articleId, versionNumber, entry, salt: toBase64(salt), content, now });
    appended.push({ leafIndex, commitment });
  }
  await insertLeaves(tx, entries);
  await insertNodes(tx, nodes);
  await tx
    .updateTable('record_state')
    .set({ frontier: writeFrontier(frontier), root_hash: toBase64(frontierRoot(frontier)) })
    .where('id', '=', 1)
    .execute();
  return appended;
}

/** Moves the size forward, which locks the row, and returns the frontier as it was before. */
async function takeState(tx: Tx, { adding, now }: { adding: number; now: Instant }): Promise<Frontier> {
  for (;;) {
    const row = await tx
      .updateTable('record_state')
      .set((eb) => ({ size: eb('size', '+', adding), updated_at: now }))
      .where('id', '=', 1)
      .returning(['size', 'frontier'])
      .executeTakeFirst();
    if (row !== undefined) {
      const size = row.size - adding;
      const hashes = readFrontier(row.frontier);
      if (hashes?.length !== popCount(size))
        throw new Error('the record’s frontier does not fit its size: run `dateline record verify`');
      return { size, hashes };
    }
    // The very first leaf; of two writers at once the second waits here for the first.
    await tx
      .insertInto('record_state')
      .values({ id: 1, size: 0, frontier: '[]', root_hash: toBase64(emptyRoot), updated_at: now })
      .onConflict((oc) => oc.column('id').doNothing())
      .execute();
  }
}

export function writeFrontier(frontier: Frontier): string {
  return toJson(frontier.hashes.map(toBase64));
}

/** The hashes of a stored frontier; undefined when they are not canonical base64 of 32 bytes each. */
export function readFrontier(text: string): Uint8Array[] | undefined {
  const hashes = fromJson(text as Json<string[]>).map((hash) => fromBase64(hash, 32));
  return hashes.every((hash) => hash !== undefined) ? hashes : undefined;
}

type LeafRow = {
  leafIndex: number;
  articleId: string;
  versionNumber: number;
  entry: string;
  salt: string;
  content: string;
  now: Instant;
};

async function insertLeaves(tx: Tx, rows: LeafRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS) {
    const batch = rows.slice(start, start + ROWS);
    await tx
      .insertInto('record_leaves')
      .values(
        batch.map((row) => ({
          leaf_index: row.leafIndex,
          article_id: row.articleId,
          version_number: row.versionNumber,
          entry: row.entry,
          created_at: row.now,
        })),
      )
      .execute();
    await tx
      .insertInto('record_contents')
      .values(batch.map((row) => ({ leaf_index: row.leafIndex, salt: row.salt, content: row.content })))
      .execute();
  }
}

async function insertNodes(
  tx: Tx,
  nodes: { level: number; node_index: number; hash: string }[],
): Promise<void> {
  for (let start = 0; start < nodes.length; start += ROWS) {
    await tx
      .insertInto('record_nodes')
      .values(nodes.slice(start, start + ROWS))
      .execute();
  }
}

/** Stores the key unless there is one. */
export async function insertKey(
  tx: Tx,
  key: { origin: string; secret_key: string; public_key: string; created_at: Instant },
): Promise<void> {
  await tx
    .insertInto('record_keys')
    .values({ id: 1, ...key })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute();
}

/** Destroys what one leaf commits to; the leaf stays. */
export async function blankContent(
  tx: Tx,
  erasure: { leafIndex: number; at: Instant; reason: string; signature: string },
): Promise<void> {
  await tx
    .updateTable('record_contents')
    .set({
      salt: null,
      content: null,
      erased_at: erasure.at,
      erased_reason: erasure.reason,
      erased_signature: erasure.signature,
    })
    .where('leaf_index', '=', erasure.leafIndex)
    .execute();
}
