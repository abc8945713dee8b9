import { Problem } from '../../base/problem.ts';

const DISK_FULL = '53100';
const DEADLOCK = '40P01';
const SERIALIZATION = '40001';
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

/** Whether PostgreSQL ended the transaction only because of what others did at the same time. */
export function isDeadlock(cause: unknown): boolean {
  const code = codeOf(cause);
  return code === DEADLOCK || code === SERIALIZATION;
}

/** A full disk and a server out of reach are refusals that heal; everything else stays the fault it is. */
export function translated(cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === DISK_FULL) {
    return new Problem(
      'storage-full',
      "The database server's disk is full, so nothing was saved.",
      'Free space there and try again.',
      { cause },
    );
  }
  // Class 08: connection exception; 57P: shut down or starting; 53300: too many connections.
  if (code.startsWith('08') || code.startsWith('57P') || code === '53300' || NETWORK.has(code)) {
    return new Problem('unavailable', 'The database cannot be reached at the moment.', 'Try again.', {
      cause,
      retryAfter: 5,
    });
  }
  return cause;
}
