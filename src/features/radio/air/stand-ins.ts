import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Blobs } from '../../../storage/files/blobs.ts';
import { tell } from '../frames/cutter.ts';
import type { Format } from '../frames/frame.ts';
import { encoderOf, startFfmpeg } from './ffmpeg.ts';
import type { StandIn } from './fallback.ts';

export type StandInFile = { readonly digest: string; readonly title: string };

export type StandInOptions = {
  /** Files lie here as they are played, so that a slow store is not asked when an encoder has just gone. */
  readonly folder: string;
  readonly blobs: Blobs;
  /** ffmpeg, where it is installed. */
  readonly ffmpeg: string | undefined;
  readonly onTrouble: (cause: unknown) => void;
};

/** The files of a fallback, ready to be heard at once, in the coding that the listeners of the mount already hear where that can be made. */
export function makeStandIns(options: StandInOptions) {
  const making = new Map<string, Promise<void>>();
  const nameOf = (digest: string, kind: string): string => join(options.folder, `${digest}.${kind}`);

  async function fetchOriginal(digest: string): Promise<string | undefined> {
    const file = nameOf(digest, 'original');
    if (await exists(file)) return file;
    const bytes = await options.blobs.get(digest);
    if (bytes === undefined) return undefined;
    await mkdir(options.folder, { recursive: true, mode: 0o750 });
    const part = `${file}.${process.pid}.part`;
    await pipeline(bytes, createWriteStream(part));
    await rename(part, file);
    return file;
  }

  async function convert(original: string, digest: string, format: Format): Promise<void> {
    if (options.ffmpeg === undefined || (await exists(nameOf(digest, format)))) return;
    const head = createReadStream(original, { end: 262_143 });
    const chunks: Buffer[] = [];
    for await (const chunk of head) chunks.push(chunk as Buffer);
    const own = tell(Buffer.concat(chunks));
    if (own === undefined || own === format) return;
    const child = startFfmpeg(options.ffmpeg, { input: own, output: encoderOf(format, 128), live: false });
    const part = `${nameOf(digest, format)}.${process.pid}.part`;
    const exit = new Promise<number | null>((resolve) => void child.once('close', resolve));
    try {
      await Promise.all([
        pipeline(createReadStream(original), child.stdin),
        pipeline(child.stdout, createWriteStream(part)),
      ]);
      if ((await exit) !== 0) throw new Error('ffmpeg could not convert a file of the fallback');
      await rename(part, nameOf(digest, format));
    } finally {
      child.kill('SIGKILL');
      await rm(part, { force: true });
    }
  }

  return {
    /** Brings the files near and makes them what the mount sends; what fails is tried again with the next call. */
    prepare: (files: readonly StandInFile[], format: Format | undefined): Promise<void> => {
      const key = `${files.map(({ digest }) => digest).join(' ')} ${format ?? ''}`;
      let work = making.get(key);
      if (work === undefined) {
        work = (async () => {
          for (const { digest } of files) {
            const original = await fetchOriginal(digest);
            if (original !== undefined && format !== undefined) await convert(original, digest, format);
          }
        })()
          .catch(options.onTrouble)
          .finally(() => making.delete(key));
        making.set(key, work);
      }
      return work;
    },
    open: (file: StandInFile, format: Format | undefined): StandIn => ({
      title: file.title,
      open: async () => {
        const made = format === undefined ? '' : nameOf(file.digest, format);
        const path = made !== '' && (await exists(made)) ? made : await fetchOriginal(file.digest);
        return path === undefined ? undefined : Readable.from(createReadStream(path));
      },
    }),
  };
}

export type StandIns = ReturnType<typeof makeStandIns>;

async function exists(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false; // Not there, which is the answer.
  }
}
