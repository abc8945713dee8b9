import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../../storage/db.ts';
import { insertLog, moveSpool, spoolPosition } from './audience.store.ts';
import type { Ledger, Tally } from './recorder.ts';

/** A line of a spool: the tallies of one commit. */
type Line = { readonly n: readonly Tally[] };

export type Spool = Ledger & {
  /** Brings what the journal holds into the log of the database, once. */
  flush(): Promise<void>;
  /** Brings in what other processes, ended by a crash, have left; their files go when nobody can be writing them. */
  recover(): Promise<number>;
  close(): Promise<void>;
};

const ROTATE_BYTES = 4 * 1024 * 1024;
/** A living process touches its file at every flush: one untouched for so long is nobody's. */
const ABANDONED_MS = 120_000;
const SUFFIX = '.spool';

/**
 * A journal on the disk before an embedded database: an append and an fdatasync outside of the event loop, and no lock on the database. Lines go
 * into the log in order; how many have gone is kept in the same transaction, so that each goes once, whoever brings it.
 */
export async function openSpool(folder: string, { db, clock }: { db: Db; clock: Clock }): Promise<Spool> {
  await mkdir(folder, { recursive: true });
  let file: FileHandle | undefined;
  let name = '';
  let bytes = 0;
  let lines = 0;
  let waiting: { readonly at: number; readonly tallies: readonly Tally[] }[] = [];
  let work: Promise<void> = Promise.resolve();

  async function begin(): Promise<FileHandle> {
    name = randomUUID();
    bytes = 0;
    lines = 0;
    const opened = await open(join(folder, name + SUFFIX), 'ax');
    // The file's name must be as durable as its lines.
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return opened;
  }

  /** One after the other: appends, flushes and the change to a new file. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = work.then(task);
    work = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async function flushNow(): Promise<void> {
    if (waiting.length > 0) {
      const taken = waiting;
      const first = taken[0]?.at ?? 0;
      const last = taken.at(-1)?.at ?? 0;
      const spool = name;
      await db.write(async (tx) => {
        const now = clock.now();
        const position = await spoolPosition(tx, spool);
        // Another process may have taken this one for dead and brought some of its lines.
        const left = taken.filter(({ at }) => at > position);
        if (left.length === 0) return;
        await insertLog(
          tx,
          left.flatMap(({ tallies }) => tallies),
        );
        await moveSpool(tx, { spool, to: Math.max(last, first), now });
      });
      waiting = waiting.slice(taken.length);
    }
    if (file === undefined) return;
    if (bytes > ROTATE_BYTES) {
      await file.close();
      file = undefined;
      await rm(join(folder, name + SUFFIX), { force: true });
      return;
    }
    const now = new Date();
    await utimes(join(folder, name + SUFFIX), now, now).catch(() => undefined);
  }

  async function append(tallies: readonly Tally[]): Promise<void> {
    file ??= await begin();
    const line = Buffer.from(`${JSON.stringify({ n: tallies } satisfies Line)}\n`);
    try {
      await file.appendFile(line);
      await file.datasync();
    } catch (cause) {
      // What is written of the line is cut off, so that the next one is whole.
      await file.truncate(bytes).catch(() => undefined);
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
        throw new Problem(
          'storage-full',
          'The disk is full, so that nothing can be counted.',
          'Free some space.',
          { cause },
        );
      throw cause;
    }
    bytes += line.length;
    lines += 1;
    waiting.push({ at: lines, tallies });
  }

  async function recoverOne(spool: string): Promise<number> {
    const path = join(folder, spool + SUFFIX);
    const text = await readFile(path, 'utf8');
    // A last line without its end was never acknowledged.
    const whole = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
    const brought = await db.write(async (tx) => {
      const position = await spoolPosition(tx, spool);
      const left = whole.slice(position).map((line) => JSON.parse(line) as Line);
      if (left.length === 0) return 0;
      await insertLog(
        tx,
        left.flatMap(({ n }) => n),
      );
      await moveSpool(tx, { spool, to: whole.length, now: clock.now() });
      return left.length;
    });
    const touched = (await stat(path)).mtimeMs;
    if (Date.now() - touched > ABANDONED_MS) await rm(path, { force: true });
    return brought;
  }

  return {
    append: (tallies) => inTurn(() => append(tallies)),
    flush: () => inTurn(flushNow),
    recover: () =>
      inTurn(async () => {
        let brought = 0;
        for (const entry of await readdir(folder)) {
          const spool = entry.slice(0, -SUFFIX.length);
          if (entry.endsWith(SUFFIX) && spool !== name) brought += await recoverOne(spool);
        }
        return brought;
      }),
    close: () =>
      inTurn(async () => {
        await flushNow();
        if (file === undefined) return;
        await file.close();
        file = undefined;
        await rm(join(folder, name + SUFFIX), { force: true });
      }),
  };
}
