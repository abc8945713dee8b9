import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { AssetInput, AssetSet } from '../../contract/media.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { changeAsset } from './assets.ts';
import { type AssetRow, readAsset } from './media.store.ts';
import { cropsOf } from './plan.ts';

export type BatchChange = {
  readonly ids: readonly string[];
  readonly set: z.output<typeof AssetSet>;
  readonly addKeywords: readonly string[];
  /** Fields that say something already stay as they are. */
  readonly onlyEmpty: boolean;
};

/** Says the same of many assets: all of them or, where one is missing, none. Returns which changed. @throws Problem `not-found` */
export async function changeAssets(
  tx: Tx,
  room: { clock: Clock; db: Pick<Db, 'dialect'> },
  change: BatchChange,
): Promise<string[]> {
  const changed: string[] = [];
  // In one order everywhere, so that two batches never wait for each other.
  for (const id of [...new Set(change.ids)].sort()) {
    const row = await readAsset(tx, id);
    if (row === undefined)
      throw new Problem('not-found', `There is no asset ${id}; nothing was changed.`, 'Leave it out.');
    const before = inputOf(row);
    const after = merged(before, change);
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    await changeAsset(tx, room, { id, input: after });
    changed.push(id);
  }
  return changed;
}

function merged(before: Required<AssetInput>, change: BatchChange): Required<AssetInput> {
  const empty = (value: unknown): boolean =>
    value === '' || value === null || (Array.isArray(value) && value.length === 0);
  const given = Object.entries(change.set).filter(
    ([key, value]) => value !== undefined && (!change.onlyEmpty || empty(before[key as keyof AssetInput])),
  );
  const after = { ...before, ...Object.fromEntries(given) };
  const keywords = [...new Set([...(after.keywords ?? []), ...change.addKeywords])].slice(0, 100);
  return { ...after, keywords };
}

/** A row as what would be sent to make it so. */
export function inputOf(row: AssetRow): Required<AssetInput> {
  return {
    kind: row.kind,
    fileName: row.file_name,
    caption: row.caption,
    credit: row.credit,
    alt: row.alt,
    creator: row.creator,
    place: row.place,
    keywords: fromJson<string[]>(row.keywords as string),
    takenAt: row.taken_at,
    language: row.language,
    focal: { x: row.focal_x / 1000, y: row.focal_y / 1000 },
    crops: cropsOf(row),
    rightsHolder: row.rights_holder,
    rightsTerms: row.rights_terms,
    rightsExpireAt: row.rights_expire_at,
    sourceUrl: row.source_url,
  };
}
