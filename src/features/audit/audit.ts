import { type Instant, systemClock } from '../../base/clock.ts';
import { toJson } from '../../base/json.ts';
import type { Tx } from '../../storage/db.ts';
import { insertEntry, takePlace } from './audit.store.ts';
import { type AuditFacts, hashOfEntry } from './chain.ts';

export {
  auditExport,
  auditPage,
  type AuditEntry,
  type AuditFilter,
  verifyAudit,
  verifyEntries,
} from './audit.views.ts';

export type AuditInput = {
  /** Who did it; null: the program itself, or nobody who is signed in. An actor of a request fits. */
  readonly by: { readonly userId: string; readonly name: string } | null;
  /** The thing and what was done to it: `article.publish`, `user.role`, `session.end`. */
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  /** What changed, for people who look later: never a secret, never more of a person than it needs. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly at?: Instant;
};

/**
 * Writes what somebody did into the chain of the audit log, in the transaction that does it: the deed is not there without its entry.
 * Writers of the log wait for one another until they commit, so write it late in a long transaction.
 */
export async function writeAudit(tx: Tx, input: AuditInput): Promise<void> {
  const { seq, previous } = await takePlace(tx);
  // As it will be read again: what JSON drops must not be in the hash.
  const details = JSON.parse(JSON.stringify(input.details ?? {}), wellFormed) as Record<string, unknown>;
  const facts: AuditFacts = {
    seq,
    at: input.at ?? systemClock.now(),
    by: input.by?.userId ?? null,
    byName: input.by?.name ?? '',
    action: input.action,
    object: { kind: input.object.kind, id: input.object.id },
    details,
    previous,
  };
  await insertEntry(tx, {
    seq,
    happened_at: facts.at,
    actor_id: facts.by,
    actor_name: facts.byName,
    action: facts.action,
    object_kind: facts.object.kind,
    object_id: facts.object.id,
    details: toJson(details),
    previous_hash: previous,
    entry_hash: hashOfEntry(facts),
  });
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
