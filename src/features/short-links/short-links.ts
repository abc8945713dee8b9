import type { Clock } from '../../base/clock.ts';
import { newCode } from '../../base/ids.ts';
import type { Tx } from '../../storage/db.ts';
import { insertShortLink } from './short-links.store.ts';

export { shortCodes } from './short-links.store.ts';

/** Makes a short link to an address of this site or elsewhere; draws again on the rare clash. Returns its code. */
export async function createShortLink(tx: Tx, clock: Clock, target: string): Promise<string> {
  for (;;) {
    const code = newCode();
    if (await insertShortLink(tx, { code, target, createdAt: clock.now() })) return code;
  }
}
