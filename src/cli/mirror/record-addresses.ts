import { paths } from '../../contract/routes.ts';
import {
  contentPath,
  entriesPath,
  levelsOf,
  tilePath,
  TILE_WIDTH,
  widthAt,
} from '../../features/record/tiles.ts';
import type { Reader } from '../../storage/db.ts';

/** The files of the record that a tree of `size` leaves has and one of `known` leaves had not, and the partial ones that they replace. */
export function recordAddresses(known: number, size: number): { make: string[]; gone: string[] } {
  const make = new Set<string>();
  const gone = new Set<string>();
  for (let leaf = known; leaf < size; leaf += 1) make.add(contentPath(leaf));
  for (let index = Math.floor(known / TILE_WIDTH); widthAt({ level: 0, index }, size) > 0; index += 1) {
    make.add(entriesPath(index, widthAt({ level: 0, index }, size)));
    const before = widthAt({ level: 0, index }, known);
    if (before > 0 && before < TILE_WIDTH) gone.add(entriesPath(index, before));
  }
  for (let level = 0; level < levelsOf(size); level += 1) {
    const first = Math.floor(known / TILE_WIDTH ** (level + 1));
    for (let index = first; widthAt({ level, index }, size) > 0; index += 1) {
      make.add(tilePath({ level, index, width: widthAt({ level, index }, size) }));
      const before = widthAt({ level, index }, known);
      if (before > 0 && before < TILE_WIDTH) gone.add(tilePath({ level, index, width: before }));
    }
  }
  for (const path of make) gone.delete(path);
  make.add('vkey');
  make.add('checkpoint');
  return { make: [...make].map(paths.record), gone: [...gone].map(paths.record) };
}

/** The content files of articles: a withdrawal or an erasure changes those of all their versions. */
export async function contentAddresses(db: Reader, articleIds: readonly string[]): Promise<string[]> {
  const rows =
    articleIds.length === 0
      ? []
      : await db
          .selectFrom('record_leaves')
          .select('leaf_index')
          .where('article_id', 'in', [...articleIds])
          .execute();
  return rows.map((row) => paths.record(contentPath(row.leaf_index)));
}
