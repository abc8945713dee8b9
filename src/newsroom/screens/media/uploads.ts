import { useSyncExternalStore } from 'react';
import { Upload } from 'tus-js-client';
import { paths } from '../../../contract/routes.ts';

export type Sending = {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly state: 'sending' | 'waiting' | 'done' | 'refused' | 'cancelled';
  readonly why?: string;
  readonly asset?: string;
};

/** Files at a time: more would only share the same line. */
const AT_ONCE = 3;

let list: readonly Sending[] = [];
type Task = {
  readonly file: File;
  readonly said: Readonly<Record<string, string>>;
  readonly done?: (asset: string) => void;
  readonly failed?: (why: string) => void;
  upload?: Upload;
};
const tasks = new Map<string, Task>();
const listeners = new Set<() => void>();

function change(id: string, by: Partial<Sending>): void {
  list = list.map((one) => (one.id === id ? { ...one, ...by } : one));
  for (const listener of listeners) listener();
}

/** Sends files to the library, one after the other, going on by themselves after a broken line. Calls back with each asset that is made. */
export function sendFiles(files: readonly File[], onDone?: (asset: string, name: string) => void): void {
  add(
    files.map((file) => ({
      file,
      said: {},
      ...(onDone === undefined ? {} : { done: (asset: string) => onDone(asset, file.name) }),
    })),
  );
}

/** Sends one file and answers with its asset. @throws Error that says why it was not taken */
export function sendFile(file: File, said: { readonly alt?: string } = {}): Promise<string> {
  return new Promise((done, fail) => add([{ file, said, done, failed: (why) => fail(new Error(why)) }]));
}

function add(made: readonly Task[]): void {
  for (const task of made) {
    const id = crypto.randomUUID();
    tasks.set(id, task);
    const { name, size } = task.file;
    list = [...list, { id, name, size, sent: 0, state: 'sending' }];
  }
  for (const listener of listeners) listener();
  next();
}

function next(): void {
  const running = list.filter(({ id, state }) => state !== 'done' && tasks.get(id)?.upload !== undefined);
  const free = AT_ONCE - running.filter(({ state }) => state === 'sending' || state === 'waiting').length;
  const idle = list.filter(({ id, state }) => state === 'sending' && tasks.get(id)?.upload === undefined);
  for (const { id } of idle.slice(0, Math.max(0, free))) begin(id);
}

function begin(id: string): void {
  const task = tasks.get(id);
  if (task === undefined) return;
  const { file } = task;
  const upload = new Upload(file, {
    endpoint: paths.uploads(),
    metadata: { filename: file.name, filetype: file.type, ...task.said },
    // Tries for about ten minutes; a reload of the page goes on from where it was.
    retryDelays: [0, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000],
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => change(id, { sent, state: 'sending' }),
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
      if (again && status !== 507) change(id, { state: 'waiting' });
      return again && status !== 507;
    },
    onError: (error) => {
      const said = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
      finish(id, { state: 'refused', why: (said ?? error.message).trim() });
    },
    onSuccess: ({ lastResponse }) => {
      const asset = lastResponse.getHeader('Dateline-Asset') ?? '';
      finish(id, { state: 'done', sent: file.size, asset });
      task.done?.(asset);
    },
  });
  task.upload = upload;
  upload
    .findPreviousUploads()
    .then(([before]) => {
      if (before !== undefined) upload.resumeFromPreviousUpload(before);
      upload.start();
    })
    .catch((cause: unknown) => finish(id, { state: 'refused', why: String(cause) }));
}

function finish(id: string, by: Partial<Sending>): void {
  change(id, by);
  if (by.state !== 'done') tasks.get(id)?.failed?.(by.why ?? '');
  next();
}

/** Takes an upload back, and what has come of it with it. */
export function cancelSending(id: string): void {
  void tasks.get(id)?.upload?.abort(true);
  finish(id, { state: 'cancelled' });
}

/** Forgets the uploads that have ended. */
export function clearEnded(): void {
  list = list.filter(({ state }) => state === 'sending' || state === 'waiting');
  for (const listener of listeners) listener();
}

export function useSendings(): readonly Sending[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => list,
  );
}
