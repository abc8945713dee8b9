import type { Duplex } from 'node:stream';
import type { Outbound } from '../../../base/outbound.ts';

/** Opens a connection to the host of an address, encrypted for https; the address is checked in the connection itself. */
export type Dial = (url: string) => Promise<Duplex>;
export type RelayTools = { readonly dial: Dial; readonly outbound: Outbound; readonly now: () => number };

/** Waits, but not longer than until the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
