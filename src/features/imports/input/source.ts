import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { Problem } from '../../../base/problem.ts';
import type { ImportSource, ReadOptions } from '../item.ts';

/** A file on disk as a source; one that is gzipped is unpacked as it is read. @throws Problem `not-found` when it cannot be opened. */
export async function fileSource(path: string, name = basename(path)): Promise<ImportSource> {
  let about;
  try {
    about = await stat(path);
  } catch (cause) {
    throw new Problem('not-found', `There is no file ${path}.`, 'Check the path.', { cause });
  }
  if (!about.isFile()) throw new Problem('invalid', `${path} is not a file.`, 'Name the export file itself.');
  const head = await firstBytes(createReadStream(path, { end: 3 }));
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3)
    throw new Problem('unsupported', `${name} is a ZIP archive.`, 'Unpack it, then import the file inside.');
  return {
    name,
    size: about.size,
    open: () => {
      const bytes = createReadStream(path, { highWaterMark: 1 << 18 });
      return zipped ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
    },
  };
}

async function firstBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const chunk of stream) return chunk;
  return new Uint8Array();
}

/** Bytes or text in memory as a source. */
export function memorySource(name: string, content: string | Uint8Array): ImportSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    open: async function* () {
      for (let i = 0; i < bytes.length; i += 1 << 16) yield bytes.subarray(i, i + (1 << 16));
    },
  };
}

/** Opens a source and tells how far its reading is; `pass` of `passes` readings. */
export async function* openCounted(
  source: ImportSource,
  options: ReadOptions,
  { pass, passes }: { pass: number; passes: number },
): AsyncGenerator<Uint8Array> {
  let done = 0;
  const size = source.size ?? 0;
  try {
    for await (const chunk of source.open()) {
      done += chunk.length;
      options.onProgress?.(size * pass + done, size * passes);
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof Problem || !(cause instanceof Error)) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_'))
      throw new Problem(
        'invalid',
        `${source.name} is damaged: its gzip data ends or breaks at byte ${done}.`,
        'Get the file again.',
        { cause },
      );
    throw cause;
  }
}
