import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { GENESIS, hashOfEntry } from './chain.ts';

/** An entry as it is listed and exported. */
export type AuditEntry = {
  readonly seq: number;
  readonly at: Instant;
  readonly by: string | null;
  readonly byName: string;
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly details: Readonly<Record<string, unknown>>;
  readonly previous: string;
  readonly hash: string;
};

export type AuditFilter = {
  readonly by?: string | undefined;
  readonly action?: string | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
};

function entryOf(row: Tables['audit_entries']): AuditEntry {
  return {
    seq: Number(row.seq),
    at: row.happened_at,
    by: row.actor_id,
    byName: row.actor_name,
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id },
    details: fromJson<Record<string, unknown>>(row.details as string),
    previous: row.previous_hash,
    hash: row.entry_hash,
  };
}

/** A page of the log, newest first; `before` is the number that the page goes on from. */
export async function auditPage(
  db: Reader,
  page: AuditFilter & { readonly limit: number; readonly before?: number | undefined },
): Promise<AuditEntry[]> {
  let query = db.selectFrom('audit_entries').selectAll().orderBy('seq', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('seq', '<', page.before);
  if (page.by !== undefined) query = query.where('actor_id', '=', page.by);
  if (page.action !== undefined) query = query.where('action', '=', page.action);
  if (page.objectKind !== undefined) query = query.where('object_kind', '=', page.objectKind);
  if (page.objectId !== undefined) query = query.where('object_id', '=', page.objectId);
  return (await query.execute()).map(entryOf);
}

const BATCH = 500;

/** The whole log in its order. */
export async function* auditExport(db: Reader): AsyncGenerator<AuditEntry> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    for (const row of rows) yield entryOf(row);
    if (rows.length < BATCH) return;
    after = Number(rows.at(-1)?.seq ?? 0);
  }
}

export type AuditVerdict = {
  readonly entries: number;
  readonly head: string;
  readonly faults: readonly string[];
};

/** Checks the chain: every number is there once, every hash is right and follows from the one before, and the head is the last. */
export async function verifyAudit(db: Reader): Promise<AuditVerdict> {
  const verdict = await verifyEntries(auditExport(db));
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst();
  const faults = [...verdict.faults];
  if (Number(head?.last_seq ?? 0) !== verdict.entries || (head?.last_hash ?? GENESIS) !== verdict.head)
    faults.push(`the log ends at ${verdict.entries}, but its head is at ${Number(head?.last_seq ?? 0)}`);
  return { ...verdict, faults };
}

/** Checks entries in their order, from the database or from an export. Stops telling after twenty faults. */
export async function verifyEntries(entries: AsyncIterable<AuditEntry>): Promise<AuditVerdict> {
  const faults: string[] = [];
  let last = 0;
  let hash = GENESIS;
  for await (const entry of entries) {
    if (faults.length >= 20) break;
    if (entry.seq !== last + 1)
      faults.push(`entry ${entry.seq} follows ${last}: one is missing or twice there`);
    if (entry.previous !== hash) faults.push(`entry ${entry.seq} does not follow from the one before it`);
    if (entry.hash !== hashOfEntry(entry)) faults.push(`entry ${entry.seq} is not what its hash says`);
    last = entry.seq;
    hash = entry.hash;
  }
  return { entries: last, head: hash, faults };
}
