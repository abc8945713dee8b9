import { foldRight, rootOf } from './merkle.ts';
import { TILE_WIDTH, widthAt } from './tiles.ts';

/** Reads a tile of exactly `width` hashes. @throws when the log does not have it. */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array>;

const HASH = 32;

/** Remembers the tiles that it has read, for several proofs of one tree. */
export function rememberTiles(read: TileReader): TileReader {
  const known = new Map<string, Promise<Uint8Array>>();
  return (level, index, width) => {
    const key = `${level}/${index}/${width}`;
    const tile = known.get(key) ?? read(level, index, width);
    known.set(key, tile);
    return tile;
  };
}

/** PATH(m, D[n]) of RFC 6962 §2.1.1: what leads from a leaf to the root, lowest first. */
export async function inclusionHashes(
  tiles: TileReader,
  { leafIndex, treeSize }: { leafIndex: number; treeSize: number },
): Promise<Uint8Array[]> {
  if (leafIndex < 0 || leafIndex >= treeSize) throw new RangeError(`leaf ${leafIndex} is not in ${treeSize}`);
  const hashes: Promise<Uint8Array>[] = [];
  let start = 0;
  let count = treeSize;
  while (count > 1) {
    const half = splitOf(count);
    if (leafIndex < start + half) {
      hashes.push(rangeHash(tiles, { start: start + half, count: count - half, treeSize }));
      count = half;
    } else {
      hashes.push(rangeHash(tiles, { start, count: half, treeSize }));
      start += half;
      count -= half;
    }
  }
  return Promise.all(hashes.reverse());
}

/** PROOF(m, D[n]) of RFC 6962 §2.1.2: that the tree of `first` leaves is a prefix of that of `second`. */
export async function consistencyHashes(
  tiles: TileReader,
  { first, second }: { first: number; second: number },
): Promise<Uint8Array[]> {
  if (first < 0 || first > second)
    throw new RangeError(`a tree of ${first} is no prefix of one of ${second}`);
  if (first === 0 || first === second) return [];
  const hashes: Promise<Uint8Array>[] = [];
  let start = 0;
  let count = second;
  let m = first;
  let whole = true;
  while (m !== count) {
    const half = splitOf(count);
    if (m <= half) {
      hashes.push(rangeHash(tiles, { start: start + half, count: count - half, treeSize: second }));
      count = half;
    } else {
      hashes.push(rangeHash(tiles, { start, count: half, treeSize: second }));
      start += half;
      count -= half;
      m -= half;
      whole = false;
    }
  }
  if (!whole) hashes.push(rangeHash(tiles, { start, count, treeSize: second }));
  return Promise.all(hashes.reverse());
}

/** MTH over `count` leaves from `start`, which is a multiple of the largest power of two in `count`. */
async function rangeHash(
  tiles: TileReader,
  range: { start: number; count: number; treeSize: number },
): Promise<Uint8Array> {
  const parts: Promise<Uint8Array>[] = [];
  let { start, count } = range;
  while (count > 0) {
    const perfect = 2 ** Math.floor(Math.log2(count));
    parts.push(perfectHash(tiles, { start, count: perfect, treeSize: range.treeSize }));
    start += perfect;
    count -= perfect;
  }
  const root = foldRight(await Promise.all(parts));
  if (root === undefined) throw new RangeError('a range of no leaves has no hash');
  return root;
}

/** The root of a perfect, aligned subtree, from the tile level at or below it. */
async function perfectHash(
  tiles: TileReader,
  { start, count, treeSize }: { start: number; count: number; treeSize: number },
): Promise<Uint8Array> {
  let level = 0;
  while (TILE_WIDTH ** (level + 1) <= count) level += 1;
  const span = TILE_WIDTH ** level;
  const first = start / span;
  const index = Math.floor(first / TILE_WIDTH);
  const tile = await tiles(level, index, widthAt({ level, index }, treeSize));
  const from = (first - index * TILE_WIDTH) * HASH;
  const hashes: Uint8Array[] = [];
  for (let at = from; at < from + (count / span) * HASH; at += HASH)
    hashes.push(tile.subarray(at, at + HASH));
  return rootOf(hashes);
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}
