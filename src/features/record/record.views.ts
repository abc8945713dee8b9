import type { Instant } from '../../base/clock.ts';
import { fromJson, type Json } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { PublishedVersion, VersionReason } from '../../contract/article.ts';
import type { Reader } from '../../storage/db.ts';
import { fromBase64, toHex } from './bytes.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { isWithdrawal, type LeafContent, type Withdrawal } from './contents.ts';
import { type LeafEntry, readEntry, writeBundle } from './entries.ts';
import { readSigner } from './key.ts';
import { emptyRoot, leafHash } from './merkle.ts';
import { writeVkey } from './note.ts';
import { inclusionHashes, rememberTiles, type TileReader } from './proofs.ts';
import { TILE_WIDTH } from './tiles.ts';

export { contentPath } from './tiles.ts';

/** The tree's size and root; of an empty record too. */
export async function readHead(db: Reader): Promise<{ size: number; root: Uint8Array }> {
  const row = await db
    .selectFrom('record_state')
    .select(['size', 'root_hash'])
    .where('id', '=', 1)
    .executeTakeFirst();
  if (row === undefined) return { size: 0, root: emptyRoot };
  const root = fromBase64(row.root_hash, 32);
  if (root === undefined) throw altered('record_state.root_hash');
  return { size: row.size, root };
}

/** The signed checkpoint of what is committed now; undefined before the record has a key. */
export async function readCheckpoint(db: Reader): Promise<string | undefined> {
  const signer = await readSigner(db);
  return signer === undefined ? undefined : writeCheckpoint(await readHead(db), signer);
}

/** The log's verifier key, without a newline; undefined before the record has one. */
export async function readVerifierKey(db: Reader): Promise<string | undefined> {
  const signer = await readSigner(db);
  return signer === undefined ? undefined : writeVkey(signer);
}

/** A tile of `width` hashes; undefined where the tree has fewer. */
export async function readTile(
  db: Reader,
  { level, index, width }: { level: number; index: number; width: number },
): Promise<Uint8Array | undefined> {
  const rows = await db
    .selectFrom('record_nodes')
    .select('hash')
    .where('level', '=', level)
    .where('node_index', '>=', index * TILE_WIDTH)
    .where('node_index', '<', index * TILE_WIDTH + width)
    .orderBy('node_index')
    .execute();
  if (rows.length !== width) return undefined;
  return Buffer.concat(
    rows.map(({ hash }) => {
      const bytes = fromBase64(hash, 32);
      if (bytes === undefined) throw altered(`record_nodes (level ${level})`);
      return bytes;
    }),
  );
}

/** An entry bundle of `width` entries; undefined where the tree has fewer. */
export async function readEntryBundle(
  db: Reader,
  { index, width }: { index: number; width: number },
): Promise<Uint8Array | undefined> {
  const rows = await db
    .selectFrom('record_leaves')
    .select('entry')
    .where('leaf_index', '>=', index * TILE_WIDTH)
    .where('leaf_index', '<', index * TILE_WIDTH + width)
    .orderBy('leaf_index')
    .execute();
  return rows.length === width ? writeBundle(rows.map((row) => row.entry)) : undefined;
}

export type PublicLeaf = {
  readonly leafIndex: number;
  readonly entry: LeafEntry;
  readonly content: LeafContent;
};

/** What the public may see of the leaves from `start` up to but without `end`. */
export async function readContents(
  db: Reader,
  { start, end }: { start: number; end: number },
): Promise<PublicLeaf[]> {
  const rows = await leafRows(db)
    .where('l.leaf_index', '>=', start)
    .where('l.leaf_index', '<', end)
    .execute();
  return publicLeaves(db, rows);
}

export async function readContent(db: Reader, leafIndex: number): Promise<LeafContent | undefined> {
  const [leaf] = await readContents(db, { start: leafIndex, end: leafIndex + 1 });
  return leaf?.content;
}

/** A proof for a reader's own arithmetic (RFC 9162 §2.1.3.2). Hashes in hexadecimal. */
export type InclusionProof = {
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly leafHash: string;
  readonly rootHash: string;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly string[];
};

/** Proves that a leaf is in the tree as of now. @throws Problem `not-found` when it is not. */
export async function inclusionProof(db: Reader, leafIndex: number): Promise<InclusionProof> {
  const row = await db
    .selectFrom('record_leaves')
    .select('entry')
    .where('leaf_index', '=', leafIndex)
    .executeTakeFirst();
  const head = await readHead(db);
  if (row === undefined || leafIndex >= head.size)
    throw new Problem('not-found', `The record has no leaf ${leafIndex}.`);
  return proofOf(rememberTiles(databaseTiles(db)), { leafIndex, entry: row.entry, head });
}

/** One published version of an article as the record has it. */
export type RecordedVersion = {
  readonly versionNumber: number;
  readonly reason: VersionReason;
  readonly publishedAt: Instant;
  readonly recordedAt: Instant;
  readonly state: LeafContent['state'];
  /** Only of those that are shown. */
  readonly version?: PublishedVersion;
  readonly proof: InclusionProof;
};

/** All versions of an article, oldest first, each with its proof in one and the same tree. */
export async function articleRecord(db: Reader, articleId: string): Promise<RecordedVersion[]> {
  const rows = await leafRows(db).where('l.article_id', '=', articleId).execute();
  if (rows.length === 0) return [];
  const head = await readHead(db);
  const tiles = rememberTiles(databaseTiles(db));
  const leaves = await publicLeaves(db, rows);
  const versions: RecordedVersion[] = [];
  for (const [i, { leafIndex, entry, content }] of leaves.entries()) {
    const text = rows[i]?.entry ?? '';
    versions.push({
      versionNumber: entry.version,
      reason: entry.reason,
      publishedAt: entry.publishedAt,
      recordedAt: entry.recordedAt,
      state: content.state,
      ...(content.state === 'shown'
        ? { version: fromJson(content.content as Json<PublishedVersion>) }
        : undefined),
      proof: await proofOf(tiles, { leafIndex, entry: text, head }),
    });
  }
  return versions;
}

/** The tiles of the database's tree. */
export function databaseTiles(db: Reader): TileReader {
  return async (level, index, width) => {
    const tile = await readTile(db, { level, index, width });
    if (tile === undefined) throw altered(`record_nodes (level ${level}, tile ${index})`);
    return tile;
  };
}

async function proofOf(
  tiles: TileReader,
  leaf: { leafIndex: number; entry: string; head: { size: number; root: Uint8Array } },
): Promise<InclusionProof> {
  const { leafIndex, entry, head } = leaf;
  const hashes = await inclusionHashes(tiles, { leafIndex, treeSize: head.size });
  return {
    leafIndex,
    treeSize: head.size,
    leafHash: toHex(leafHash(entry)),
    rootHash: toHex(head.root),
    hashes: hashes.map(toHex),
  };
}

function leafRows(db: Reader) {
  return db
    .selectFrom('record_leaves as l')
    .innerJoin('record_contents as c', 'c.leaf_index', 'l.leaf_index')
    .select([
      'l.leaf_index',
      'l.article_id',
      'l.entry',
      'c.salt',
      'c.content',
      'c.erased_at',
      'c.erased_reason',
      'c.erased_signature',
    ])
    .orderBy('l.leaf_index');
}

type LeafRow = Awaited<ReturnType<ReturnType<typeof leafRows>['execute']>>[number];

/** Contents were read before the withdrawals are: a version that is withdrawn in between is not shown. */
async function publicLeaves(db: Reader, rows: readonly LeafRow[]): Promise<PublicLeaf[]> {
  const withdrawn = await withdrawals(db, [...new Set(rows.map((row) => row.article_id))]);
  return rows.map((row) => {
    const entry = readEntry(row.entry);
    if (entry === undefined) throw altered(`record_leaves (leaf ${row.leaf_index})`);
    const later = withdrawn.get(row.article_id)?.find(({ by }) => by > row.leaf_index);
    return { leafIndex: row.leaf_index, entry, content: contentOf(row, later) };
  });
}

function contentOf(row: LeafRow, withdrawal: Withdrawal | undefined): LeafContent {
  if (row.erased_at !== null) {
    return {
      state: 'erased',
      at: row.erased_at,
      reason: row.erased_reason ?? '',
      signature: row.erased_signature ?? '',
    };
  }
  if (withdrawal !== undefined) return { state: 'withheld', ...withdrawal };
  if (row.salt === null || row.content === null) throw altered(`record_contents (leaf ${row.leaf_index})`);
  return { state: 'shown', salt: row.salt, content: row.content };
}

/** Kills and takedowns of articles, oldest first. */
async function withdrawals(db: Reader, articles: readonly string[]): Promise<Map<string, Withdrawal[]>> {
  const found = new Map<string, Withdrawal[]>();
  if (articles.length === 0) return found;
  const rows = await db
    .selectFrom('record_leaves')
    .select(['leaf_index', 'article_id', 'entry'])
    .where('article_id', 'in', articles)
    // An entry holds nothing that a writer words, so its text can be searched.
    .where((eb) =>
      eb.or([eb('entry', 'like', '%"reason":"kill"%'), eb('entry', 'like', '%"reason":"takedown"%')]),
    )
    .orderBy('leaf_index')
    .execute();
  for (const row of rows) {
    const reason = readEntry(row.entry)?.reason;
    if (reason === undefined || !isWithdrawal(reason)) continue;
    found.set(row.article_id, [...(found.get(row.article_id) ?? []), { by: row.leaf_index, reason }]);
  }
  return found;
}

function altered(place: string): Problem {
  return new Problem(
    'conflict',
    `The record in the database is damaged at ${place}.`,
    'Run dateline record verify.',
  );
}
