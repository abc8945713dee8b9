import type { Clock } from '../../base/clock.ts';
import type { Outbound } from '../../base/outbound.ts';
import { Problem } from '../../base/problem.ts';
import type { ArticleContent } from '../../contract/article.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { putLink, wantLink } from './desks.store.ts';
import { linksIn } from './places.ts';

/** How long an answer holds. */
const FRESH_MS = 24 * 3_600_000;
/** Enough to see that an address answers. */
const MAX_BYTES = 512 * 1024;

export type LinkRoom = { readonly db: Db; readonly clock: Clock; readonly outbound: Outbound };

/** Notes the addresses of a text that must be asked; returns them. Those of our own house need no asking. */
export async function wantLinks(tx: Tx, clock: Clock, content: ArticleContent): Promise<string[]> {
  const staleBefore = new Date(Date.parse(clock.now()) - FRESH_MS).toISOString();
  const wanted: string[] = [];
  for (const { url } of linksIn(content))
    if (!url.startsWith('/') && (await wantLink(tx, url, { staleBefore }))) wanted.push(url);
  return wanted;
}

/**
 * Asks one address by the rules for outbound requests and keeps what came. Dead is what says so (404, 410) or is not there at all;
 * what refuses a machine (401, 403, 429) or fails today (5xx) is unsure, which is no reproach to the text.
 */
export async function checkLink(room: LinkRoom, url: string): Promise<void> {
  const answer = await ask(room.outbound, url);
  await room.db.write((tx) => putLink(tx, { url, ...answer, checked_at: room.clock.now() }));
}

async function ask(
  outbound: Outbound,
  url: string,
): Promise<{ state: 'alive' | 'dead' | 'unsure'; status: number | null; detail: string }> {
  const accept = { accept: 'text/html,*/*;q=0.8' };
  try {
    let { status } = await outbound.fetch(url, { method: 'HEAD', headers: accept });
    // Many servers know no HEAD; only a GET tells what a reader would get.
    if (status >= 400)
      ({ status } = await outbound.fetch(url, { headers: accept, maxBytes: MAX_BYTES }).catch((cause) => {
        if (cause instanceof Problem && cause.kind === 'too-large') return { status: 200 };
        throw cause;
      }));
    if (status < 400) return { state: 'alive', status, detail: '' };
    const dead = status === 404 || status === 410;
    return { state: dead ? 'dead' : 'unsure', status, detail: `it answers ${status}` };
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    return { state: 'dead', status: null, detail: cause.message.replace(/\.$/, '') };
  }
}
