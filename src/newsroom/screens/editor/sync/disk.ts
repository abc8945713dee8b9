import * as Y from 'yjs';
import { COMPACT_AFTER, type LocalStore } from './store.ts';

/** Writes what changes to the browser's disk at once; while one write runs, the next gathers. */
export type Disk = {
  add(update: Uint8Array): void;
  /** Resolves when everything added is kept; rejects when the browser keeps nothing. */
  kept(): Promise<void>;
};

export function makeDisk(
  store: LocalStore,
  options: { readonly rows: number; readonly onState: (state: 'saved' | 'saving' | 'failed') => void },
): Disk {
  let waiting: Uint8Array[] = [];
  let running: Promise<void> | undefined;
  let { rows } = options;

  let failing = false;

  async function write(): Promise<void> {
    // Where nothing could be kept the last time, nothing is said to be on its way.
    if (!failing) options.onState('saving');
    try {
      while (waiting.length > 0) {
        const [first, ...more] = waiting;
        if (first === undefined) break;
        const taken = more.length === 0 ? first : Y.mergeUpdates([first, ...more]);
        waiting = [];
        try {
          await store.append(taken);
        } catch (cause) {
          waiting = [taken, ...waiting];
          throw cause;
        }
        rows += 1;
        if (rows > COMPACT_AFTER) {
          await store.compact((updates) => Y.mergeUpdates(updates));
          rows = 1;
        }
      }
      failing = false;
      options.onState('saved');
    } catch (cause) {
      failing = true;
      options.onState('failed');
      throw cause;
    } finally {
      running = undefined;
    }
  }

  const kept = (): Promise<void> => {
    if (running === undefined && waiting.length > 0) running = write();
    return running ?? Promise.resolve();
  };
  return {
    add: (update) => {
      waiting.push(update);
      kept().catch(() => undefined); // Said by onState; the next change tries again.
    },
    kept,
  };
}
