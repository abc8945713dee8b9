import { Problem } from '../../base/problem.ts';
import {
  accessOf,
  comparePlaces,
  type LivePoll,
  MAX_TOPICS,
  type Place,
  placeOf,
  placeText,
} from '../../contract/live.ts';
import { may } from '../../contract/permissions.ts';
import { apiHeaders } from '../headers.ts';
import type { RawContext, RawRoute } from '../raw/raw-route.ts';
import type { LiveHub } from './hub.ts';

export type LiveServices = { readonly live: LiveHub };

/** The topics of an address. @throws Problem for what is none, is too much, or is not for who asks. */
function topicsOf(ctx: RawContext, query: URLSearchParams): string[] {
  const names = [...new Set((query.get('topics') ?? '').split(',').filter((name) => name !== ''))];
  if (names.length === 0 || names.length > MAX_TOPICS)
    throw new Problem(
      'invalid',
      `?topics names between 1 and ${MAX_TOPICS} topics.`,
      'Separate them by commas, such as site,edition:en.',
    );
  for (const name of names) {
    const access = accessOf(name);
    if (access === undefined) throw new Problem('invalid', `There is no topic "${name.slice(0, 80)}".`);
    if ('public' in access) continue;
    if (ctx.actor === undefined)
      throw new Problem('unauthenticated', `The topic ${name} needs an account.`, 'Sign in.');
    if ('permission' in access ? !may(ctx.actor, access.permission) : access.person !== ctx.actor.userId)
      throw new Problem('forbidden', `The topic ${name} is not for ${ctx.actor.name}.`);
  }
  return names;
}

/** Where somebody is who says it in words that are none of ours: at no place of this house. */
const NOWHERE: Place = { seq: Number.MAX_SAFE_INTEGER, index: 0 };

/**
 * Last-Event-ID is of a browser that comes back by itself, `after` of a page that opens its first stream: the later wins. Whoever says something
 * has been here, and may have missed something; who says nothing begins.
 */
function placeAsked(...said: readonly unknown[]): Place | undefined {
  const places = said.flatMap((text) =>
    typeof text === 'string' && text !== '' ? (placeOf(text) ?? NOWHERE) : [],
  );
  return places.toSorted(comparePlaces).at(-1);
}

/** The live channel: one stream a page, and its polite replacement where streams do not pass. */
export const liveRoutes: readonly RawRoute<LiveServices>[] = [
  {
    methods: ['GET'],
    pattern: '/now/stream',
    permission: 'public',
    limit: 'live',
    handle: async (ctx, { query }, { req, res }) => {
      const topics = topicsOf(ctx, query);
      const { live } = ctx.services;
      live.admit(ctx.addressKey);
      const { socket } = req;
      // The head is written by hand and the body ends with the connection: a frame is then one write of shared bytes for each reader.
      const head = {
        ...apiHeaders(ctx.https),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        // nginx and those who learned from it: do not gather, send on.
        'x-accel-buffering': 'no',
        connection: 'close',
      };
      const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
      res.on('error', () => undefined);
      socket.setTimeout(0);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, 10_000);
      socket.write(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`);
      await live.open(socket, {
        topics,
        after: placeAsked(req.headers['last-event-id'], query.get('after')),
        addressKey: ctx.addressKey,
      });
    },
  },
  {
    methods: ['GET'],
    pattern: '/now/poll',
    permission: 'public',
    limit: 'live',
    handle: async (ctx, { query }, { req, res }) => {
      const topics = topicsOf(ctx, query);
      const after = placeAsked(query.get('after'));
      const { frames, head } = await ctx.services.live.poll(topics, { after, addressKey: ctx.addressKey });
      const last = frames?.at(-1)?.place;
      // While nothing happens the answer stays the same, so that asking again costs a 304; now and then the place moves on by itself.
      const moved = after === undefined || frames === undefined || head - after.seq > 1000;
      const at = last === undefined || moved ? (moved ? { seq: head, index: Infinity } : after) : last;
      const answer: LivePoll = {
        at: placeText(at),
        events: (frames ?? []).map(({ event, place }) => ({
          id: place === undefined ? '' : placeText(place),
          ...event,
        })),
        ...(frames === undefined ? { reset: true } : {}),
      };
      const etag = `"${answer.at}${answer.reset === true ? '-reset' : ''}"`;
      const headers = { ...apiHeaders(ctx.https), 'cache-control': 'private, no-cache', etag };
      if (req.headers['if-none-match'] === etag) return void res.writeHead(304, headers).end();
      res.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(answer));
    },
  },
];
