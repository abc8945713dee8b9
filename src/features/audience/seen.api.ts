import { Problem } from '../../base/problem.ts';
import type { LiveServices } from '../../http/live/live.ts';
import { apiHeaders } from '../../http/headers.ts';
import type { RawContext, RawRoute } from '../../http/route.ts';
import { topic } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import { onLocalEvents } from '../../storage/outbox.ts';
import { onAirTitle } from '../radio/radio.views.ts';
import { storylineNumbers, storyNumbers } from './audience.views.ts';
import type { Audience } from './room.ts';

export type AudienceServices = LiveServices & { readonly audience: Audience };

/** The smallest transparent GIF. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const MOST_IDS = 60;
const KEPT_MS = 1000;
const KEPT = 5000;

async function count(
  ctx: RawContext<AudienceServices>,
  visit: { subject: string; from: string | undefined; headers: RawHeaders },
): Promise<void> {
  const counted = await ctx.services.audience.view({ ...visit, addressKey: ctx.addressKey });
  if (!counted)
    throw new Problem(
      'not-found',
      'There is no such page to count.',
      'Send ?of=article:ID of a published article.',
    );
}
type RawHeaders = Parameters<Audience['view']>[0]['headers'];

type Kept = Map<string, { at: number; head: number; body: Promise<string> }>;
const kept = new WeakMap<object, Kept>();

/** Answers that many readers ask for at once are made once a second, and anew when something has happened: what is withdrawn is not told. */
function keptFor(ctx: RawContext<AudienceServices>): Kept {
  const { live } = ctx.services;
  let cache = kept.get(live);
  if (cache === undefined) {
    const made: Kept = (cache = new Map());
    kept.set(live, made);
    onLocalEvents(ctx.db, () => made.clear());
  }
  return cache;
}

async function numbers(ctx: RawContext<AudienceServices>, ids: readonly string[]): Promise<string> {
  const { live, audience } = ctx.services;
  // Before the numbers are read: what happens from here on comes by the channel.
  const at = String(live.head());
  const read: Reader = ctx.db.read;
  const storylines = ids
    .filter((id) => id.startsWith('storyline:'))
    .map((id) => id.slice('storyline:'.length));
  const found: Record<string, Record<string, number>> = {};
  for (const { id, version, views, comments } of await storyNumbers(
    read,
    ids.filter((id) => !id.includes(':')),
  ))
    found[id] = {
      version,
      views,
      readers: audience.present.readers(topic.article(id)),
      comments,
    };
  for (const { id, stories, views } of await storylineNumbers(read, storylines))
    found[`storyline:${id}`] = { stories, views, readers: audience.present.readers(topic.storyline(id)) };
  const onAir = await onAirTitle(read);
  return JSON.stringify({ at, numbers: found, ...(onAir === undefined ? {} : { onAir }) });
}

/** Where views are told, and where a page asks for the numbers that have moved since it was made. */
export const seenRoutes: readonly RawRoute<AudienceServices>[] = [
  {
    methods: ['POST'],
    pattern: '/now/seen',
    permission: 'public',
    limit: 'view',
    handle: async (ctx, { query }, { req, res }) => {
      req.resume();
      await count(ctx, {
        subject: query.get('of') ?? '',
        from: query.get('from') ?? '',
        headers: req.headers,
      });
      res.writeHead(204, apiHeaders(ctx.https)).end();
    },
  },
  {
    methods: ['GET'],
    pattern: '/now/seen.gif',
    permission: 'public',
    limit: 'view',
    handle: async (ctx, { query }, { req, res }) => {
      // The referrer of a picture is the page it is in; where its reader came from is not known.
      await count(ctx, { subject: query.get('of') ?? '', from: undefined, headers: req.headers });
      res
        .writeHead(200, {
          ...apiHeaders(ctx.https),
          'content-type': 'image/gif',
          'content-length': PIXEL.length,
        })
        .end(PIXEL);
    },
  },
  {
    methods: ['GET'],
    pattern: '/now/numbers',
    permission: 'public',
    limit: 'live',
    handle: async (ctx, { query }, { res }) => {
      const ids = [
        ...new Set(
          (query.get('ids') ?? '').split(',').filter((id) => /^(?:storyline:)?[\w-]{1,64}$/.test(id)),
        ),
      ].toSorted();
      if (ids.length > MOST_IDS) throw new Problem('invalid', `?ids names at most ${MOST_IDS} things.`);
      const { live } = ctx.services;
      const cache = keptFor(ctx);
      const key = ids.join();
      const now = Date.parse(ctx.now);
      let entry = cache.get(key);
      if (entry === undefined || now - entry.at >= KEPT_MS || now < entry.at || entry.head !== live.head()) {
        if (cache.size >= KEPT) cache.clear();
        const body = numbers(ctx, ids);
        body.catch(() => cache.delete(key));
        entry = { at: now, head: live.head(), body };
        cache.set(key, entry);
      }
      const text = await entry.body;
      res
        .writeHead(200, {
          ...apiHeaders(ctx.https),
          'content-type': 'application/json',
          'cache-control': 'no-cache',
        })
        .end(text);
    },
  },
];
