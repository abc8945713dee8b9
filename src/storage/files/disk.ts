import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { assertDigest, type Digest, isDigest, type StoredBlob } from './digest.ts';
import { fullDisk, spool, syncFolder } from './spool.ts';
import type { Blobs } from './types.ts';

const STALE_MS = 24 * 3_600_000;

/** Blobs in a folder: `ab/abcd…`; what is being written is under `incoming` until it is whole. */
export function openDisk(folder: string): Blobs {
  const incoming = join(folder, 'incoming');
  mkdirSync(incoming, { recursive: true });
  removeStale(incoming);
  const shelf = (digest: Digest): string => join(folder, digest.slice(0, 2));
  const place = (digest: Digest): string => join(shelf(digest), digest);

  const size = async (digest: Digest): Promise<number | undefined> => {
    if (!isDigest(digest)) return undefined;
    return (await stat(place(digest)).catch(absent))?.size;
  };

  const put = async (
    source: Readable | Uint8Array,
    options: { digest?: Digest } = {},
  ): Promise<StoredBlob> => {
    if (options.digest !== undefined) {
      const bytes = await size(options.digest);
      if (bytes !== undefined) {
        if (!(source instanceof Uint8Array)) source.destroy();
        return { digest: options.digest, bytes };
      }
    }
    const file = join(incoming, randomUUID());
    const stored = await spool(source, file);
    try {
      assertDigest(stored.digest, options.digest);
      if ((await size(stored.digest)) === stored.bytes) {
        await rm(file);
        return stored;
      }
      if ((await mkdir(shelf(stored.digest), { recursive: true })) !== undefined) await syncFolder(folder);
      await rename(file, place(stored.digest));
      await syncFolder(shelf(stored.digest));
      return stored;
    } catch (cause) {
      await rm(file, { force: true });
      throw fullDisk(cause);
    }
  };

  return {
    put,
    get: async (digest, options = {}) => {
      if (!isDigest(digest)) return undefined;
      const handle = await open(place(digest), 'r').catch(absent);
      if (handle === undefined) return undefined;
      // The open handle is read, so that a removal meanwhile does not tear the stream.
      return createReadStream('', { fd: handle, ...options.range });
    },
    size,
    has: async (digest) => (await size(digest)) !== undefined,
    delete: async (digest) => {
      if (isDigest(digest)) await rm(place(digest), { force: true });
    },
    list: async function* () {
      for (const name of (await readdir(folder)).sort()) {
        if (!/^[0-9a-f]{2}$/.test(name)) continue;
        for (const digest of (await readdir(join(folder, name))).sort()) {
          const bytes = await size(digest);
          if (bytes !== undefined) yield { digest, bytes };
        }
      }
    },
  };
}

function absent(cause: unknown): undefined {
  if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
    return undefined;
  throw cause;
}

/** What a killed process left half-written; younger files may be another process's at this moment. */
function removeStale(incoming: string): void {
  for (const name of readdirSync(incoming)) {
    const file = join(incoming, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > STALE_MS) rmSync(file, { force: true });
  }
}
