import { Readable } from 'node:stream';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { adoptFile, MAX_FILE_BYTES, MAX_PICTURE_BYTES, type MediaRoom } from './receive.ts';
import { checkTaken, SNIFF_BYTES, sniffType } from './sniff.ts';
import {
  addChunk,
  deleteChunks,
  deleteUpload,
  endUpload,
  insertUpload,
  type UploadRow,
} from './uploads.store.ts';

/** How long an upload may rest before it is forgotten. */
export const UPLOAD_MS = 24 * 3600_000;
/** Parts are kept in pieces of this size: an acknowledged byte is on the disk, and no upload needs more memory than one piece. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Stands before each piece, so that no other blob of the house can have its digest. */
const headOf = (upload: string): Buffer => Buffer.from(`upload ${upload}\n`);

export type UploadView = {
  readonly id: string;
  readonly userId: string;
  readonly bytes: number;
  readonly received: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly state: UploadRow['state'];
  readonly asset: string | null;
  readonly failure: string | null;
  readonly createdAt: string;
};

export async function uploadOf(db: Reader, id: string): Promise<UploadView | undefined> {
  const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        id: row.id,
        userId: row.user_id,
        bytes: row.total_bytes,
        received: row.received_bytes,
        metadata: fromJson<Record<string, string>>(row.metadata as string),
        state: row.state,
        asset: row.asset_id,
        failure: row.failure,
        createdAt: row.created_at,
      };
}

/** Begins an upload of so many bytes. @throws Problem `too-large`, `invalid` */
export async function beginUpload(
  room: MediaRoom,
  order: { userId: string; bytes: number; metadata: Record<string, string> },
): Promise<string> {
  if (order.bytes === 0) throw new Problem('invalid', 'The file is empty.');
  if (order.bytes > MAX_FILE_BYTES)
    throw new Problem(
      'too-large',
      `The file is larger than ${MAX_FILE_BYTES / 1e6} MB.`,
      'Send a smaller one.',
    );
  const id = newId();
  const now = room.clock.now();
  await room.db.write((tx) =>
    insertUpload(tx, {
      id,
      user_id: order.userId,
      total_bytes: order.bytes,
      received_bytes: 0,
      metadata: toJson(order.metadata),
      state: 'receiving',
      asset_id: null,
      failure: null,
      created_at: now,
      updated_at: now,
      expires_at: new Date(Date.parse(now) + UPLOAD_MS).toISOString(),
    }),
  );
  return id;
}

/**
 * Takes bytes of an upload from `start` on and returns where it stands then. When the line breaks, what has come is kept.
 * @throws Problem `conflict`, `unsupported` (the first bytes say already that the file is not taken), `too-large`, `storage-full`
 */
export async function continueUpload(
  room: MediaRoom,
  part: { id: string; start: number; bytes: AsyncIterable<Uint8Array> },
): Promise<number> {
  const upload = await uploadOf(room.db.read, part.id);
  if (upload === undefined) throw new Problem('not-found', `There is no upload ${part.id}.`);
  let at = part.start;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    const piece = Buffer.concat(waiting, size);
    if (at === 0) checkHead(piece, upload);
    const { digest } = await room.blobs.put(Buffer.concat([headOf(part.id), piece]));
    const taken = await room.db.write((tx) =>
      addChunk(tx, { upload: part.id, start: at, digest, bytes: size, now: room.clock.now() }),
    );
    if (!taken) {
      await room.blobs.delete(digest);
      throw new Problem(
        'conflict',
        'The upload has gone on elsewhere.',
        'Ask where it stands, and go on from there.',
      );
    }
    at += size;
    waiting = [];
    size = 0;
  };
  try {
    for await (const chunk of part.bytes) {
      if (at + size + chunk.length > upload.bytes)
        throw new Problem('too-large', 'More bytes came than the upload was announced to have.');
      waiting.push(chunk);
      size += chunk.length;
      if (size >= PIECE_BYTES) await flush();
    }
  } catch (cause) {
    if (!(cause instanceof Problem)) await flush();
    else if (cause.kind === 'unsupported' || cause.kind === 'too-large') await refuse(room, part.id, cause);
    throw cause;
  }
  await flush();
  return at;
}

/** Nobody need send two gigabytes to hear that the kind of file is not taken. */
function checkHead(piece: Uint8Array, upload: UploadView): void {
  const name = upload.metadata['filename'] ?? 'file';
  const type: string | undefined = sniffType(piece.subarray(0, SNIFF_BYTES), name);
  checkTaken(type, name);
  if (type.startsWith('image/') && upload.bytes > MAX_PICTURE_BYTES)
    throw new Problem(
      'too-large',
      `The picture is larger than ${MAX_PICTURE_BYTES / 1e6} MB.`,
      'Send a smaller one.',
    );
}

/**
 * Makes an asset of an upload whose bytes have all come. Asked again it answers with the same asset. A refused file is gone with its
 * parts; the upload says why. @throws Problem as `adoptFile`
 */
export async function finishUpload(
  room: MediaRoom,
  id: string,
  also: (tx: Tx, asset: string) => Promise<void>,
): Promise<string> {
  const upload = await uploadOf(room.db.read, id);
  if (upload === undefined) throw new Problem('not-found', `There is no upload ${id}.`);
  if (upload.asset !== null) return upload.asset;
  if (upload.state === 'refused')
    throw new Problem('unsupported', upload.failure ?? 'The file was refused.', 'Send another file.');
  if (upload.received < upload.bytes)
    throw new Problem('conflict', `${upload.bytes - upload.received} bytes of the upload are still to come.`);
  const { filename = 'file', caption, credit, alt } = upload.metadata;
  try {
    const asset = await adoptFile(room, {
      bytes: Readable.from(pieces(room, id), { objectMode: false }),
      fileName: filename.replace(/^.*[\\/]/s, '').slice(0, 255) || 'file',
      said: {
        ...(caption === undefined ? {} : { caption }),
        ...(credit === undefined ? {} : { credit }),
        ...(alt === undefined ? {} : { alt }),
      },
      by: upload.userId,
      also: async (tx, made) => {
        if (!(await endUpload(tx, id, { state: 'done', asset: made, now: room.clock.now() })))
          throw new Problem('conflict', 'The upload was finished by another request.', 'Ask for it again.');
        await also(tx, made);
      },
    });
    await forgetPieces(room, id);
    return asset;
  } catch (cause) {
    const now = await uploadOf(room.db.read, id);
    if (now?.asset !== null && now?.asset !== undefined) return now.asset;
    if (cause instanceof Problem && ['unsupported', 'too-large', 'invalid'].includes(cause.kind))
      await refuse(room, id, cause);
    throw cause;
  }
}

async function* pieces(room: MediaRoom, id: string): AsyncGenerator<Uint8Array> {
  const rows = await room.db.read
    .selectFrom('upload_chunks')
    .select('digest')
    .where('upload_id', '=', id)
    .orderBy('start_byte')
    .execute();
  for (const { digest } of rows) {
    const stream = await room.blobs.get(digest);
    if (stream === undefined) throw new Error(`a part of upload ${id} is missing from the media store`);
    let skip = headOf(id).length;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      if (chunk.length > skip) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  }
}

async function refuse(room: MediaRoom, id: string, why: Problem): Promise<void> {
  await room.db.write((tx) =>
    endUpload(tx, id, { state: 'refused', failure: why.message, now: room.clock.now() }),
  );
  await forgetPieces(room, id);
}

async function forgetPieces(room: MediaRoom, id: string): Promise<void> {
  const digests = await room.db.write((tx) => deleteChunks(tx, id));
  for (const digest of digests) await room.blobs.delete(digest);
}

/** Ends an upload that its sender does not want any more. */
export async function cancelUpload(room: MediaRoom, id: string): Promise<void> {
  const digests = await room.db.write((tx) => deleteUpload(tx, id));
  for (const digest of digests) await room.blobs.delete(digest);
}

/** Forgets uploads that rest since a day, with the bytes that came. Returns how many. */
export async function forgetUploads(room: MediaRoom): Promise<number> {
  const due = await room.db.read
    .selectFrom('uploads')
    .select('id')
    .where('expires_at', '<=', room.clock.now())
    .limit(100)
    .execute();
  for (const { id } of due) await cancelUpload(room, id);
  return due.length;
}
