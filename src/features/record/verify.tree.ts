import { equalBytes, toBase64 } from './bytes.ts';
import { type Completed, frontierRoot, leafHash, newFrontier, pushLeaf } from './merkle.ts';
import type { Checked, Faults } from './report.ts';
import { tilePath, TILE_WIDTH } from './tiles.ts';

const TILE_HEIGHT = 8;
const HASH = 32;

/** Reads a tile's bytes as published; undefined when it is not there. */
type ReadTile = (level: number, index: number, width: number) => Promise<Uint8Array | undefined>;

/**
 * Computes the tree anew, leaf by leaf, and compares every tile of it, byte for byte, as soon as it is full. Holds one tile a level,
 * however large the log is.
 */
export class TreeCheck {
  readonly #read: ReadTile;
  readonly #faults: Faults;
  readonly #checked: Checked;
  readonly #frontier = newFrontier();
  readonly #open: { index: number; hashes: Uint8Array[] }[] = [];
  #full: { level: number; index: number; hashes: Uint8Array[] }[] = [];

  constructor(options: { read: ReadTile; faults: Faults; checked: Checked }) {
    this.#read = options.read;
    this.#faults = options.faults;
    this.#checked = options.checked;
  }

  get size(): number {
    return this.#frontier.size;
  }

  get root(): Uint8Array {
    return frontierRoot(this.#frontier);
  }

  get frontier(): readonly Uint8Array[] {
    return this.#frontier.hashes;
  }

  push(entry: Uint8Array | string): void {
    const hash = leafHash(entry);
    this.#put(0, hash);
    pushLeaf(this.#frontier, hash, this.#completed);
  }

  /** Compares the tiles that have become full since the last call; call it at least once a tile. */
  async compareFull(): Promise<void> {
    const full = this.#full;
    this.#full = [];
    for (const tile of full) await this.#compare(tile);
  }

  /** Compares the partial tiles at the right edge. */
  async compareEdge(): Promise<void> {
    await this.compareFull();
    for (const [level, { index, hashes }] of this.#open.entries()) {
      if (hashes.length > 0) await this.#compare({ level, index, hashes });
    }
  }

  readonly #completed: Completed = (height, _index, hash) => {
    if (height % TILE_HEIGHT === 0) this.#put(height / TILE_HEIGHT, hash);
  };

  #put(level: number, hash: Uint8Array): void {
    const open = (this.#open[level] ??= { index: 0, hashes: [] });
    open.hashes.push(hash);
    if (open.hashes.length < TILE_WIDTH) return;
    this.#full.push({ level, index: open.index, hashes: open.hashes });
    this.#open[level] = { index: open.index + 1, hashes: [] };
  }

  async #compare(tile: { level: number; index: number; hashes: readonly Uint8Array[] }): Promise<void> {
    const { level, index, hashes } = tile;
    const place = tilePath({ level, index, width: hashes.length });
    const bytes = await this.#read(level, index, hashes.length);
    this.#checked.tiles += 1;
    if (bytes === undefined) {
      this.#faults.add(place, 'is missing');
    } else if (bytes.length !== hashes.length * HASH) {
      this.#faults.add(place, `has ${bytes.length} bytes in the place of ${hashes.length * HASH}`);
    } else if (!equalBytes(bytes, Buffer.concat(hashes))) {
      const at = hashes.findIndex((hash, i) => !equalBytes(hash, bytes.subarray(i * HASH, (i + 1) * HASH)));
      const leaf = (index * TILE_WIDTH + at) * TILE_WIDTH ** level;
      this.#faults.add(
        place,
        `hash ${at} is not that of ${level === 0 ? `entry ${leaf}` : `the entries from ${leaf} on`}`,
      );
    }
  }
}

/** The sentence about a root that does not come out. */
export function rootFault(computed: Uint8Array, size: number): string {
  return `the root of the ${size} entries is ${toBase64(computed)}, which is not what it says`;
}
