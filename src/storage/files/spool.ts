import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Problem } from '../../base/problem.ts';
import type { StoredBlob } from './digest.ts';

/**
 * Writes a source to a new file and to the disk's platter, counting and hashing on the way. When it throws nothing is left behind.
 * @throws Problem `storage-full`
 */
export async function spool(source: Readable | Uint8Array, file: string): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let bytes = 0;
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'wx', 0o640);
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      const piece = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
      hash.update(piece);
      bytes += piece.byteLength;
      await writeAll(handle, piece);
    }
    await handle.sync();
    await handle.close();
    return { digest: hash.digest('hex'), bytes };
  } catch (cause) {
    await handle?.close().catch(() => undefined); // The first fault is the one to tell.
    await rm(file, { force: true });
    throw fullDisk(cause);
  }
}

/** A write may take only a part, and says so without an error. */
export async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.byteLength;) {
    const { bytesWritten } = await handle.write(piece, at);
    at += bytesWritten;
  }
}

/** Makes a folder's entries (a rename, a new file) survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The refusal for a full disk or quota; every other fault as it is. */
export function fullDisk(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return cause;
  return new Problem('storage-full', 'The disk is full, so nothing was saved.', 'Free space and try again.', {
    cause,
  });
}
