import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';

/** A number for the state of something that keeps no row version: 48 bits of the SHA-256 of its canonical JSON. Serves as its ETag. */
export function fingerprint(state: unknown): number {
  return Number.parseInt(createHash('sha256').update(canonicalJson(state)).digest('hex').slice(0, 12), 16);
}

/** @throws Problem `precondition-failed` when the state is not the one that If-Match names */
export function checkFingerprint(state: unknown, expected: number | undefined): void {
  if (expected === undefined || expected === fingerprint(state)) return;
  throw new Problem(
    'precondition-failed',
    'Someone has changed this since you read it.',
    'Read it again and apply your change to that.',
  );
}
