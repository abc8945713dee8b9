import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressBr = promisify(brotliCompress);
const compressGzip = promisify(gzip);
const COMPRESSIBLE = /^(text\/|image\/svg|application\/(json|xml|javascript|[\w.-]+\+(json|xml)))/;
const SMALLEST = 400;
const MARK = '~unfinished';

/**
 * The file of an address: a page is `PATH.html` (the front page `index.html`), so that `try_files $uri.html` finds it; anything else
 * has its own ending. A page of a list carries its place behind an `@`.
 */
export function fileOf(address: string, contentType: string): string {
  const mark = address.indexOf('?');
  const path = decodeURIComponent(mark === -1 ? address : address.slice(0, mark)).replace(/^\//, '');
  const query = mark === -1 ? '' : `@${address.slice(mark + 1)}`;
  const page = contentType.startsWith('text/html');
  const name = path === '' ? 'index' : path;
  return `${name}${query}${page || query !== '' ? '.html' : ''}`;
}

/** A file below the root of the mirror. */
type FilePlace = { readonly root: string; readonly file: string };

/** Writes a file and its compressed forms, each whole or not at all; a reader gets the old bytes or the new. */
export async function writePage(
  { root, file }: FilePlace,
  page: { body: string | Uint8Array; contentType: string },
): Promise<void> {
  const target = join(root, file);
  const bytes = Buffer.from(page.body);
  await mkdir(dirname(target), { recursive: true });
  if (COMPRESSIBLE.test(page.contentType) && bytes.length >= SMALLEST) {
    const [br, gz] = await Promise.all([
      compressBr(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 6,
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
      compressGzip(bytes, { level: 6 }),
    ]);
    await Promise.all([put(`${target}.br`, br), put(`${target}.gz`, gz), put(target, bytes)]);
  } else {
    await put(target, bytes);
    await Promise.all([rm(`${target}.br`, { force: true }), rm(`${target}.gz`, { force: true })]);
  }
}

async function put(target: string, bytes: Uint8Array | string): Promise<void> {
  await writeFile(target + MARK, bytes);
  await rename(target + MARK, target);
}

/** A plain text file of the mirror's own, such as the table of redirects. */
export async function writeTable({ root, file }: FilePlace, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await put(join(root, file), lines.map((line) => `${line}\n`).join(''));
}

/** Copies a stored file, unless it is there: its name is the digest of its bytes. */
export async function writeBlob(
  { root, file }: FilePlace,
  blob: { size: number; open(): Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array> },
): Promise<void> {
  const target = join(root, file);
  const present = await stat(target).catch(() => undefined);
  if (present?.size === blob.size) return;
  await mkdir(dirname(target), { recursive: true });
  await pipeline(Readable.from(await blob.open()), createWriteStream(target + MARK));
  await rename(target + MARK, target);
}

export async function removePage(root: string, file: string): Promise<void> {
  for (const end of ['', '.br', '.gz']) await rm(join(root, file + end), { force: true });
}
