import { Problem } from '../../base/problem.ts';
import type { RawRoute } from '../../http/route.ts';
import { watchLevels } from './air/levels.ts';
import type { Station } from './station.ts';

/** Watchers of levels at once: each has a decoder of its own. */
const MAX_WATCHERS = 8;
let watchers = 0;

/** Levels of a mount as server-sent events, ten a second, for as long as a producer looks: `data: [{"rms":-18.2,"peak":-6.1},{…}]`. */
export const levelRoutes: readonly RawRoute<{ readonly station?: Station }>[] = [
  {
    methods: ['GET'],
    pattern: '/api/v1/radio/levels/:mount',
    permission: 'radio:read',
    limit: 'read',
    handle: async (ctx, { params }, { req, res }) => {
      const { station } = ctx.services;
      const open = station?.byId(params['mount'] ?? '');
      if (station === undefined || open === undefined)
        throw new Problem('not-found', 'This process airs no such mount.');
      if (station.ffmpeg === undefined)
        throw new Problem(
          'unavailable',
          'Levels need ffmpeg, which is not installed here.',
          'Install ffmpeg and start again.',
        );
      if (watchers >= MAX_WATCHERS)
        throw new Problem('rate-limited', 'Others watch the levels already.', undefined, { retryAfter: 30 });
      watchers += 1;
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      res.flushHeaders();
      const stop = watchLevels(open.mount.channel, station.ffmpeg, (levels) => {
        if (res.writableLength < 16_384) res.write(`data: ${JSON.stringify(levels)}\n\n`);
      });
      req.once('close', () => {
        watchers -= 1;
        stop();
      });
    },
  },
];
