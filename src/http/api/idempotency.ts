import { Problem } from '../../base/problem.ts';
import type { Db } from '../../storage/db.ts';
import {
  claimKey,
  type IdempotentRequest,
  keepAnswer,
  type KeptAnswer,
  readKeptAnswer,
} from './idempotency.store.ts';

export type Idempotency = {
  /**
   * Runs `work` once for a key. Its writes, the claim of the key and the answer are one transaction, so that a crash leaves all or nothing; a
   * refusal is not kept, and may be tried again. The same key with the same request gets the first answer.
   * @throws KeyReused (422) for another request; Problem `conflict` while the first is still being worked on.
   */
  run(
    request: IdempotentRequest & { readonly now: string },
    work: (db: Db) => Promise<KeptAnswer>,
  ): Promise<KeptAnswer & { readonly replayed: boolean }>;
};

export function makeIdempotency(db: Db): Idempotency {
  const working = new Set<string>();
  return {
    async run(request, work) {
      const name = JSON.stringify([request.scope, request.key]);
      if (working.has(name)) {
        throw new Problem(
          'conflict',
          'A request with this Idempotency-Key is being worked on.',
          'Try again in a moment.',
          {
            retryAfter: 1,
          },
        );
      }
      working.add(name);
      try {
        const kept = await readKeptAnswer(db.read, request);
        if (kept !== undefined) return { ...kept, replayed: true };
        return await db.write(async (tx) => {
          if (!(await claimKey(tx, request, request.now))) {
            const other = await readKeptAnswer(tx, request);
            if (other !== undefined) return { ...other, replayed: true };
          }
          // Inside, reading sees what this transaction wrote, and writing joins it.
          const answer = await work({ ...db, read: tx, write: (inner) => inner(tx) });
          await keepAnswer(tx, request, answer);
          return { ...answer, replayed: false };
        });
      } finally {
        working.delete(name);
      }
    },
  };
}
