import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '../../../base/clock.ts';
import type { Outbound } from '../../../base/outbound.ts';
import { Problem } from '../../../base/problem.ts';
import { typeOfExtension } from '../../../contract/media.ts';
import { createAsset, type MediaRoom, receiveBytes } from '../../media/media.ts';
import type { Tx } from '../../../storage/db.ts';
import type { Asset } from '../item.ts';

export type FileSources = {
  /** The uploads folder of the old site: files are taken from here first. */
  readonly uploads?: string | undefined;
  /** Absent: nothing is fetched. */
  readonly outbound?: Outbound | undefined;
};

const MAX_FILE = 200_000_000;
const KINDS = { image: 'picture', audio: 'audio', video: 'video', file: 'file' } as const;

/** Registers an outside file without its bytes: what is known of it, its caption and credit above all, is kept whether they come or not. */
export function registerAsset(tx: Tx, clock: Clock, asset: Asset): Promise<string> {
  return createAsset(tx, clock, {
    kind: KINDS[asset.type],
    fileName: asset.fileName.slice(-255) || 'file',
    caption: (asset.caption ?? asset.description ?? '').slice(0, 2000),
    credit: (asset.credit ?? '').slice(0, 500),
    alt: (asset.alt ?? '').slice(0, 1000),
    ...(/^https?:\/\//.test(asset.url) && asset.url.length <= 2048 && URL.canParse(asset.url)
      ? { sourceUrl: asset.url }
      : {}),
  });
}

/**
 * Brings the bytes of a registered file in: from the uploads folder, else from its address. Returns why they are missing, or undefined;
 * bytes that are refused leave nothing behind. @throws Problem `storage-full`
 */
export async function bringBytes(
  room: MediaRoom,
  { id, asset, sources }: { id: string; asset: Asset; sources: FileSources },
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-import-'));
  try {
    const found = await locate(asset, sources, join(folder, 'file'));
    if ('missing' in found) return found.missing;
    await receiveBytes(room, { id, bytes: found.open(), mime: found.mime });
    return undefined;
  } catch (cause) {
    if (cause instanceof Problem && cause.kind !== 'storage-full') return cause.message;
    throw cause;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether bytes could be looked for at all. */
export function isSought(asset: Asset, { uploads, outbound }: FileSources): boolean {
  return (
    asset.url !== '' && (uploads !== undefined || outbound !== undefined || asset.url.startsWith('data:'))
  );
}

type Located = { open: () => Readable; mime: string };

async function locate(
  asset: Asset,
  { uploads, outbound }: FileSources,
  temporary: string,
): Promise<Located | { missing: string }> {
  const type =
    asset.mimeType ??
    typeOfExtension(asset.fileName.slice(asset.fileName.lastIndexOf('.') + 1)) ??
    'application/octet-stream';
  if (uploads !== undefined) {
    for (const path of [asset.path, pathBelowUploads(asset.url), asset.fileName]) {
      const file = path === undefined ? undefined : below(uploads, path);
      const there =
        file !== undefined &&
        (await stat(file).then(
          (found) => found.isFile(),
          () => false,
        ));
      if (there && file !== undefined) return { open: () => createReadStream(file), mime: type };
    }
  }
  if (asset.url === '') return { missing: 'the page names it without an address' };
  if (asset.url.startsWith('data:')) return inline(asset.url, type);
  if (outbound === undefined)
    return { missing: uploads === undefined ? 'fetching is off' : 'it is not in the uploads folder' };
  let why = 'no address answered';
  for (const [i, url] of [asset.url, ...(asset.fallbackUrls ?? [])].entries()) {
    const file = `${temporary}-${i}`;
    try {
      const answer = await outbound.download(url, { file, maxBytes: MAX_FILE, timeoutMs: 60_000 });
      if (answer.status === 200)
        return { open: () => createReadStream(file), mime: answer.headers['content-type'] ?? type };
      why = `its address answered ${answer.status}`;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      why = cause.message;
    }
  }
  return { missing: why };
}

/** A file that is written out in its own address (RFC 2397). */
function inline(url: string, type: string): Located | { missing: string } {
  const comma = url.indexOf(',');
  const head = url.slice(5, comma);
  if (comma < 0 || !/;base64$/i.test(head)) return { missing: 'its data: address is not in base64' };
  const bytes = Buffer.from(url.slice(comma + 1), 'base64');
  return { open: () => Readable.from([bytes]), mime: head.split(';')[0] || type };
}

/** The part of a WordPress or Ghost address below its folder of uploads. */
function pathBelowUploads(url: string): string | undefined {
  return /\/(?:wp-content\/uploads|wp-content\/blogs\.dir\/\d+\/files|content\/images|files)\/([^?#]+)/.exec(
    url,
  )?.[1];
}

/** A path inside a folder; undefined when it would lead out of it. */
function below(folder: string, path: string): string | undefined {
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    plain = path;
  }
  const clean = normalize(plain);
  return isAbsolute(clean) || clean.split(/[\\/]/).includes('..') || clean.includes('\0')
    ? undefined
    : join(folder, clean);
}
