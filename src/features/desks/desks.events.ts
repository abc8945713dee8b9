import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';
import { ARTICLE_PUBLISHED, type ArticlePublished } from '../articles/articles.events.ts';
import { openReceipt } from './receipts.ts';

/** Somebody asks for the receipt of a version that gets none by itself, or for another look. */
export const RECEIPT_WANTED = 'receipt.wanted';
/** Addresses of a text are to be asked whether they live. */
export const LINKS_WANTED = 'links.wanted';

/** Versions whose reach somebody must answer for get a receipt by themselves. */
const ACCOUNTED = new Set(['correction', 'clarification', 'kill', 'takedown']);

export type Wanted = { readonly receipt: string } | { readonly link: string };

/** Turns what happened into the work that follows: receipts to make, addresses to ask. */
export function deskSubscriber(
  room: {
    readonly db: Db;
    readonly clock: Clock;
    readonly mirror: boolean;
    readonly origin: string;
  },
  want: (work: readonly Wanted[]) => Promise<void>,
): Subscriber {
  return {
    name: 'desks',
    durable: true,
    handle: async (events) => {
      const work: Wanted[] = [];
      for (const { topic, payload } of events) {
        if (topic === LINKS_WANTED) for (const url of payload['urls'] as string[]) work.push({ link: url });
        const accounted = topic === ARTICLE_PUBLISHED && ACCOUNTED.has(String(payload['reason']));
        if (!accounted && topic !== RECEIPT_WANTED) continue;
        // Written by appendEvents with these very members.
        const receipt = await openReceipt(room, payload as unknown as ArticlePublished);
        if (receipt !== undefined) work.push({ receipt: receipt.id });
      }
      if (work.length > 0) await want(work);
    },
  };
}
