import { Problem } from '../../base/problem.ts';
import type { AccountStrings } from './strings/en.ts';

/** What went wrong in the reader's words; a fault of ours is none of theirs and goes on. */
export function sayProblem(
  cause: unknown,
  t: AccountStrings,
): { text: string; status: number; retryAfter?: number | undefined } {
  if (!(cause instanceof Problem)) throw cause;
  const { kind, fields = {}, retryAfter } = cause;
  const e = t.errors;
  if (kind === 'rate-limited') return { text: e.tooMany, status: 429, retryAfter };
  if (kind === 'unavailable') return { text: e.other, status: 503 };
  if (fields['/email'] !== undefined) return { text: e.email, status: 400 };
  if (fields['/name'] !== undefined)
    return { text: kind === 'conflict' ? e.nameTaken : e.name, status: kind === 'conflict' ? 409 : 400 };
  if (fields['/password'] !== undefined) return { text: e.password, status: 400 };
  if (fields['/code'] !== undefined) return { text: e.code, status: 400 };
  if (kind === 'unauthenticated') return { text: e.wrong, status: 401 };
  if (kind === 'conflict') return { text: e.taken, status: 409 };
  if (kind === 'unsupported' || kind === 'too-large') return { text: e.picture, status: 400 };
  return { text: e.other, status: 400 };
}
