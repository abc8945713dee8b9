import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../../base/problem.ts';
import { fullDisk, syncFolder, writeAll } from '../files/spool.ts';
import { END_BYTES, MANIFEST, manifestLine, SEAL, sealText } from './format.ts';
import { padding, tarHeader } from './tar.ts';

export type ArchiveWriter = {
  add(name: string, body: Uint8Array | { bytes: number; stream: AsyncIterable<unknown> }): Promise<void>;
  /** Writes manifest and seal and gives the file its name. */
  finish(options: { replace: boolean }): Promise<{ bytes: number }>;
  /** Removes what was written. */
  abandon(): Promise<void>;
};

/** Writes a backup beside its place, under `….partial`, readable by the owner only: it holds keys. */
export async function writeArchive(file: string): Promise<ArchiveWriter> {
  const partial = `${file}.partial`;
  const manifestFile = `${partial}.manifest`;
  await rm(partial, { force: true });
  await rm(manifestFile, { force: true });
  const handle = await open(partial, 'wx', 0o600).catch((cause: unknown) => {
    throw new Problem('invalid', `The backup cannot be written to ${file}: ${messageOf(cause)}.`, undefined, {
      cause,
    });
  });
  const manifest: FileHandle = await open(manifestFile, 'wx', 0o600);
  const whole = createHash('sha256');
  const mtime = Date.now() / 1000;
  let written = 0;

  const write = async (piece: Uint8Array): Promise<void> => {
    whole.update(piece);
    written += piece.byteLength;
    await writeAll(handle, piece);
  };
  const entry = async (
    name: string,
    body: { bytes: number; stream: AsyncIterable<unknown> },
  ): Promise<string> => {
    await write(tarHeader({ name, bytes: body.bytes, mtime }));
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of body.stream) {
      const piece = chunk as Uint8Array;
      hash.update(piece);
      bytes += piece.byteLength;
      if (bytes > body.bytes) break;
      await write(piece);
    }
    if (bytes !== body.bytes) throw new Error(`${name} has changed its size while it was copied`);
    await write(Buffer.alloc(padding(bytes)));
    return hash.digest('hex');
  };
  const abandon = async (): Promise<void> => {
    // Closing twice is no matter: what counts is that the files go.
    await handle.close().catch(() => undefined);
    await manifest.close().catch(() => undefined);
    await rm(partial, { force: true });
    await rm(manifestFile, { force: true });
  };

  return {
    add: async (name, body) => {
      const source = body instanceof Uint8Array ? { bytes: body.byteLength, stream: once(body) } : body;
      try {
        const sha256 = await entry(name, source);
        await writeAll(manifest, Buffer.from(manifestLine({ name, bytes: source.bytes, sha256 })));
      } catch (cause) {
        throw fullDisk(cause);
      }
    },
    finish: async ({ replace }) => {
      try {
        const { size } = await manifest.stat();
        await entry(MANIFEST, { bytes: size, stream: createReadStream(manifestFile) });
        const seal = Buffer.from(sealText({ sha256: whole.copy().digest('hex'), bytes: written }));
        await write(tarHeader({ name: SEAL, bytes: seal.length, mtime: 0 }));
        await write(Buffer.concat([seal, Buffer.alloc(padding(seal.length))]));
        await write(Buffer.alloc(END_BYTES));
        await handle.sync();
        await handle.close();
        await manifest.close();
        await rm(manifestFile);
        await publish(partial, file, replace);
        return { bytes: written };
      } catch (cause) {
        throw fullDisk(cause);
      }
    },
    abandon,
  };
}

/** A rename would replace a file that came up meanwhile; a link does not. */
async function publish(partial: string, file: string, replace: boolean): Promise<void> {
  if (replace) await rename(partial, file);
  else {
    await link(partial, file);
    await rm(partial);
  }
  await syncFolder(dirname(file));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
