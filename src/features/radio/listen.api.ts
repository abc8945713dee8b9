import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import type { RawContext, RawRoute } from '../../http/route.ts';
import type { Channel } from './air/channel.ts';
import { mimeOf } from './frames/frame.ts';
import { initSegment } from './hls/fmp4.ts';
import {
  bandwidthOf,
  liveSegments,
  mediaPlaylist,
  multivariantPlaylist,
  parseSegmentName,
  segmentName,
} from './hls/playlist.ts';
import { segmentBytes } from './hls/segment-bytes.ts';
import type { Asking } from './listen.ts';
import type { OpenMount } from './open-mount.ts';
import type { Station } from './station.ts';

export type ListenServices = { readonly station?: Station };
type Context = RawContext<ListenServices>;
type Io = { req: IncomingMessage; res: ServerResponse };

const HLS = 'application/vnd.apple.mpegurl';
const squeeze = promisify(gzip);
const OPEN = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** A person who follows a link to a stream that cannot be heard now finds when it goes on. */
function showLive({ req, res }: Io): boolean {
  if (!/\btext\/html\b/.test(req.headers.accept ?? '')) return false;
  res.writeHead(302, { location: paths.live(), 'cache-control': 'no-store' });
  res.end();
  return true;
}

function stationOf(ctx: Context): Station {
  const { station } = ctx.services;
  if (station === undefined)
    throw new Problem(
      'unavailable',
      'The radio runs in another process.',
      'Send /radio/ to the process whose role is radio or all.',
    );
  return station;
}

const none = (): Problem => new Problem('not-found', 'There is no such stream.');

/** A mount and, after a last hyphen, one of its bit rates: `live`, `live-64`. The word `live` alone is the first mount where none is called so. */
function channelOf(station: Station, name: string): { open: OpenMount; channel: Channel } | undefined {
  const open = station.find(name) ?? (name === 'live' ? station.mounts()[0] : undefined);
  if (open !== undefined) return { open, channel: open.mount.channel };
  const match = /^(.+)-(\d{2,3})$/.exec(name);
  const owner = match === null ? undefined : channelOf(station, match[1] ?? '')?.open;
  const variant = owner?.variants().find(({ kbits }) => kbits === Number(match?.[2]));
  return owner === undefined || variant === undefined ? undefined : { open: owner, channel: variant.channel };
}

function askingOf(ctx: Context, req: IncomingMessage): Asking {
  const purpose = `${String(req.headers['sec-purpose'] ?? '')}${String(req.headers['purpose'] ?? '')}`;
  return {
    method: req.method ?? 'GET',
    icy: req.headers['icy-metadata'] === '1',
    userAgent: req.headers['user-agent'] ?? '',
    addressKey: ctx.addressKey,
    speculative: /prefetch|preview/.test(purpose),
  };
}

/** A stream without an end: the connection leaves the framework and is written to as it is. */
function stream(ctx: Context, found: { open: OpenMount; channel: Channel }, { req, res }: Io): void {
  const station = stationOf(ctx);
  const asking = askingOf(ctx, req);
  const { mount } = found.open;
  const fields = station.streams.headFor(mount, asking, found.channel);
  if (fields === 'full')
    throw new Problem('unavailable', 'There is no place for another listener.', undefined, {
      retryAfter: 10,
    });
  if (fields === 'off') {
    if (showLive({ req, res })) return;
    throw new Problem('not-found', 'Nothing is on this stream now.', 'Try again later.');
  }
  res.useChunkedEncodingByDefault = false;
  res.shouldKeepAlive = false;
  res.sendDate = true;
  res.writeHead(200, fields.flat());
  if (req.method === 'HEAD') return void res.end();
  res.flushHeaders();
  const { socket } = res;
  if (socket === null || socket.destroyed) return;
  station.streams.join({ mount, channel: found.channel, socket: socket as Socket, asking });
}

async function sendPlaylist(text: string, { req, res }: Io, maxAge: number): Promise<void> {
  const zipped = text.length > 2000 && /\bgzip\b/.test(String(req.headers['accept-encoding'] ?? ''));
  const body = zipped ? await squeeze(text, { level: 5 }) : Buffer.from(text);
  res.writeHead(200, {
    ...OPEN,
    'content-type': HLS,
    'content-length': body.length,
    'cache-control': `public, max-age=${maxAge}`,
    vary: 'Accept-Encoding',
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Bytes that never change under their name. */
function sendBytes(bytes: Buffer, type: string, { req, res }: Io): void {
  res.writeHead(200, {
    ...OPEN,
    'content-type': type,
    'content-length': bytes.length,
    // As long as it can be asked for; the name tells the number and the time.
    'cache-control': 'public, max-age=21600, immutable',
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

const notYet = (): Problem =>
  new Problem('not-found', 'Nothing has been on this stream yet.', 'Try again in some seconds.');

async function variants(found: { open: OpenMount; channel: Channel }, slug: string, io: Io): Promise<void> {
  const own = found.open.mount.channel.store.segments;
  const newest = own.at(-1);
  if (newest === undefined) throw notYet();
  const listed = [
    { uri: paths.radioFile(slug, 'live.m3u8'), segments: own, codec: newest.run.info.codec },
    ...found.open.variants().flatMap(({ kbits, channel }) => {
      const { segments } = channel.store;
      const codec = segments.at(-1)?.run.info.codec;
      // A bit rate that has fallen behind would be silence.
      const fresh = (segments.at(-1)?.at ?? 0) > newest.at - 20_000;
      return codec === undefined || !fresh
        ? []
        : [{ uri: paths.radioFile(`${slug}-${kbits}`, 'live.m3u8'), segments, codec }];
    }),
  ];
  const text = multivariantPlaylist(
    listed.map(({ uri, segments, codec }) => ({
      uri,
      codec,
      ...bandwidthOf(liveSegments(segments)),
    })),
  );
  await sendPlaylist(text, io, 30);
}

export const listenRoutes: readonly RawRoute<ListenServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/radio/:file',
    permission: 'public',
    handle: async (ctx, { params }, io) => {
      if (ctx.services.station === undefined && showLive(io)) return;
      const station = stationOf(ctx);
      const match = /^(.+?)(?:\.(mp3|aac|opus|ogg|m3u8|m3u))?$/.exec(params['file'] ?? '');
      const [name = '', kind] = match?.slice(1) ?? [];
      const found = channelOf(station, name);
      if (found === undefined) {
        if (name === 'live' && kind === undefined && showLive(io)) return;
        throw none();
      }
      if (kind === 'm3u8') return variants(found, name, io);
      if (kind === 'm3u') {
        const body = `#EXTM3U\n#EXTINF:-1,${found.open.mount.config.name}\n${ctx.origin}${paths.radioStream(name)}\n`;
        io.res.writeHead(200, {
          ...OPEN,
          'content-type': 'audio/x-mpegurl',
          'cache-control': 'public, max-age=300',
        });
        return void io.res.end(io.req.method === 'HEAD' ? undefined : body);
      }
      // An ending that says another coding than the stream has would promise what does not come.
      const { format } = found.channel;
      if (
        kind !== undefined &&
        format !== undefined &&
        kind !== format &&
        !(kind === 'ogg' && format === 'opus')
      )
        throw none();
      return stream(ctx, found, io);
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/radio/:mount/:file',
    permission: 'public',
    handle: async (ctx, { params, query }, io) => {
      const station = stationOf(ctx);
      const found = channelOf(station, params['mount'] ?? '');
      if (found === undefined) throw none();
      const { store } = found.channel;
      const file = params['file'] ?? '';
      if (file === 'live.m3u8' || file === 'rewind.m3u8') {
        const segments = file === 'live.m3u8' ? liveSegments(store.segments) : store.segments;
        if (segments.length === 0) throw notYet();
        const asking = askingOf(ctx, io.req);
        if (asking.method === 'GET')
          station.counter.polled(found.open.mount.config.id, {
            key: station.counter.keyOf(asking.addressKey, asking.userAgent),
            bot: station.streams.isBot(asking.userAgent, asking.speculative),
          });
        return sendPlaylist(mediaPlaylist(segments, { skip: query.get('_HLS_skip') === 'YES' }), io, 1);
      }
      const init = /^init-(\d{1,16})\.mp4$/.exec(file)?.[1];
      if (init !== undefined) {
        const run = store.segments.find((segment) => segment.run.name === init)?.run;
        if (run?.info.format !== 'opus') throw none();
        return sendBytes(initSegment(run.info), 'audio/mp4', io);
      }
      const name = parseSegmentName(file);
      const segment = name === undefined ? undefined : store.find(name.seq);
      if (segment === undefined || segmentName(segment) !== file) throw none();
      const wire = await store.read(segment);
      if (wire === undefined) throw new Problem('gone', 'This part of the broadcast is not kept any more.');
      const { format } = segment.run.info;
      return sendBytes(segmentBytes(segment, wire), format === 'opus' ? 'audio/mp4' : mimeOf[format], io);
    },
  },
];
