import { Problem } from '../../base/problem.ts';
import type { Db, Reader } from '../../storage/db.ts';
import { toBase64 } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { contentFault, type LeafContent } from './contents.ts';
import { readEntry } from './entries.ts';
import { readSigner } from './key.ts';
import { readVkey, writeVkey } from './note.ts';
import { writeFrontier } from './record.store.ts';
import { readTile } from './record.views.ts';
import { Faults, newChecked, type Progress, type RecordReport } from './report.ts';
import { hashesAt, levelsOf, TILE_WIDTH } from './tiles.ts';
import { checkPublished, checkVersionRow, type Expected } from './verify.published.ts';
import { compareEarlier, readEarlier } from './verify.earlier.ts';
import { rootFault, TreeCheck } from './verify.tree.ts';

export type VerifyDatabaseOptions = {
  /** The key that the log is known by. Absent: the database's own is believed. */
  readonly vkey?: string;
  /** More columns of `published_articles` that follow from a version, as the one who writes them knows. */
  readonly expected?: Expected;
  /** A checkpoint that was saved earlier: the log must continue it. */
  readonly checkpoint?: Uint8Array;
  readonly progress?: Progress;
};

type Run = { db: Reader; faults: Faults; checked: ReturnType<typeof newChecked> };

/**
 * Verifies the record in the database as of one moment: every column of its tables, and that what readers are shown is what the
 * latest leaves commit to. Memory does not grow with the log.
 */
export async function verifyDatabase(db: Db, options: VerifyDatabaseOptions = {}): Promise<RecordReport> {
  return db.dialect.readSnapshot((reader) => verifySnapshot(reader, options));
}

async function verifySnapshot(db: Reader, options: VerifyDatabaseOptions): Promise<RecordReport> {
  const faults = new Faults();
  const checked = newChecked();
  const run: Run = { db, faults, checked };
  const vkey = await checkKey(run, options.vkey?.trim());
  const state = await db.selectFrom('record_state').selectAll().where('id', '=', 1).executeTakeFirst();
  const earlier = earlierHead(options.checkpoint, { vkey, faults });
  const size = state?.size ?? 0;
  const { tree, recordedAt } = await checkLeaves(run, { progress: options.progress, size, earlier });
  await checkNodes(run, tree);
  if (state !== undefined) {
    if (state.size !== tree.size)
      faults.add('record_state.size', `is ${state.size}, there are ${tree.size} leaves`);
    if (state.root_hash !== toBase64(tree.root))
      faults.add('record_state.root_hash', rootFault(tree.root, tree.size));
    if (state.frontier !== writeFrontier({ size: tree.size, hashes: [...tree.frontier] }))
      faults.add('record_state.frontier', 'is not that of the leaves');
    if (recordedAt !== undefined && state.updated_at !== recordedAt)
      faults.add('record_state.updated_at', 'is not when the last leaf was recorded');
  } else if (tree.size > 0) faults.add('record_state', 'is missing');
  const states = await countOf(db, 'record_state');
  if (states > 1) faults.add('record_state', `has ${states} rows`);
  await checkPublished(db, { faults, expected: options.expected });
  return {
    ok: faults.count === 0,
    source: 'the database',
    key: vkey === undefined ? undefined : { vkey, trust: options.vkey === undefined ? 'source' : 'given' },
    size: tree.size,
    rootHash: toBase64(tree.root),
    ...(earlier === undefined || faults.count > 0 ? {} : { continues: earlier.size }),
    checked,
    faults: faults.list,
    faultCount: faults.count,
  };
}

function earlierHead(
  bytes: Uint8Array | undefined,
  { vkey, faults }: { vkey: string | undefined; faults: Faults },
): Checkpoint | undefined {
  const verifier = vkey === undefined ? undefined : readVkey(vkey);
  if (bytes === undefined || verifier === undefined) return undefined;
  return readEarlier(bytes, { verifier, faults });
}

async function checkKey({ db, faults }: Run, given: string | undefined): Promise<string | undefined> {
  let own: string | undefined;
  try {
    const signer = await readSigner(db);
    own = signer === undefined ? undefined : writeVkey(signer);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    faults.add('record_keys', 'has been altered: its parts do not fit one another');
    return given;
  }
  if (given !== undefined && given !== own)
    faults.add('record_keys', `is ${own ?? 'empty'}, not the key that was given`);
  const keys = await countOf(db, 'record_keys');
  if (keys > (own === undefined ? 0 : 1)) faults.add('record_keys', 'has a row that is not the log’s');
  return own ?? given;
}

async function checkLeaves(
  run: Run,
  options: { size: number; progress: Progress | undefined; earlier: Checkpoint | undefined },
): Promise<{ tree: TreeCheck; recordedAt: string | undefined }> {
  const { db, faults, checked } = run;
  const { size, progress, earlier } = options;
  const tree = new TreeCheck({
    read: (level, index, width) => tileOrNone(db, { level, index, width }),
    faults,
    checked,
  });
  const verifier = await readSigner(db).catch(() => undefined);
  let recordedAt: string | undefined;
  for (let start = 0; ; start += TILE_WIDTH) {
    const rows = await leafBatch(db, start);
    for (const row of rows) {
      const at = `leaf_index ${row.leaf_index}`;
      if (row.leaf_index !== tree.size) {
        faults.add('record_leaves', `leaf ${tree.size} is missing`);
        return { tree, recordedAt };
      }
      tree.push(row.entry);
      if (tree.size === earlier?.size)
        compareEarlier(earlier, { root: tree.root, place: 'record_leaves', faults });
      checked.entries += 1;
      const entry = readEntry(row.entry);
      if (entry === undefined) {
        faults.add(`record_leaves.entry, ${at}`, 'is not a leaf');
        continue;
      }
      recordedAt = entry.recordedAt;
      if (row.article_id !== entry.article)
        faults.add(`record_leaves.article_id, ${at}`, 'is not the leaf’s');
      if (row.version_number !== entry.version)
        faults.add(`record_leaves.version_number, ${at}`, 'is not the leaf’s');
      if (row.created_at !== entry.recordedAt)
        faults.add(`record_leaves.created_at, ${at}`, 'is not when the leaf was recorded');
      const found = contentOfRow(row);
      const fault =
        typeof found === 'string'
          ? found
          : contentFault(found, { leafIndex: row.leaf_index, entry, verifier });
      const content = typeof found === 'string' || fault !== undefined ? undefined : found;
      if (fault !== undefined) faults.add(`record_contents, ${at}`, fault);
      if (content !== undefined) count(checked, content);
      checkVersionRow(row, { entry, content, faults });
    }
    await tree.compareFull();
    progress?.(tree.size, Math.max(size, tree.size));
    if (rows.length < TILE_WIDTH) break;
  }
  await tree.compareEdge();
  if (earlier !== undefined && earlier.size > tree.size)
    faults.add('record_leaves', `has ${tree.size} leaves, the earlier checkpoint had ${earlier.size}`);
  for (const table of ['record_contents', 'article_versions'] as const) {
    const rows = await countOf(db, table);
    if (rows !== tree.size) faults.add(table, `has ${rows} rows for ${tree.size} leaves`);
  }
  return { tree, recordedAt };
}

function count(checked: ReturnType<typeof newChecked>, content: LeafContent): void {
  if (content.state === 'shown') checked.contents += 1;
  else checked[content.state] += 1;
}

function leafBatch(db: Reader, start: number) {
  return db
    .selectFrom('record_leaves as l')
    .leftJoin('record_contents as c', 'c.leaf_index', 'l.leaf_index')
    .leftJoin('article_versions as v', 'v.leaf_index', 'l.leaf_index')
    .select(['l.leaf_index', 'l.article_id', 'l.version_number', 'l.entry', 'l.created_at'])
    .select(['c.leaf_index as content_index', 'c.salt', 'c.content'])
    .select(['c.erased_at', 'c.erased_reason', 'c.erased_signature'])
    .select(['v.article_id as v_article', 'v.version_number as v_number', 'v.reason as v_reason'])
    .select(['v.note as v_note', 'v.severity as v_severity', 'v.published_at as v_published'])
    .where('l.leaf_index', '>=', start)
    .orderBy('l.leaf_index')
    .limit(TILE_WIDTH)
    .execute();
}

type LeafRow = Awaited<ReturnType<typeof leafBatch>>[number];

/** What a row holds, or what is wrong with it. */
function contentOfRow(row: LeafRow): LeafContent | string {
  if (row.content_index === null) return 'is missing';
  const { salt, content, erased_at: at, erased_reason: reason, erased_signature: signature } = row;
  if (salt !== null && content !== null) {
    return at === null && reason === null && signature === null
      ? { state: 'shown', salt, content }
      : 'is marked as erased and still there';
  }
  if (salt !== null || content !== null) return 'is half erased';
  if (at === null || reason === null || signature === null) return 'is gone without an erasure';
  return { state: 'erased', at, reason, signature };
}

/** Hashes that belong to no tile of the tree; the others were compared with the tree. */
async function checkNodes({ db, faults }: Run, tree: TreeCheck): Promise<void> {
  const rows = await db
    .selectFrom('record_nodes')
    .select((eb) => ['level', eb.fn.countAll<number>().as('nodes')])
    .groupBy('level')
    .execute();
  for (const row of rows) {
    const wanted = row.level < levelsOf(tree.size) ? hashesAt(row.level, tree.size) : 0;
    const nodes = Number(row.nodes);
    if (nodes !== wanted)
      faults.add(`record_nodes, level ${row.level}`, `has ${nodes} hashes in the place of ${wanted}`);
  }
}

/** A tile with an unreadable hash counts as missing here; the message names its place. */
async function tileOrNone(
  db: Reader,
  tile: { level: number; index: number; width: number },
): Promise<Uint8Array | undefined> {
  try {
    return await readTile(db, tile);
  } catch (cause) {
    if (cause instanceof Problem) return new Uint8Array(0);
    throw cause;
  }
}

async function countOf(
  db: Reader,
  table: 'record_state' | 'record_keys' | 'record_contents' | 'article_versions',
): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(row.rows);
}
