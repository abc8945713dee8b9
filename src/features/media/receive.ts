import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { AssetInput } from '../../contract/media.ts';
import { signClaim } from './credentials/cose.ts';
import { credentialOf } from './credentials/credentials.store.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Blobs } from '../../storage/files/blobs.ts';
import { assetChanged, createAsset } from './assets.ts';
import { forgetPrivate } from './private/forget.ts';
import { type AssetRow, insertRendition, readAsset, updateAsset } from './media.store.ts';
import { runPictureJob } from './picture-child.ts';
import type { PictureMetadata } from './picture-metadata.ts';
import type { Probe, Rendered } from './picture-worker.ts';
import { firstPlan, planOf, renderJob, type Subject } from './plan.ts';
import { checkTaken, SNIFF_BYTES, sniffType } from './sniff.ts';

/** What the media room needs. */
export type MediaRoom = { readonly db: Db; readonly blobs: Blobs; readonly clock: Clock };

export const MAX_PICTURE_BYTES = 60_000_000;
export const MAX_FILE_BYTES = 2_000_000_000;

export type Received = { readonly digest: string; readonly mime: string; readonly bytes: number };

/**
 * Takes the bytes of an asset: bounded, told apart by what they are and not by their name, decoded in a limited child process before they
 * are kept, stored by digest. A refused file leaves nothing behind. @throws Problem `too-large`, `unsupported`, `not-found`, `conflict`.
 */
export async function receiveBytes(
  room: MediaRoom,
  input: {
    id: string;
    bytes: Readable | Uint8Array;
    mime: string;
    /** Runs in the transaction in which the asset gets them. */
    also?: (tx: Tx) => Promise<void>;
  },
): Promise<Received> {
  const row = await readAsset(room.db.read, input.id);
  if (row === undefined) throw new Problem('not-found', `There is no asset ${input.id}.`);
  checkEmpty(row);
  return withFile(input.bytes, limitOf(row.kind), async (file) => {
    const seen = await examine(file, { fileName: row.file_name, mime: input.mime });
    // A file is given out as it came, which a picture never is: it may say where it was taken.
    const fits =
      seen.kind === row.kind ||
      (row.kind === 'video' && seen.kind === 'audio') ||
      (row.kind === 'file' && seen.kind !== 'picture');
    if (!fits)
      throw new Problem(
        'unsupported',
        `The asset is registered as ${row.kind}, and its bytes are ${seen.mime}.`,
        `Register it as ${seen.kind}.`,
      );
    const kept = await keep(room, file, { seen, row });
    await room.db.write(async (tx) => {
      const still = await readAsset(tx, row.id);
      if (still !== undefined) checkEmpty(still);
      await putBytes(tx, room, { id: row.id, seen, kept });
      await input.also?.(tx);
    });
    return { digest: kept.digest, mime: seen.mime, bytes: kept.bytes };
  });
}

/** What somebody says of a file as it is uploaded; what is absent is taken from the file's own metadata. */
export type Adoption = {
  readonly bytes: Readable;
  readonly fileName: string;
  readonly said: Partial<AssetInput>;
  readonly by: string | null;
  /** Runs in the transaction that registers the asset. */
  readonly also?: (tx: Tx, asset: string) => Promise<void>;
};

/** Makes an asset of a whole file, with what the file says of itself. Returns its id. @throws Problem as `receiveBytes` */
export async function adoptFile(room: MediaRoom, adoption: Adoption): Promise<string> {
  const { fileName, said } = adoption;
  return withFile(adoption.bytes, MAX_FILE_BYTES, async (file) => {
    const seen = await examine(file, { fileName });
    const input: AssetInput = {
      ...fromMetadata(seen.probe?.metadata),
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== '')),
      kind: seen.kind,
      fileName,
    };
    const { size } = await stat(file);
    if (size > limitOf(seen.kind)) throw tooLarge(limitOf(seen.kind));
    const { digest, bytes } = await room.blobs.put(createReadStream(file));
    let first: Rendered | undefined;
    let id = '';
    // The row is needed to know the plan, and the plan to label the first rendition; nobody sees either before the commit.
    const subject = subjectOf(input, { digest, probe: seen.probe });
    if (seen.probe !== undefined) first = await renderFirst(room, file, { ...subject, file_name: fileName });
    const rendition = first === undefined ? undefined : await keepRendition(room, first);
    await room.db.write(async (tx) => {
      id = await createAsset(tx, room.clock, { ...input, createdBy: adoption.by });
      await putBytes(tx, room, { id, seen, kept: { digest, bytes, rendition } });
      await adoption.also?.(tx, id);
    });
    return id;
  });
}

type Seen = { readonly kind: AssetRow['kind']; readonly mime: string; readonly probe?: Probe };
type KeptRendition = Omit<Rendered, 'file'> & { readonly digest: string; readonly bytes: number };
type Kept = {
  readonly digest: string;
  readonly bytes: number;
  readonly rendition?: KeptRendition | undefined;
};

/** What a file is by its own bytes. @throws Problem `unsupported` */
async function examine(file: string, named: { fileName: string; mime?: string }): Promise<Seen> {
  const handle = await open(file, 'r');
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
  const type: string | undefined = sniffType(head, named.fileName);
  checkTaken(type, named.fileName);
  if (!type.startsWith('image/')) {
    const kind = type.startsWith('audio/') ? 'audio' : type.startsWith('video/') ? 'video' : 'file';
    await forgetPrivate(file, type);
    return { kind, mime: settle(type, named.mime) };
  }
  const { probe } = await runPictureJob({ op: 'probe', file }, join(file, '..'));
  if (probe === undefined) throw new Error('the picture worker gave no answer to a probe');
  return { kind: 'picture', mime: `image/${probe.format}`, probe };
}

/** Containers whose first bytes leave open what is in them are what the sender says, where that agrees. */
function settle(found: string, said: string | undefined): string {
  const named = said?.split(';')[0]?.trim().toLowerCase() ?? '';
  const alike = [
    ['audio/mp4', 'video/mp4'],
    ['text/plain', 'text/csv'],
  ].find((pair) => pair.includes(found));
  return alike?.includes(named) === true ? named : found;
}

async function keep(
  room: MediaRoom,
  file: string,
  { seen, row }: { seen: Seen; row: AssetRow },
): Promise<Kept> {
  const { digest, bytes } = await room.blobs.put(createReadStream(file));
  if (seen.probe === undefined) return { digest, bytes };
  const first = await renderFirst(room, file, { ...row, digest, ...sizeOf(seen.probe) });
  return { digest, bytes, rendition: await keepRendition(room, first) };
}

async function renderFirst(
  room: MediaRoom,
  file: string,
  subject: Subject & { readonly file_name: string },
): Promise<Rendered> {
  const folder = join(file, '..');
  const plans = [firstPlan(subject.width ?? 1)];
  const { rendered } = await runPictureJob(
    renderJob(subject, { file, folder, plans }),
    folder,
    claimSigner(room),
  );
  const [first] = rendered ?? [];
  if (first === undefined) throw new Error('the picture worker made no rendition');
  return first;
}

/** Signs what the picture worker asks for, with the house's own key. */
export function claimSigner(room: MediaRoom): (claim: Buffer) => Promise<Buffer> {
  return async (claim) => signClaim(await credentialOf(room.db, room.clock), claim);
}

async function keepRendition(room: MediaRoom, made: Rendered): Promise<KeptRendition> {
  const { digest, bytes } = await room.blobs.put(createReadStream(made.file));
  const { file: _file, ...rest } = made;
  return { ...rest, digest, bytes };
}

async function putBytes(
  tx: Tx,
  room: MediaRoom,
  { id, seen, kept }: { id: string; seen: Seen; kept: Kept },
): Promise<void> {
  const now = room.clock.now();
  const row = await readAsset(tx, id);
  if (row === undefined) throw new Problem('not-found', `There is no asset ${id}.`);
  const size =
    seen.probe === undefined
      ? {}
      : { ...sizeOf(seen.probe), colour: seen.probe.colour, credentials: seen.probe.credentials };
  const plan = planOf({ ...row, digest: kept.digest, ...size });
  await updateAsset(tx, id, {
    digest: kept.digest,
    bytes: kept.bytes,
    mime: seen.mime,
    ...size,
    plan,
    updated_at: now,
  });
  const { rendition } = kept;
  if (rendition !== undefined)
    await insertRendition(tx, {
      id: newId(),
      asset_id: id,
      plan: plan ?? '',
      name: rendition.name,
      format: rendition.format,
      digest: rendition.digest,
      bytes: rendition.bytes,
      width: rendition.width,
      height: rendition.height,
      created_at: now,
    });
  await assetChanged(room.db, tx, id);
}

function subjectOf(input: AssetInput, found: { digest: string; probe: Probe | undefined }): Subject {
  return {
    digest: found.digest,
    width: found.probe?.width ?? null,
    height: found.probe?.height ?? null,
    focal_x: 500,
    focal_y: 500,
    crops: '{}' as Subject['crops'],
    credit: input.credit ?? '',
    creator: input.creator ?? '',
    caption: input.caption ?? '',
    alt: input.alt ?? '',
    rights_holder: input.rightsHolder ?? null,
    rights_terms: input.rightsTerms ?? null,
  };
}

/** What a file says of itself, as an editor would fill it in. */
function fromMetadata(metadata: PictureMetadata | undefined): Partial<AssetInput> {
  if (metadata === undefined) return {};
  const { caption, alt, credit, creator, place, keywords, rightsHolder, rightsTerms, takenAt } = metadata;
  return {
    caption: caption.slice(0, 2000),
    alt: alt.slice(0, 1000),
    credit,
    creator: creator.slice(0, 500),
    place: place.slice(0, 300),
    keywords: [...keywords],
    rightsHolder: rightsHolder === '' ? null : rightsHolder.slice(0, 500),
    rightsTerms: rightsTerms === '' ? null : rightsTerms,
    takenAt: takenAt ?? null,
  };
}

function sizeOf({ width, height }: Probe): { width: number; height: number } {
  return { width, height };
}

function checkEmpty(row: AssetRow): void {
  if (row.digest !== null)
    throw new Problem('conflict', 'The asset has its bytes already.', 'Register another asset.');
}

function limitOf(kind: AssetRow['kind']): number {
  return kind === 'picture' ? MAX_PICTURE_BYTES : MAX_FILE_BYTES;
}

/** Spools bytes to a file in a folder of its own, which is gone when `work` is done. */
async function withFile<T>(
  source: Readable | Uint8Array,
  limit: number,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-media-'));
  try {
    const file = join(folder, 'original');
    await spool(source, { file, limit });
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(
  source: Readable | Uint8Array,
  { file, limit }: { file: string; limit: number },
): Promise<void> {
  const stream = source instanceof Uint8Array ? Readable.from([source]) : source;
  let seen = 0;
  await pipeline(
    stream,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        seen += chunk.length;
        if (seen > limit) throw tooLarge(limit);
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  if (seen === 0) throw new Problem('invalid', 'The file is empty.');
}

function tooLarge(limit: number): Problem {
  return new Problem(
    'too-large',
    `The file is larger than ${Math.round(limit / 1_000_000)} MB.`,
    'Send a smaller one.',
  );
}
