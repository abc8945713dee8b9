import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { Problem } from '../../base/problem.ts';
import { toBase64 } from './bytes.ts';
import { appendUpdates, putClients } from './collaboration.store.ts';
import type { Desk } from './documents.ts';

/** Writes what comes into one document to the database, everything that waits in one transaction. */
export type Journal = {
  add(entry: { readonly userId: string | null; readonly update: Uint8Array }): void;
  addClient(client: { readonly clientId: number; readonly userId: string }): void;
  /** Resolves when everything added until now is on disk; it waits as long as that takes. */
  flushed(): Promise<void>;
  settled(): boolean;
  /** The number of the last update known here. */
  seq(): number;
  /** Updates up to this number have been read. */
  seen(seq: number): void;
};

type Entry = { readonly userId: string | null; readonly update: Uint8Array };

const RETRY_MS = 1000;

export function makeJournal(options: {
  readonly desk: Desk;
  readonly articleId: string;
  readonly seq: number;
  /** The database takes nothing at the moment; it is tried again. */
  readonly waiting: (reason: string) => void;
  /** Something was written. */
  readonly wrote: () => void;
  readonly fault: (cause: unknown) => void;
}): Journal {
  const { desk, articleId } = options;
  let entries: Entry[] = [];
  let clients: { clientId: number; userId: string }[] = [];
  let seq = options.seq;
  let running: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (entries.length > 0 || clients.length > 0) {
      const taken = { entries, clients };
      entries = [];
      clients = [];
      await untilWritten(taken);
    }
    // In the same turn as the look at what waits: whoever adds from now on begins a new write.
    running = undefined;
  }

  async function untilWritten(taken: { entries: Entry[]; clients: typeof clients }): Promise<void> {
    const updates = byWriter(taken.entries);
    for (;;) {
      try {
        const last = await desk.db.write(async (tx) => {
          const at = desk.clock.now();
          await putClients(
            tx,
            taken.clients.map(({ clientId, userId }) => ({
              article_id: articleId,
              client_id: clientId,
              user_id: userId,
              created_at: at,
            })),
          );
          return updates.length === 0 ? undefined : appendUpdates(tx, articleId, { updates, at });
        });
        // Rows of other processes may lie between: those are still to be read.
        if (last !== undefined && last === seq + updates.length) seq = last;
        if (last !== undefined) options.wrote();
        return;
      } catch (cause) {
        if (!(cause instanceof Problem)) options.fault(cause);
        options.waiting(cause instanceof Problem ? cause.message : 'The server cannot write at the moment.');
        await sleep(RETRY_MS);
      }
    }
  }

  function flushed(): Promise<void> {
    // A running write takes up what is added before it ends.
    if (running === undefined && (entries.length > 0 || clients.length > 0)) running = write();
    return running ?? Promise.resolve();
  }

  return {
    add: (entry) => {
      entries.push(entry);
      void flushed();
    },
    addClient: (client) => {
      clients.push(client);
      void flushed();
    },
    flushed,
    settled: () => running === undefined && entries.length === 0 && clients.length === 0,
    seq: () => seq,
    seen: (upTo) => void (seq = Math.max(seq, upTo)),
  };
}

/** One row a writer and stretch. */
function byWriter(entries: readonly Entry[]): { userId: string | null; data: string }[] {
  const rows: { userId: string | null; updates: Uint8Array[] }[] = [];
  for (const { userId, update } of entries) {
    const last = rows.at(-1);
    if (last?.userId === userId) last.updates.push(update);
    else rows.push({ userId, updates: [update] });
  }
  return rows.map(({ userId, updates }) => ({ userId, data: toBase64(Y.mergeUpdates(updates)) }));
}
