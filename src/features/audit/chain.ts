import { createHash } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import { canonicalJson } from '../../base/json.ts';

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64);

/** The members of an entry that its hash commits to. */
export type AuditFacts = {
  readonly seq: number;
  readonly at: Instant;
  readonly by: string | null;
  readonly byName: string;
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly details: Readonly<Record<string, unknown>>;
  readonly previous: string;
};

/** SHA-256, hex, over the RFC 8785 canonical JSON of an entry, the hash of the one before it included. */
export function hashOfEntry(entry: AuditFacts): string {
  const { seq, at, by, byName, action, object, details, previous } = entry;
  return createHash('sha256')
    .update(canonicalJson({ seq, at, by, byName, action, object, details, previous }))
    .digest('hex');
}
