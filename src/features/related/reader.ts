import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ReadName, ReadReport } from './language-worker.ts';

/** For one text, once the thread has loaded its library. */
const MAX_MS = 3000;
const START_MS = 30_000;
const IDLE_MS = 60_000;
const MAX_CHARS = 20_000;

type Resolve = (names: readonly ReadName[]) => void;
type Thread = { readonly worker: Worker; readonly ready: Promise<void> };

let thread: Thread | undefined;
let idle: NodeJS.Timeout | undefined;
let orders = 0;
const waiting = new Map<number, Resolve>();

function workerFile(): string {
  for (const place of ['./language-worker.ts', './language-worker.js', '../language-worker.js']) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error('the language worker is missing from the build');
}

/** Ends the thread; what still waits gets nothing. */
function end(): void {
  void thread?.worker.terminate();
  thread = undefined;
  for (const resolve of waiting.values()) resolve([]);
  waiting.clear();
}

function start(): Thread {
  const worker = new Worker(workerFile(), { resourceLimits: { maxOldGenerationSizeMb: 192 } });
  worker.unref();
  const loaded = Promise.withResolvers<void>();
  worker.on('message', (report: ReadReport) => {
    if (report === 'ready') return loaded.resolve();
    waiting.get(report.id)?.(report.names);
    waiting.delete(report.id);
  });
  worker.on('error', () => {
    loaded.resolve();
    end();
  });
  return { worker, ready: loaded.promise };
}

/** The names that an English text speaks of, read in a thread that lives as long as it is used; none when it takes too long. */
export async function readNames(text: string): Promise<readonly ReadName[]> {
  const id = (orders += 1);
  const { promise, resolve } = Promise.withResolvers<readonly ReadName[]>();
  clearTimeout(idle);
  const own = (thread ??= start());
  waiting.set(id, resolve);
  own.worker.postMessage({ id, text: text.slice(0, MAX_CHARS) });
  const slow = setTimeout(end, START_MS);
  await Promise.race([own.ready, promise]);
  clearTimeout(slow);
  // A text that it cannot get through must not keep the next one waiting.
  const timer = setTimeout(end, MAX_MS);
  const names = await promise;
  clearTimeout(timer);
  idle = setTimeout(end, IDLE_MS).unref();
  return names;
}
