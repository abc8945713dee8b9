import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { NOUN_CHANGED } from '../../contract/events.ts';
import { AssetInput } from '../../contract/media.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { insertAsset, putAssetWords, readAsset, updateAsset } from './media.store.ts';
import { planOf } from './plan.ts';
import { assetWords } from './words.ts';

/** Registers an asset whose bytes come later. Returns its id. */
export async function createAsset(
  tx: Tx,
  clock: Clock,
  input: AssetInput & { createdBy?: string | null },
): Promise<string> {
  const { createdBy = null, ...given } = input;
  const asset = parseAsset(given);
  const id = newId();
  const now = clock.now();
  await insertAsset(tx, {
    id,
    kind: asset.kind,
    digest: null,
    mime: null,
    bytes: null,
    width: null,
    height: null,
    duration_ms: null,
    colour: null,
    withdrawn: 0,
    plan: null,
    made_plan: null,
    created_by: createdBy,
    ...assetColumns(asset),
    created_at: now,
    updated_at: now,
  });
  await putAssetWords(tx, id, assetWords(asset));
  return id;
}

export type AssetChange = { id: string; expected?: number; input: AssetInput };

/** Replaces what is said of an asset. @throws Problem `not-found`, `conflict`, `precondition-failed`, `invalid` */
export async function changeAsset(
  tx: Tx,
  room: { clock: Clock; db: Pick<Db, 'dialect'> },
  change: AssetChange,
): Promise<void> {
  const row = await readAsset(tx, change.id);
  if (row === undefined) throw new Problem('not-found', `There is no asset ${change.id}.`);
  if (change.expected !== undefined && row.row_version !== change.expected) {
    throw new Problem(
      'precondition-failed',
      'Someone has changed this since you read it.',
      'Read it again and apply your change to that.',
    );
  }
  const asset = parseAsset(change.input);
  if (asset.kind !== row.kind) throw new Problem('conflict', `The asset is a ${row.kind} and stays one.`);
  const columns = assetColumns(asset);
  const expired = columns.rights_expire_at !== null && columns.rights_expire_at <= room.clock.now();
  await updateAsset(tx, row.id, {
    ...columns,
    plan: planOf({ ...row, ...columns }),
    withdrawn: expired ? 1 : 0,
    updated_at: room.clock.now(),
  });
  await putAssetWords(tx, row.id, assetWords(asset));
  await assetChanged(room.db, tx, row.id);
}

/** Tells everyone who shows an asset that it has changed. */
export async function assetChanged(db: Pick<Db, 'dialect'>, tx: Tx, id: string): Promise<void> {
  await appendEvents(db, tx, [{ topic: NOUN_CHANGED, payload: { noun: 'asset', id } }]);
}

function parseAsset(input: AssetInput): z.output<typeof AssetInput> {
  const parsed = AssetInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [`/${issue.path.join('/')}`, issue.message]),
  );
  const [first] = parsed.error.issues;
  throw new Problem(
    'invalid',
    `The asset is not valid at ${first?.path.join('.')}: ${first?.message}.`,
    undefined,
    { fields },
  );
}

function assetColumns(asset: z.output<typeof AssetInput>) {
  return {
    file_name: asset.fileName,
    caption: asset.caption,
    credit: asset.credit,
    alt: asset.alt,
    creator: asset.creator,
    place: asset.place,
    keywords: toJson<string[]>([...asset.keywords]),
    taken_at: asset.takenAt === null ? null : new Date(asset.takenAt).toISOString(),
    crops: toJson<Record<string, unknown>>(asset.crops),
    language: asset.language,
    focal_x: Math.round(asset.focal.x * 1000),
    focal_y: Math.round(asset.focal.y * 1000),
    rights_holder: asset.rightsHolder,
    rights_terms: asset.rightsTerms,
    rights_expire_at: asset.rightsExpireAt === null ? null : new Date(asset.rightsExpireAt).toISOString(),
    source_url: asset.sourceUrl,
  };
}
