import { Problem } from '../../base/problem.ts';
import { equalBytes, toBase64, utf8 } from './bytes.ts';
import { type Checkpoint, readSignedCheckpoint } from './checkpoint.ts';
import { contentFault, isWithdrawal, readContentFile } from './contents.ts';
import { type LeafEntry, readBundle, readEntry } from './entries.ts';
import { emptyRoot } from './merkle.ts';
import { readVkey, type Verifier, writeVkey } from './note.ts';
import { Faults, newChecked, type Progress, type RecordReport } from './report.ts';
import type { RecordSource } from './sources.ts';
import { contentPath, entriesPath, tilePath, TILE_WIDTH } from './tiles.ts';
import { compareEarlier, readEarlier } from './verify.earlier.ts';
import { checkOtherFiles } from './verify.files.ts';
import { rootFault, TreeCheck } from './verify.tree.ts';

export type VerifyOptions = {
  /** The key that the log is known by. Absent: the source's own is believed, and the report says so. */
  readonly vkey?: string;
  /** A checkpoint that was saved earlier: the log must continue it. */
  readonly checkpoint?: Uint8Array;
  readonly progress?: Progress;
};

/** Requests under way at once. */
const PARALLEL = 16;
const RUNS = 3;

/**
 * Verifies a record from nothing but its public files: the checkpoint's signature, every tile from the entries, the root, and each
 * version against its leaf. Memory does not grow with the log.
 * @throws Problem `invalid` for a malformed `vkey`, `unavailable` when the source cannot be read.
 */
export async function verifyRecord(source: RecordSource, options: VerifyOptions = {}): Promise<RecordReport> {
  for (let run = 1; ; run += 1) {
    const { report, overtaken } = await verifyOnce(source, options);
    // A version withdrawn while we were reading is withheld by a leaf that our checkpoint does not have yet.
    if (!overtaken || run === RUNS) return report;
  }
}

type Run = {
  readonly source: RecordSource;
  readonly verifier: Verifier;
  readonly head: Checkpoint;
  readonly earlier: Checkpoint | undefined;
  readonly faults: Faults;
  readonly checked: ReturnType<typeof newChecked>;
  readonly progress: Progress | undefined;
  /** Of withheld versions: the leaf that should withdraw them → what they claim. */
  readonly claims: Map<number, { article: string; reason: string; leafIndex: number }[]>;
};

async function verifyOnce(
  source: RecordSource,
  options: VerifyOptions,
): Promise<{ report: RecordReport; overtaken: boolean }> {
  const faults = new Faults();
  const checked = newChecked();
  const verifier = await verifierOf(source, { vkey: options.vkey, faults });
  const head = await headOf(source, { verifier, faults });
  const earlier =
    options.checkpoint === undefined || verifier === undefined
      ? undefined
      : readEarlier(options.checkpoint, { verifier, faults });
  let overtaken = false;
  let continues: number | undefined;
  if (verifier !== undefined && head !== undefined) {
    const { progress } = options;
    const run: Run = { source, verifier, head, earlier, faults, checked, progress, claims: new Map() };
    const tree = await checkTree(run);
    overtaken = faults.count === 0 && [...run.claims.keys()].some((by) => by >= head.size);
    for (const claim of [...run.claims.values()].flat()) {
      faults.add(contentPath(claim.leafIndex), `is withheld by a ${claim.reason} that the log does not have`);
    }
    if (tree && source.list !== undefined) await checkOtherFiles(source, { size: head.size, faults });
    if (tree && earlier !== undefined && faults.count === 0) continues = earlier.size;
  }
  const report: RecordReport = {
    ok: faults.count === 0,
    source: source.name,
    key:
      verifier === undefined
        ? undefined
        : { vkey: writeVkey(verifier), trust: options.vkey === undefined ? 'source' : 'given' },
    size: head?.size ?? 0,
    rootHash: toBase64(head?.root ?? emptyRoot),
    ...(continues === undefined ? {} : { continues }),
    checked,
    faults: faults.list,
    faultCount: faults.count,
  };
  return { report, overtaken };
}

async function verifierOf(
  source: RecordSource,
  { vkey, faults }: { vkey: string | undefined; faults: Faults },
): Promise<Verifier | undefined> {
  const given = vkey === undefined ? undefined : readVkey(vkey.trim());
  if (vkey !== undefined && given === undefined) {
    throw new Problem('invalid', 'The verifier key is malformed.', 'Give it as in record/vkey: name+id+key.');
  }
  const bytes = await source.read('vkey');
  const text = bytes === undefined ? undefined : utf8(bytes);
  const published = text?.endsWith('\n') === true ? readVkey(text.slice(0, -1)) : undefined;
  if (bytes === undefined) {
    if (given === undefined) faults.add('vkey', 'is missing, and no key was given');
  } else if (published === undefined) {
    faults.add('vkey', 'is not a verifier key');
  } else if (given !== undefined && writeVkey(published) !== writeVkey(given)) {
    faults.add('vkey', `is ${writeVkey(published)}, not the key that was given`);
  }
  return given ?? published;
}

async function headOf(
  source: RecordSource,
  { verifier, faults }: { verifier: Verifier | undefined; faults: Faults },
): Promise<Checkpoint | undefined> {
  const bytes = await source.read('checkpoint');
  if (bytes === undefined) {
    faults.add('checkpoint', 'is missing');
    return undefined;
  }
  if (verifier === undefined) return undefined;
  const head = readSignedCheckpoint(bytes, verifier);
  if (!('fault' in head)) return head;
  faults.add('checkpoint', `cannot be trusted: ${head.fault}`);
  return undefined;
}

/** Returns whether the whole tree could be computed. */
async function checkTree(run: Run): Promise<boolean> {
  const { source, head, earlier, faults, checked } = run;
  const tree = new TreeCheck({
    read: (level, index, width) => source.read(tilePath({ level, index, width })),
    faults,
    checked,
  });
  if (earlier !== undefined && earlier.size > head.size) {
    faults.add(
      'checkpoint',
      `has ${head.size} entries, the earlier one had ${earlier.size}: entries are gone`,
    );
  }
  if (earlier?.size === 0) compareEarlier(earlier, { root: emptyRoot, place: 'checkpoint', faults });
  for (let start = 0; start < head.size; start += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, head.size - start);
    const place = entriesPath(start / TILE_WIDTH, width);
    const bundle = await source.read(place);
    const entries = bundle === undefined ? undefined : readBundle(bundle);
    if (entries?.length !== width) {
      faults.add(
        place,
        bundle === undefined ? 'is missing' : `does not hold ${width} entries, each behind its length`,
      );
      return false;
    }
    const leaves: { leafIndex: number; entry: LeafEntry }[] = [];
    for (const [i, bytes] of entries.entries()) {
      const leafIndex = start + i;
      tree.push(bytes);
      checked.entries += 1;
      if (tree.size === earlier?.size)
        compareEarlier(earlier, { root: tree.root, place: 'checkpoint', faults });
      const entry = readEntry(utf8(bytes) ?? '');
      if (entry === undefined) faults.add(place, `entry ${leafIndex} is not a leaf of this kind of record`);
      else leaves.push({ leafIndex, entry });
      if (entry !== undefined) settleClaims(run, { leafIndex, entry });
    }
    // Tiles before contents: an altered entry is named as such first.
    await (start + width === head.size ? tree.compareEdge() : tree.compareFull());
    await inParallel(leaves, (leaf) => checkContent(run, leaf));
    // Withdrawals in this very bundle were passed before their versions' contents were read.
    for (const leaf of leaves) settleClaims(run, leaf);
    run.progress?.(start + width, head.size);
  }
  if (!equalBytes(tree.root, head.root)) faults.add('checkpoint', rootFault(tree.root, head.size));
  return true;
}

async function checkContent(
  { source, verifier, faults, checked, claims }: Run,
  { leafIndex, entry }: { leafIndex: number; entry: LeafEntry },
): Promise<void> {
  const place = contentPath(leafIndex);
  const bytes = await source.read(place);
  const content = bytes === undefined ? undefined : readContentFile(utf8(bytes) ?? '', leafIndex);
  if (content === undefined) {
    const what =
      bytes === undefined ? 'is missing' : 'is not the content file of that leaf in canonical form';
    faults.add(place, what);
    return;
  }
  const fault = contentFault(content, { leafIndex, entry, verifier });
  if (fault !== undefined) {
    faults.add(place, fault);
    return;
  }
  if (content.state === 'shown') checked.contents += 1;
  else checked[content.state] += 1;
  if (content.state === 'withheld') {
    const claim = { article: entry.article, reason: content.reason, leafIndex };
    claims.set(content.by, [...(claims.get(content.by) ?? []), claim]);
  }
}

/** Drops the claims that a leaf bears out: it withdraws the article that they say it does. */
function settleClaims({ claims }: Run, { leafIndex, entry }: { leafIndex: number; entry: LeafEntry }): void {
  const open = claims.get(leafIndex);
  if (open === undefined || !isWithdrawal(entry.reason)) return;
  const rest = open.filter((claim) => claim.article !== entry.article || claim.reason !== entry.reason);
  if (rest.length === 0) claims.delete(leafIndex);
  else claims.set(leafIndex, rest);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
