import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { NOUN_CHANGED } from '../../contract/events.ts';
import { AssetInput, mediaTypes } from '../../contract/media.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Blobs } from '../../storage/files/blobs.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { insertAsset, insertRendition, readAsset, updateAsset } from './media.store.ts';
import { runPictureJob } from './picture-child.ts';
import type { Rendered, RenderPlan } from './picture-worker.ts';

/** What the media room needs. */
export type MediaRoom = { readonly db: Db; readonly blobs: Blobs; readonly clock: Clock };

export const renditionWidths = [320, 480, 640, 960, 1280, 1920] as const;
const formats = ['jpeg', 'webp', 'avif'] as const;
const MAX_PICTURE_BYTES = 60_000_000;
const MAX_FILE_BYTES = 2_000_000_000;

/** Registers an asset whose bytes come later. Returns its id. */
export async function createAsset(tx: Tx, clock: Clock, input: AssetInput): Promise<string> {
  const asset = parseAsset(input);
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
    ...assetColumns(asset),
    created_at: now,
    updated_at: now,
  });
  return id;
}

export async function changeAsset(
  tx: Tx,
  room: Pick<MediaRoom, 'clock'> & { db: Pick<Db, 'dialect'> },
  change: { id: string; expected?: number; input: AssetInput },
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
  await updateAsset(tx, row.id, { ...columns, withdrawn: expired ? 1 : 0, updated_at: room.clock.now() });
  await assetChanged(room.db, tx, row.id);
}

async function assetChanged(db: Pick<Db, 'dialect'>, tx: Tx, id: string): Promise<void> {
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
    language: asset.language,
    focal_x: Math.round(asset.focal.x * 1000),
    focal_y: Math.round(asset.focal.y * 1000),
    rights_holder: asset.rightsHolder,
    rights_terms: asset.rightsTerms,
    rights_expire_at: asset.rightsExpireAt === null ? null : new Date(asset.rightsExpireAt).toISOString(),
    source_url: asset.sourceUrl,
  };
}

export type Received = { readonly digest: string; readonly mime: string; readonly bytes: number };

/**
 * Takes the bytes of an asset: bounded, decoded in a limited child process before they are kept, stored by digest. A refused file leaves
 * nothing behind. @throws Problem `too-large`, `unsupported`, `not-found`, `conflict`.
 */
export async function receiveBytes(
  room: MediaRoom,
  input: { id: string; bytes: Readable | Uint8Array; mime: string },
): Promise<Received> {
  const row = await readAsset(room.db.read, input.id);
  if (row === undefined) throw new Problem('not-found', `There is no asset ${input.id}.`);
  if (row.digest !== null)
    throw new Problem('conflict', 'The asset has its bytes already.', 'Register another asset.');
  const folder = await mkdtemp(join(tmpdir(), 'dateline-media-'));
  try {
    const file = join(folder, 'original');
    const bytes = await spool(input.bytes, file, row.kind === 'picture' ? MAX_PICTURE_BYTES : MAX_FILE_BYTES);
    const found =
      row.kind === 'picture'
        ? await probePicture(file, folder)
        : { mime: fileType(input.mime), width: null, height: null, colour: null };
    const { digest } = await room.blobs.put(createReadStream(file));
    await room.db.write(async (tx) => {
      await updateAsset(tx, row.id, { digest, bytes, ...found, updated_at: room.clock.now() });
      await assetChanged(room.db, tx, row.id);
    });
    return { digest, mime: found.mime, bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(source: Readable | Uint8Array, file: string, limit: number): Promise<number> {
  const stream = source instanceof Uint8Array ? Readable.from([source]) : source;
  let seen = 0;
  await pipeline(
    stream,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        seen += chunk.length;
        if (seen > limit)
          throw new Problem(
            'too-large',
            `The file is larger than ${Math.round(limit / 1_000_000)} MB.`,
            'Send a smaller one.',
          );
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  if (seen === 0) throw new Problem('invalid', 'The file is empty.');
  return seen;
}

async function probePicture(
  file: string,
  folder: string,
): Promise<{ mime: string; width: number; height: number; colour: string }> {
  const { probe } = await runPictureJob({ op: 'probe', file }, folder);
  if (probe === undefined) throw new Error('the picture worker gave no answer to a probe');
  return { mime: `image/${probe.format}`, width: probe.width, height: probe.height, colour: probe.colour };
}

function fileType(mime: string): string {
  const type = mime.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaTypes[type] === undefined || type.startsWith('image/')) {
    throw new Problem(
      'unsupported',
      `Files of the type "${type}" are not taken.`,
      `Send one of: ${Object.keys(mediaTypes).join(', ')}.`,
    );
  }
  return type;
}

/** Makes the renditions of a picture that are not there yet; JPEG first, so that a page has something soon. Safe to run again. */
export async function makeRenditions(room: MediaRoom, assetId: string): Promise<number> {
  const asset = await readAsset(room.db.read, assetId);
  if (asset?.kind !== 'picture' || asset.digest === null || asset.width === null) return 0;
  const have = await room.db.read
    .selectFrom('renditions')
    .select(['name', 'format'])
    .where('asset_id', '=', assetId)
    .execute();
  const known = new Set(have.map((row) => `${row.name} ${row.format}`));
  const plans = renditionPlans(asset.width).filter((plan) => !known.has(`${plan.name} ${plan.format}`));
  if (plans.length === 0) return 0;
  const folder = await mkdtemp(join(tmpdir(), 'dateline-media-'));
  try {
    const file = join(folder, 'original');
    const original = await room.blobs.get(asset.digest);
    if (original === undefined)
      throw new Error(`the original ${asset.digest} of asset ${assetId} is missing from the media store`);
    await pipeline(original, createWriteStream(file));
    for (const format of formats) {
      const batch = plans.filter((plan) => plan.format === format);
      if (batch.length === 0) continue;
      const { rendered } = await runPictureJob(
        { op: 'render', file, folder, plans: batch, copyright: asset.credit, description: asset.caption },
        folder,
      );
      const stored: (Rendered & { digest: string; bytes: number })[] = [];
      for (const item of rendered ?? []) {
        const { digest } = await room.blobs.put(createReadStream(item.file));
        stored.push({ ...item, digest, bytes: (await stat(item.file)).size });
      }
      await room.db.write(async (tx) => {
        for (const { name, digest, bytes, width, height } of stored) {
          await insertRendition(tx, {
            id: newId(),
            asset_id: assetId,
            name,
            format,
            digest,
            bytes,
            width,
            height,
            created_at: room.clock.now(),
          });
        }
        await assetChanged(room.db, tx, assetId);
      });
    }
    return plans.length;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The sizes for an original: the usual widths below it, and its own width when it is smaller than the largest. */
export function renditionPlans(width: number): RenderPlan[] {
  const largest = Math.min(width, renditionWidths.at(-1) ?? width);
  const widths = [...new Set([...renditionWidths.filter((usual) => usual < largest * 0.92), largest])];
  return formats.flatMap((format) => widths.map((wide) => ({ name: `w${wide}`, width: wide, format })));
}

/**
 * Withdraws assets whose rights have run out: pages are drawn without them and their files are no longer given out. Returns how many.
 */
export async function withdrawExpired(room: Pick<MediaRoom, 'db' | 'clock'>): Promise<number> {
  const now = room.clock.now();
  const due = await room.db.read
    .selectFrom('assets')
    .select('id')
    .where('rights_expire_at', 'is not', null)
    .where('rights_expire_at', '<=', now)
    .where('withdrawn', '=', 0)
    .limit(500)
    .execute();
  if (due.length === 0) return 0;
  await room.db.write(async (tx) => {
    for (const { id } of due) {
      await updateAsset(tx, id, { withdrawn: 1, updated_at: now });
      await assetChanged(room.db, tx, id);
    }
  });
  return due.length;
}
