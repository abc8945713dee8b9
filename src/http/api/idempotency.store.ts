import { createHash } from 'node:crypto';
import { fromJson, toJson } from '../../base/json.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { KeyReused } from '../problem-status.ts';

/** Who asked for what under which key: the same key of another caller or for another address is another request. */
export type IdempotentRequest = {
  readonly scope: string;
  readonly key: string;
  /** SHA-256 of the request's address and body. */
  readonly digest: string;
};

export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** JSON text; empty without a body. */
  readonly body: string;
};

export function requestDigest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/** The answer kept for the key; undefined when there is none. @throws KeyReused when the key was used for another request. */
export async function readKeptAnswer(
  db: Reader,
  request: IdempotentRequest,
): Promise<KeptAnswer | undefined> {
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('scope', '=', request.scope)
    .where('idempotency_key', '=', request.key)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.request_digest !== request.digest) {
    throw new KeyReused();
  }
  return {
    status: row.status,
    headers: fromJson<Record<string, string | string[]>>(row.headers),
    body: row.body,
  };
}

/**
 * Claims the key in the transaction that does the work: another process that uses it waits here until that has committed.
 * False when it was there already.
 */
export async function claimKey(tx: Tx, request: IdempotentRequest, now: string): Promise<boolean> {
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({
      scope: request.scope,
      idempotency_key: request.key,
      request_digest: request.digest,
      status: 0,
      headers: toJson({}),
      body: '',
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (claimed.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function keepAnswer(tx: Tx, request: IdempotentRequest, answer: KeptAnswer): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ status: answer.status, headers: toJson(answer.headers), body: answer.body })
    .where('scope', '=', request.scope)
    .where('idempotency_key', '=', request.key)
    .execute();
}

/** Forgets keys older than an instant; a daily job calls it with yesterday. Returns how many. */
export async function forgetKeys(tx: Tx, before: string): Promise<number> {
  const gone = await tx.deleteFrom('idempotency_keys').where('created_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
