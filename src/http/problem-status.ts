import { Problem, type ProblemKind } from '../base/problem.ts';

const statuses: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'fresh-sign-in': 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  unsupported: 415,
  'precondition-required': 428,
  'rate-limited': 429,
  unavailable: 503,
  'storage-full': 507,
};

/** A key that came with another request before: 422, as the Idempotency-Key draft of the IETF has it. */
export class KeyReused extends Problem {
  constructor() {
    super(
      'invalid',
      'This Idempotency-Key was used with another request.',
      'Use a new key for every new request.',
    );
  }
}

/** The HTTP status of a problem; 500 for what is no Problem, which is a fault of ours. */
export function statusOf(cause: unknown): number {
  if (cause instanceof KeyReused) return 422;
  return cause instanceof Problem ? statuses[cause.kind] : 500;
}
