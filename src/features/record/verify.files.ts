import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { equalBytes } from './bytes.ts';
import { readBundle } from './entries.ts';
import type { Faults } from './report.ts';
import type { RecordSource } from './sources.ts';
import { entriesPath, parsePath, type RecordPath, tilePath, widthAt } from './tiles.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const unpack = { br: promisify(brotliDecompress), gz: promisify(gunzip) };

/**
 * Looks at every file of a folder whose log was found right: partial tiles of earlier sizes must begin what they have become,
 * compressed copies must hold the same bytes, and nothing else may be there.
 */
export async function checkOtherFiles(
  source: RecordSource,
  { size, faults }: { size: number; faults: Faults },
): Promise<void> {
  for await (const path of source.list?.() ?? []) {
    const packed = /^(.+)\.(br|gz)$/.exec(path);
    const base = packed?.[1] ?? path;
    const named = parsePath(base);
    const fault =
      named === undefined || !isInLog(named, size)
        ? 'is not part of the log'
        : ((await olderFault(source, { path: base, named, size })) ??
          (await packedFault(source, { path, base, format: packed?.[2] })));
    if (fault !== undefined) faults.add(path, fault);
  }
}

function isInLog(named: RecordPath, size: number): boolean {
  switch (named.kind) {
    case 'checkpoint':
    case 'vkey':
      return true;
    case 'content':
      return named.leafIndex < size;
    case 'entries':
      return named.width <= widthAt({ level: 0, index: named.index }, size);
    case 'tile':
      return named.width <= widthAt(named, size);
  }
}

async function olderFault(
  source: RecordSource,
  { path, named, size }: { path: string; named: RecordPath; size: number },
): Promise<string | undefined> {
  if (named.kind !== 'tile' && named.kind !== 'entries') return undefined;
  const { index, width } = named;
  const level = named.kind === 'tile' ? named.level : 0;
  const now = widthAt({ level, index }, size);
  if (width === now) return undefined;
  const current = named.kind === 'tile' ? tilePath({ level, index, width: now }) : entriesPath(index, now);
  const [older, newer] = await Promise.all([source.read(path), source.read(current)]);
  if (older === undefined || newer === undefined) return `has no ${current} to compare it with`;
  const length = named.kind === 'tile' ? width * 32 : bundleLength(newer, width);
  return equalBytes(older, newer.subarray(0, length)) ? undefined : `is not how ${current} begins`;
}

function bundleLength(bundle: Uint8Array, width: number): number {
  const entries = readBundle(bundle) ?? [];
  return entries.slice(0, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
}

async function packedFault(
  source: RecordSource,
  { path, base, format }: { path: string; base: string; format: string | undefined },
): Promise<string | undefined> {
  if (format !== 'br' && format !== 'gz') return undefined;
  const [packed, plain] = await Promise.all([source.read(path), source.read(base)]);
  if (packed === undefined || plain === undefined) return `has no ${base} beside it`;
  try {
    const bytes = await unpack[format](packed, { maxOutputLength: MAX_BYTES });
    return equalBytes(bytes, plain) ? undefined : `does not hold the same bytes as ${base}`;
  } catch {
    return 'cannot be decompressed';
  }
}
