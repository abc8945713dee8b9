import { type FileHandle, open, rm } from 'node:fs/promises';
import { syncFolder, writeAll } from '../../../storage/files/spool.ts';
import { dataFile, headLine, indexFile, segmentLine } from './run-file.ts';
import type { Run, Segment } from './segment.ts';

/** Writes one run: sound first, then the lines that promise it, each brought to the platter before the next. */
export type RunWriter = {
  readonly run: Run;
  /** @throws what the disk says; the run is to be left then. */
  write(sound: readonly Buffer[], segments: readonly Segment[]): Promise<void>;
  /** Closes the files; after a failure the sound that nothing promises is cut off. */
  close(failed: boolean): Promise<void>;
};

export function makeRunWriter(folder: string, run: Run): RunWriter {
  let data: FileHandle | undefined;
  let index: FileHandle | undefined;
  let promised = 0;

  async function create(): Promise<{ data: FileHandle; index: FileHandle }> {
    data ??= await open(dataFile(folder, run), 'wx', 0o640);
    if (index === undefined) {
      index = await open(indexFile(folder, run.name), 'wx', 0o640);
      await writeAll(index, Buffer.from(headLine(run)));
      await index.datasync();
      await syncFolder(folder);
    }
    return { data, index };
  }

  return {
    run,
    write: async (sound, segments) => {
      const files = await create();
      if (sound.length > 0) {
        await writeAll(files.data, sound.length === 1 ? (sound[0] ?? Buffer.alloc(0)) : Buffer.concat(sound));
        await files.data.datasync();
      }
      const last = segments.at(-1);
      if (last === undefined) return;
      await writeAll(files.index, Buffer.from(segments.map(segmentLine).join('')));
      await files.index.datasync();
      promised = last.offset + last.length;
    },
    close: async (failed) => {
      // The first fault has been told; what fails now fails for the same reason.
      const quiet = (work: Promise<unknown> | undefined): Promise<unknown> =>
        work?.catch(() => undefined) ?? Promise.resolve();
      if (failed) await quiet(data?.truncate(promised));
      await quiet(data?.close());
      await quiet(index?.close());
      if (failed && promised === 0) {
        await quiet(rm(dataFile(folder, run), { force: true }));
        await quiet(rm(indexFile(folder, run.name), { force: true }));
      }
    },
  };
}
