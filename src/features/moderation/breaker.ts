import type { Clock } from '../../base/clock.ts';

/** Keeps a service that fails from being asked for a while, so that comments do not wait for its time limit one after another. */
export type Breaker = {
  mayTry(): boolean;
  succeeded(): void;
  failed(): void;
  readonly state: 'closed' | 'open';
};

const FAILURES = 5;
const PAUSE_MS = 60_000;

/** Opens after five failures in a row; after a minute one is let through, and what comes of it decides. */
export function makeBreaker(clock: Clock): Breaker {
  let failures = 0;
  let openUntil = 0;
  const now = (): number => Date.parse(clock.now());
  return {
    mayTry: () => {
      if (now() < openUntil) return false;
      // One is on its way to see; the others wait for another pause.
      if (failures >= FAILURES) openUntil = now() + PAUSE_MS;
      return true;
    },
    succeeded: () => {
      failures = 0;
      openUntil = 0;
    },
    failed: () => {
      failures += 1;
      if (failures >= FAILURES) openUntil = now() + PAUSE_MS;
    },
    get state() {
      return now() < openUntil ? 'open' : 'closed';
    },
  };
}
