/** Paths and sizes of C2SP tlog-tiles, below the log's prefix. */

export const TILE_WIDTH = 256;
/** Six levels of 256 span more leaves than a number counts exactly. */
const MAX_LEVEL = 6;

export type TilePath = {
  readonly kind: 'tile';
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes. */
  readonly width: number;
};
export type BundlePath = { readonly kind: 'entries'; readonly index: number; readonly width: number };
export type ContentPath = { readonly kind: 'content'; readonly leafIndex: number };
export type RecordPath =
  | TilePath
  | BundlePath
  | ContentPath
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'vkey' };

/** 1234067 → `x001/x234/067`. */
export function encodeIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** The inverse of `encodeIndex`; undefined for any other spelling. */
export function decodeIndex(text: string): number | undefined {
  if (!/^(x\d{3}\/)*\d{3}$/.test(text)) return undefined;
  const index = Number(text.replaceAll(/[x/]/g, ''));
  return Number.isSafeInteger(index) && encodeIndex(index) === text ? index : undefined;
}

/** Where a tile stands: its level, 0 for the leaves, and its number in that level. */
export type TilePlace = { readonly level: number; readonly index: number };

/** A tile, whole unless a width below 256 is given. */
type TileAddress = TilePlace & { readonly width?: number };

const suffix = (width: number): string => (width === TILE_WIDTH ? '' : `.p/${width}`);

export function tilePath({ level, index, width = TILE_WIDTH }: TileAddress): string {
  return `tile/${level}/${encodeIndex(index)}${suffix(width)}`;
}

export function entriesPath(index: number, width: number = TILE_WIDTH): string {
  return `tile/entries/${encodeIndex(index)}${suffix(width)}`;
}

export function contentPath(leafIndex: number): string {
  return `content/${encodeIndex(leafIndex)}.json`;
}

/** What a path below the prefix names; undefined unless it is spelt in the one right way. */
export function parsePath(path: string): RecordPath | undefined {
  if (path === 'checkpoint' || path === 'vkey') return { kind: path };
  const content = /^content\/(.+)\.json$/.exec(path)?.[1];
  if (content !== undefined) {
    const leafIndex = decodeIndex(content);
    return leafIndex === undefined ? undefined : { kind: 'content', leafIndex };
  }
  const match = /^tile\/(entries|\d)\/(.+?)(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (match === null) return undefined;
  const [, level = '', number = '', partial] = match;
  const index = decodeIndex(number);
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (index === undefined || (partial !== undefined && width >= TILE_WIDTH)) return undefined;
  if (level === 'entries') return { kind: 'entries', index, width };
  return Number(level) > MAX_LEVEL ? undefined : { kind: 'tile', level: Number(level), index, width };
}

/** How many hashes level `level` has in a tree of `size` leaves: `floor(size / 256^level)`. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** How many of a tile's hashes a tree of `size` leaves has: 0 (no such tile) to 256. */
export function widthAt({ level, index }: TilePlace, size: number): number {
  return Math.min(TILE_WIDTH, Math.max(0, hashesAt(level, size) - index * TILE_WIDTH));
}

/** Levels that a tree of `size` leaves has tiles for. */
export function levelsOf(size: number): number {
  let levels = 0;
  while (hashesAt(levels, size) > 0) levels += 1;
  return levels;
}
