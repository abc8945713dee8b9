import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Block } from '../air/block.ts';
import type { StreamInfo } from '../frames/frame.ts';
import {
  extensionOf,
  endOf,
  ptsAfter,
  ptsOfTime,
  type Run,
  type Segment,
  TARGET_SECONDS,
} from './segment.ts';
import { dataFile, readAt, readRun, sizeOf } from './run-file.ts';
import { listSegments, saveTail } from './restore.ts';
import { makeRunWriter, type RunWriter } from './run-writer.ts';

export type StoreOptions = {
  readonly folder: string;
  /** How far listeners can go back. */
  readonly rewindMs: number;
  /** How long sound stays for cutting; at least the rewind window. */
  readonly keepMs: number;
  /** The most bytes on disk; the oldest goes first. */
  readonly maxBytes: number;
  readonly now: () => number;
  readonly onTrouble?: (cause: unknown) => void;
  readonly onHealed?: () => void;
};

const ROTATE_MS = 3600_000;
/** Newest segments that are in memory as well: live listeners need no disk. */
const IN_MEMORY = 12;
/** Where the encoder's clock and ours have come apart by more, a new file begins with ours. */
const DRIFT_MS = 2000;

/** Where sound has its place in the timeline of a mount. */
export type Place = Pick<Segment, 'at' | 'pts' | 'discontinuity'>;

type Open = { bytes: Buffer[]; samples: number; length: number; lost: boolean };

/**
 * The sound of one stream on disk, as it was sent: an append-only file for each run, beside it an index of segments. What a playlist
 * names has been synced before; what was synced is found again after a kill, index or not.
 */
export class SegmentStore {
  readonly #options: StoreOptions;
  readonly #memory = new Map<number, Buffer>();
  #segments: Segment[] = [];
  /** Names of the runs on disk, oldest first. */
  #runs: string[] = [];
  #writer: RunWriter | undefined;
  #run: Run | undefined;
  #open: Open | undefined;
  #pending: Buffer[] = [];
  #ready: Segment[] = [];
  #offset = 0;
  #next: { seq: number; discontinuity: number; at: number; pts: number };
  #begins: 'anew' | 'on' = 'anew';
  /** Where the next sound belongs, when somebody knows better than the clock. */
  #anchor: Place | undefined;
  #cutDiscontinuity: number | undefined;
  #flushing: Promise<void> | undefined;
  #retired: RunWriter[] = [];
  #failing = false;
  /** Bytes of sound that could not be written. */
  lostBytes = 0;

  private constructor(options: StoreOptions) {
    this.#options = options;
    const now = options.now();
    this.#next = { seq: Math.floor(now / (TARGET_SECONDS * 1000)), discontinuity: 0, at: 0, pts: 0 };
  }

  /** Opens the folder and finds everything in it again, the last second before a kill included. */
  static async open(options: StoreOptions): Promise<SegmentStore> {
    await mkdir(options.folder, { recursive: true, mode: 0o750 });
    const store = new SegmentStore(options);
    await store.#restore();
    return store;
  }

  async #restore(): Promise<void> {
    const { folder, now, rewindMs } = this.#options;
    const files = await readdir(folder);
    const names = files.filter((file) => /^\d+\.index$/.test(file)).map((file) => file.slice(0, -6));
    this.#runs = names.toSorted((a, b) => Number(a) - Number(b));
    const since = now() - rewindMs;
    for (const [place, name] of this.#runs.entries()) {
      const following = this.#runs[place + 1];
      if (following !== undefined && Number(following) < since) continue;
      const found = await readRun(folder, name);
      if (found === undefined) continue;
      const { run, segments, indexBytes } = found;
      if (following === undefined)
        segments.push(
          ...(await saveTail({
            folder,
            run,
            last: segments.at(-1),
            before: this.#segments.at(-1),
            first: this.#next.seq,
            indexBytes,
          })),
        );
      listSegments(this.#segments, segments);
    }
    const last = this.#segments.at(-1);
    if (last !== undefined) this.#follow(last);
    this.trim();
  }

  #follow(last: Segment): void {
    this.#next = {
      seq: last.seq + 1,
      discontinuity: last.discontinuity + 1,
      at: endOf(last),
      pts: ptsAfter(last.pts, { samples: last.samples, rate: last.run.info.rate }),
    };
  }

  /** What playlists may list, oldest first; no older than the rewind window. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get failing(): boolean {
    return this.#failing;
  }

  /** The next block does not continue what came before: another source, or a pause. */
  interrupt(): void {
    if (this.#open !== undefined) this.#cut();
    this.#retire();
    this.#begins = 'anew';
  }

  /**
   * Where the block that was appended last begins: a further bit rate of the same sound has the same timestamps and the same
   * discontinuities (RFC 8216 §6.2.4).
   */
  placeOf(block: Block): Place {
    const { at, pts, discontinuity } = this.#next;
    const samples = (this.#open?.samples ?? 0) - block.samples;
    const { rate } = block.info;
    return { at: at + (samples * 1000) / rate, pts: ptsAfter(pts, { samples, rate }), discontinuity };
  }

  /** What comes next after a break belongs there. */
  anchor(place: Place): void {
    this.#anchor = place;
  }

  append(block: Block): void {
    if (this.#run !== undefined && this.#run.info.key !== block.info.key) this.interrupt();
    const limit = TARGET_SECONDS * block.info.rate;
    if (this.#open !== undefined && this.#open.samples + block.samples > limit) this.#cut();
    if (this.#run === undefined) this.#begin(block);
    this.#open ??= { bytes: [], samples: 0, length: 0, lost: this.#writer === undefined };
    const { bytes, samples } = block;
    this.#open.bytes.push(bytes);
    this.#open.samples += samples;
    this.#open.length += bytes.length;
    if (!this.#open.lost) this.#pending.push(bytes);
  }

  #begin(block: Block): void {
    const now = this.#options.now();
    const starts = now - (block.samples * 1000) / block.info.rate;
    const anchor = this.#anchor;
    this.#anchor = undefined;
    if (this.#begins === 'anew' && anchor !== undefined) {
      const at = Math.max(anchor.at, (this.#segments.at(-1)?.at ?? 0) + 1);
      const discontinuity = Math.max(anchor.discontinuity, this.#next.discontinuity);
      this.#next = { ...this.#next, at, pts: anchor.pts, discontinuity };
    } else if (this.#begins === 'anew') {
      const at = Math.round(Math.max(starts, this.#next.at));
      // Timestamps begin anew, and so may the coding: players have to be told (RFC 8216 §4.3.2.3).
      const broke = this.#cutDiscontinuity === this.#next.discontinuity ? 1 : 0;
      const discontinuity = this.#next.discontinuity + broke;
      this.#next = { ...this.#next, at, pts: ptsOfTime(at), discontinuity };
    } else if (Math.abs(starts - this.#next.at) > DRIFT_MS) {
      this.#next = { ...this.#next, at: Math.round(Math.max(starts, this.#segments.at(-1)?.at ?? 0)) };
    }
    this.#begins = 'on';
    const taken = Number(this.#runs.at(-1) ?? 0);
    const startedAt = Math.max(Math.round(this.#next.at), taken + 1);
    this.#run = { info: stable(block.info), startedAt, name: String(startedAt) };
    this.#runs.push(this.#run.name);
    this.#offset = 0;
    this.#writer = makeRunWriter(this.#options.folder, this.#run);
  }

  #cut(): void {
    const piece = this.#open;
    const run = this.#run;
    this.#open = undefined;
    if (piece === undefined || run === undefined) return;
    const { samples, length } = piece;
    const segment: Segment = {
      ...this.#next,
      at: Math.round(this.#next.at),
      run,
      samples,
      offset: this.#offset,
      length,
      place: piece.lost ? 'memory' : 'disk',
    };
    this.#next = {
      seq: segment.seq + 1,
      discontinuity: segment.discontinuity,
      at: this.#next.at + (samples * 1000) / run.info.rate,
      pts: ptsAfter(segment.pts, { samples, rate: run.info.rate }),
    };
    this.#cutDiscontinuity = segment.discontinuity;
    this.#offset += length;
    this.#memory.set(segment.seq, Buffer.concat(piece.bytes));
    this.#ready.push(segment);
    if (piece.lost || this.#options.now() - run.startedAt >= ROTATE_MS) this.#retire();
  }

  /** The next block begins a new file. */
  #retire(): void {
    if (this.#writer !== undefined) this.#retired.push(this.#writer);
    this.#writer = undefined;
    this.#run = undefined;
  }

  /** Brings everything to the disk and lists what is whole. Called once a second and after each segment. */
  async flush(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
    this.#flushing = this.#flush().finally(() => (this.#flushing = undefined));
    await this.#flushing;
  }

  /** A segment waits to be listed. */
  get due(): boolean {
    return this.#ready.length > 0 || this.#retired.length > 0;
  }

  async #flush(): Promise<void> {
    const sound = this.#pending.splice(0);
    const ready = this.#ready.splice(0);
    const retired = this.#retired.splice(0);
    const current = this.#writer;
    // Sound of a retired run comes first in `pending`; its segments say how much of it is theirs.
    let rest = sound;
    for (const writer of [...retired, ...(current === undefined ? [] : [current])]) {
      const own = ready.filter((segment) => segment.run === writer.run && segment.place === 'disk');
      const isCurrent = writer === current;
      const [mine, others] = isCurrent ? [rest, []] : take(rest, this.#unwritten(writer, own));
      rest = others;
      let failed = false;
      try {
        if (mine.length > 0 || own.length > 0) await writer.write(mine, own);
        this.#written.set(writer, (this.#written.get(writer) ?? 0) + sum(mine));
        if (this.#failing && own.length > 0) this.#heal();
      } catch (cause) {
        failed = true;
        for (const segment of own) segment.place = 'memory';
        this.#fail(cause, sum(mine), writer);
      }
      if (failed || !isCurrent) await writer.close(failed);
    }
    if (ready.length > 0) {
      listSegments(this.#segments, ready);
      this.#forget();
      this.trim();
    }
  }

  readonly #written = new WeakMap<RunWriter, number>();

  /** How many bytes of a retired run wait to be written: it ends with its last segment. */
  #unwritten(writer: RunWriter, own: readonly Segment[]): number {
    const last = own.at(-1);
    return last === undefined ? 0 : last.offset + last.length - (this.#written.get(writer) ?? 0);
  }

  #fail(cause: unknown, bytes: number, writer: RunWriter): void {
    this.lostBytes += bytes;
    this.#runs = this.#runs.filter(
      (name) => name !== writer.run.name || (this.#written.get(writer) ?? 0) > 0,
    );
    if (!this.#failing) this.#options.onTrouble?.(cause);
    this.#failing = true;
    if (this.#writer !== writer) return;
    // The piece in hand stays in memory; the next one tries a file of its own.
    this.#writer = undefined;
    this.#pending = [];
    if (this.#open === undefined) this.#run = undefined;
    else this.#open.lost = true;
  }

  #heal(): void {
    this.#failing = false;
    this.#options.onHealed?.();
  }

  #forget(): void {
    const newest = this.#segments.at(-1)?.seq ?? 0;
    for (const seq of this.#memory.keys()) if (seq <= newest - IN_MEMORY) this.#memory.delete(seq);
    for (const segment of this.#segments.slice(-3 * IN_MEMORY, -IN_MEMORY))
      if (segment.place === 'memory' && !this.#memory.has(segment.seq)) segment.place = 'lost';
  }

  /** The bytes of a listed segment as they were sent; undefined when they are gone. */
  async read(segment: Segment): Promise<Buffer | undefined> {
    const kept = this.#memory.get(segment.seq);
    if (kept !== undefined) return kept;
    if (segment.place !== 'disk') return undefined;
    try {
      const file = await open(dataFile(this.#options.folder, segment.run), 'r');
      try {
        const bytes = await readAt(file, segment.offset, segment.length);
        return bytes.length === segment.length ? bytes : undefined;
      } finally {
        await file.close();
      }
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
      throw cause;
    }
  }

  find(seq: number): Segment | undefined {
    const first = this.#segments[0];
    return first === undefined ? undefined : this.#segments[seq - first.seq];
  }

  /** Everything that was on the air between two moments, from the disk: also what is older than the rewind window. */
  async between(from: number, to: number): Promise<Segment[]> {
    const found: Segment[] = [];
    for (const [place, name] of this.#runs.entries()) {
      const following = this.#runs[place + 1];
      if (Number(name) >= to || (following !== undefined && Number(following) < from - ROTATE_MS)) continue;
      const run = await readRun(this.#options.folder, name).catch(() => undefined);
      found.push(...(run?.segments ?? []).filter((segment) => endOf(segment) > from && segment.at < to));
    }
    return found;
  }

  /** Lets go of what is older than the window. */
  trim(): void {
    const since = this.#options.now() - this.#options.rewindMs;
    let drop = 0;
    while (this.#segments[drop] !== undefined && endOf(this.#segments[drop] as Segment) < since) drop += 1;
    if (drop > 0) this.#segments.splice(0, drop);
  }

  /** Deletes files that are older than they should be kept, and the oldest while there are too many bytes. */
  async prune(): Promise<void> {
    const { folder, now, keepMs, rewindMs, maxBytes } = this.#options;
    const since = now() - Math.max(keepMs, rewindMs);
    const remove = async (name: string): Promise<void> => {
      for (const extension of ['index', ...Object.values(extensionOf)])
        await rm(join(folder, `${name}.${extension}`), { force: true });
      this.#runs = this.#runs.filter((other) => other !== name);
      this.#segments = this.#segments.filter((segment) => segment.run.name !== name);
    };
    while (this.#runs.length > 1) {
      const [oldest = '', following] = this.#runs;
      const run =
        Number(following) < since ? undefined : await readRun(folder, oldest).catch(() => undefined);
      const last = run?.segments.at(-1);
      if (Number(following) >= since && (last === undefined || endOf(last) >= since)) break;
      await remove(oldest);
    }
    const sizes = new Map<string, number>();
    for (const name of this.#runs)
      for (const extension of Object.values(extensionOf))
        sizes.set(name, (sizes.get(name) ?? 0) + (await sizeOf(join(folder, `${name}.${extension}`))));
    let total = [...sizes.values()].reduce((all, size) => all + size, 0);
    while (total > maxBytes && this.#runs.length > 1) {
      const [oldest = ''] = this.#runs;
      total -= sizes.get(oldest) ?? 0;
      await remove(oldest);
    }
  }

  async close(): Promise<void> {
    this.interrupt();
    await this.flush();
  }
}

const sum = (buffers: readonly Buffer[]): number => buffers.reduce((all, bytes) => all + bytes.length, 0);

/** The first so many bytes, which end where a buffer ends. */
function take(buffers: readonly Buffer[], bytes: number): [Buffer[], Buffer[]] {
  let count = 0;
  let size = 0;
  while (size < bytes && count < buffers.length) size += buffers[count++]?.length ?? 0;
  return [buffers.slice(0, count), buffers.slice(count)];
}

/** An info whose buffers do not hold on to the chunk they came in. */
function stable(info: StreamInfo): StreamInfo {
  return info.head === undefined ? info : { ...info, head: Buffer.from(info.head) };
}
