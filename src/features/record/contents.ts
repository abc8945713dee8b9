import { z } from 'zod';
import { canonicalJson } from '../../base/json.ts';
import type { VersionReason } from '../../contract/article.ts';
import { fromBase64 } from './bytes.ts';
import { commitmentOf, type LeafEntry, SALT_BYTES } from './entries.ts';
import { type Erasure, erasureHolds } from './erase.ts';
import type { Verifier } from './note.ts';

/** The later leaf that withdrew a version's article, for which the version itself is no longer shown. */
export type Withdrawal = { readonly by: number; readonly reason: 'kill' | 'takedown' };

/** What `content/<N>.json` says of a leaf. */
export type LeafContent =
  /** `content` is the version's canonical JSON. */
  | { readonly state: 'shown'; readonly salt: string; readonly content: string }
  | ({ readonly state: 'erased' } & Erasure)
  | ({ readonly state: 'withheld' } & Withdrawal);

/** The bytes of `content/<N>.json`: RFC 8785 JSON, so that there is one right spelling of each. */
export function writeContent(leafIndex: number, content: LeafContent): string {
  if (content.state === 'shown') {
    // The stored text is canonical already, and the names below are in order.
    return `{"leaf":${leafIndex},"salt":${JSON.stringify(content.salt)},"version":${content.content}}`;
  }
  const { state, ...rest } = content;
  return canonicalJson({ leaf: leafIndex, [state]: rest });
}

const leaf = z.int().min(0);
const Shape = z.union([
  z.strictObject({ leaf, salt: z.string(), version: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    leaf,
    erased: z.strictObject({ at: z.string(), reason: z.string(), signature: z.string() }),
  }),
  z.strictObject({ leaf, withheld: z.strictObject({ by: leaf, reason: z.enum(['kill', 'takedown']) }) }),
]);

/** Reads a content file; undefined unless its bytes are exactly what `writeContent` writes for that leaf. */
export function readContentFile(text: string, leafIndex: number): LeafContent | undefined {
  let value: unknown;
  let canonical: string;
  try {
    value = JSON.parse(text);
    canonical = canonicalJson(value);
  } catch {
    return undefined;
  }
  const parsed = Shape.safeParse(value);
  if (canonical !== text || !parsed.success || parsed.data.leaf !== leafIndex) return undefined;
  const file = parsed.data;
  if ('erased' in file) return { state: 'erased', ...file.erased };
  if ('withheld' in file) return { state: 'withheld', ...file.withheld };
  return { state: 'shown', salt: file.salt, content: canonicalJson(file.version) };
}

/**
 * What is wrong with a leaf's content: nothing (undefined), or a clause. A withheld one is right only if the leaf that it names
 * withdraws the article, which the caller checks.
 */
export function contentFault(
  content: LeafContent,
  { leafIndex, entry, verifier }: { leafIndex: number; entry: LeafEntry; verifier: Verifier | undefined },
): string | undefined {
  if (content.state === 'withheld') {
    return content.by > leafIndex ? undefined : `is withheld by leaf ${content.by}, which is not a later one`;
  }
  if (content.state === 'erased') {
    if (verifier === undefined) return 'is erased, and there is no key to check that by';
    return erasureHolds(verifier, { leafIndex, commitment: entry.commitment }, content)
      ? undefined
      : 'is erased without the log’s signature of the erasure';
  }
  const salt = fromBase64(content.salt, SALT_BYTES);
  if (salt === undefined) return 'has a malformed salt';
  if (commitmentOf(salt, content.content) !== entry.commitment) return 'does not match the leaf’s commitment';
  const version = JSON.parse(content.content) as Partial<Record<string, unknown>>;
  for (const key of ['article', 'version', 'reason', 'publishedAt'] as const) {
    if (version[key] !== entry[key]) return `says another ${key} than its leaf`;
  }
  return undefined;
}

export function isWithdrawal(reason: VersionReason): reason is Withdrawal['reason'] {
  return reason === 'kill' || reason === 'takedown';
}
