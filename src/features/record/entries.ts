import { z } from 'zod';
import { canonicalJson } from '../../base/json.ts';
import { type VersionReason, versionReasons } from '../../contract/article.ts';
import { sha256, toBase64 } from './bytes.ts';

/** The bytes of a leaf, as `contracts/record.md` fixes them. */
export type LeafEntry = {
  readonly v: 1;
  /** The article's id. */
  readonly article: string;
  readonly version: number;
  readonly reason: VersionReason;
  /** What the version says of when it was published; imports carry the past. */
  readonly publishedAt: string;
  /** When the leaf was appended, which no import can set back. */
  readonly recordedAt: string;
  /** Base64 SHA-256 over domain, salt and the version's canonical JSON. */
  readonly commitment: string;
};

const LeafEntryShape = z.strictObject({
  v: z.literal(1),
  article: z.string().min(1),
  version: z.int().min(1),
  reason: z.enum(versionReasons),
  publishedAt: z.string().min(1),
  recordedAt: z.string().min(1),
  commitment: z.base64(),
});

/** The longest entry that a bundle of C2SP tlog-tiles can carry. */
const MAX_ENTRY_BYTES = 65_535;
const COMMITMENT_DOMAIN = 'dateline/record/v1\n';
export const SALT_BYTES = 32;

/** What a leaf says of the content without giving it away: the salt keeps short texts from being guessed after an erasure. */
export function commitmentOf(salt: Uint8Array, canonicalVersion: string): string {
  return toBase64(sha256(COMMITMENT_DOMAIN, salt, canonicalVersion));
}

export function writeEntry(entry: LeafEntry): string {
  return canonicalJson(entry);
}

/** Reads a leaf's bytes; undefined unless they are exactly what `writeEntry` writes. */
export function readEntry(text: string): LeafEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = LeafEntryShape.safeParse(value);
  return parsed.success && writeEntry(parsed.data) === text ? parsed.data : undefined;
}

/** An entry bundle (C2SP tlog-tiles): each entry behind its length as a big-endian uint16. */
export function writeBundle(entries: readonly string[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const bytes = Buffer.from(entry);
    if (bytes.length > MAX_ENTRY_BYTES)
      throw new RangeError(`a record entry of ${bytes.length} bytes is too long`);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}

/** The entries of a bundle; undefined when a length runs over the end. */
export function readBundle(bundle: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const high = bundle[at];
    const low = bundle[at + 1];
    if (high === undefined || low === undefined) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
