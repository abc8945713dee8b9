import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ReadAnswer, ReadName } from './language-worker.ts';

const MAX_MS = 3000;
const IDLE_MS = 60_000;
const MAX_CHARS = 20_000;

type Waiting = { readonly resolve: (names: readonly ReadName[]) => void; readonly timer: NodeJS.Timeout };

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let orders = 0;
const waiting = new Map<number, Waiting>();

function workerFile(): string {
  for (const place of ['./language-worker.ts', './language-worker.js', '../language-worker.js']) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error('the language worker is missing from the build');
}

/** Ends the thread; what still waits gets nothing. */
function end(): void {
  void worker?.terminate();
  worker = undefined;
  for (const { resolve, timer } of waiting.values()) {
    clearTimeout(timer);
    resolve([]);
  }
  waiting.clear();
}

function start(): Worker {
  const made = new Worker(workerFile(), { resourceLimits: { maxOldGenerationSizeMb: 192 } });
  made.unref();
  made.on('message', ({ id, names }: ReadAnswer) => {
    const order = waiting.get(id);
    waiting.delete(id);
    clearTimeout(order?.timer);
    order?.resolve(names);
  });
  made.on('error', end);
  return made;
}

/** The names that an English text speaks of, read in a thread that lives as long as it is used; none when it takes too long. */
export async function readNames(text: string): Promise<readonly ReadName[]> {
  const id = (orders += 1);
  const { promise, resolve } = Promise.withResolvers<readonly ReadName[]>();
  clearTimeout(idle);
  worker ??= start();
  // A text that it cannot get through must not keep the next one waiting.
  waiting.set(id, { resolve, timer: setTimeout(end, MAX_MS).unref() });
  worker.postMessage({ id, text: text.slice(0, MAX_CHARS) });
  const names = await promise;
  idle = setTimeout(end, IDLE_MS).unref();
  return names;
}
