import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../base/problem.ts';

/** Where the public files of a record are read from. Paths are below the log's prefix. */
export type RecordSource = {
  readonly name: string;
  /** The file's bytes; undefined when there is none. @throws Problem `unavailable` when that cannot be told. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Every file that is there, where the source can say. */
  list?(): AsyncIterable<string>;
};

const MAX_BYTES = 64 * 1024 * 1024;
const TRIES = 4;
const TIMEOUT_MS = 30_000;

/** A live site by its address (`https://paper.example`, with or without `/record`), or a folder that holds an export or a mirror. */
export async function openSource(target: string): Promise<RecordSource> {
  return /^https?:\/\//i.test(target) ? siteSource(target) : folderSource(target);
}

export function siteSource(address: string): RecordSource {
  const url = URL.parse(address);
  if (url === null)
    throw new Problem('invalid', `${address} is not an address.`, 'Give one as https://paper.example.');
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/record$/, '')}/record/`;
  return { name: base, read: (path) => download(`${base}${path}`) };
}

/** @throws Problem `not-found` when the folder holds no record. */
export async function folderSource(folder: string): Promise<RecordSource> {
  const inside = join(folder, 'record');
  const root = existsSync(join(inside, 'checkpoint')) || existsSync(join(inside, 'vkey')) ? inside : folder;
  const found = await stat(join(root, 'checkpoint')).catch(() => undefined);
  if (found?.isFile() !== true) {
    throw new Problem(
      'not-found',
      `There is no record in ${resolve(folder)}: it has no file record/checkpoint.`,
      'Name a folder that dateline record export or dateline mirror wrote.',
    );
  }
  return {
    name: resolve(root),
    read: async (path) => {
      try {
        return await readFile(join(root, path));
      } catch (cause) {
        if (isAbsent(cause)) return undefined;
        throw new Problem('unavailable', `${join(root, path)} cannot be read.`, undefined, { cause });
      }
    },
    list: () => walk(root, ''),
  };
}

async function* walk(root: string, below: string): AsyncIterable<string> {
  for (const item of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? item.name : `${below}/${item.name}`;
    if (item.isDirectory()) yield* walk(root, path);
    else yield path;
  }
}

function isAbsent(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

async function download(url: string): Promise<Uint8Array | undefined> {
  let last: unknown;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    let wait = attempt * 500;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) return await bodyOf(response);
      await response.body?.cancel();
      if (response.status === 404 || response.status === 410) return undefined;
      last = `it answered ${response.status}`;
      if (response.status !== 429 && response.status < 500) break;
      wait = Math.max(wait, Math.min(Number(response.headers.get('retry-after') ?? 0) || 0, 60) * 1000);
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      last = cause;
    }
    if (attempt < TRIES) await sleep(wait);
  }
  const why =
    last instanceof Error ? (last.cause instanceof Error ? last.cause.message : last.message) : last;
  throw new Problem('unavailable', `${url} could not be read: ${String(why)}.`, 'Try again later.', {
    cause: last,
  });
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) {
      throw new Problem(
        'too-large',
        `${response.url} is longer than ${MAX_BYTES} bytes, which no file of a record is.`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
