import type { Socket } from 'node:net';
import { isbot } from 'isbot';
import { META_INTERVAL } from './air/icy.ts';
import type { Channel } from './air/channel.ts';
import type { Mount } from './air/mount.ts';
import type { Counter } from './count/counter.ts';
import { mimeOf } from './frames/frame.ts';
import type { OpenMount } from './open-mount.ts';
import { refuse } from './source/connection.ts';
import type { RadioLimits } from './source/door.ts';
import type { Head } from './source/head.ts';

/** What a request for a stream says of who asks. */
export type Asking = {
  readonly method: string;
  readonly icy: boolean;
  readonly userAgent: string;
  /** A network address as limits see it; it is hashed at once and not kept. */
  readonly addressKey: string;
  /** A browser that fetches ahead, or a preview: it will not listen. */
  readonly speculative: boolean;
};

export type StreamServer = {
  /** Headers of the answer, or why there is none. */
  headFor(mount: Mount, asking: Asking, channel?: Channel): readonly [string, string][] | 'off' | 'full';
  /** Lets a connection whose headers have been sent listen. */
  join(given: { mount: Mount; channel?: Channel; socket: Socket; asking: Asking }): void;
  /** A listener on the port of encoders. */
  serveSocket(given: { mount: Mount; head: Head; socket: Socket }): void;
  isBot(userAgent: string, speculative: boolean): boolean;
};

const NO_PLAYERS = /bot|crawl|spider|preview|externalhit|monitor|scan|check|curl|wget|python|headless/i;
const PLAYERS =
  /AppleCoreMedia|CFNetwork|iTunes|Lavf|libmpv|^mpv|VLC|foobar2000|Winamp|GStreamer|ExoPlayer|stagefright|Sonos|NSPlayer|WMPlayer|MPlayer|Player\/|Radio|TuneIn|Echo|Roku|Kodi|BASS\/|Dalvik|okhttp/i;

export function makeStreamServer(options: {
  readonly counter: Counter;
  readonly limits: RadioLimits;
  readonly now: () => number;
  readonly mounts: () => readonly OpenMount[];
}): StreamServer {
  const { counter, limits } = options;
  const listening = (): number =>
    options
      .mounts()
      .flatMap((open) => open.audiences())
      .reduce((all, audience) => all + audience.size, 0);

  /**
   * Lists of bots take most players for one (they are no browsers either): what names itself a player is one, unless it says besides that
   * it is none. No name at all is no player's way.
   */
  const isBot = (userAgent: string, speculative: boolean): boolean =>
    speculative ||
    userAgent === '' ||
    (isbot(userAgent) && (NO_PLAYERS.test(userAgent) || !PLAYERS.test(userAgent)));

  function headFor(
    mount: Mount,
    asking: Asking,
    channel: Channel = mount.channel,
  ): readonly [string, string][] | 'off' | 'full' {
    if (mount.onAir.origin === 'off' || channel.info === undefined) return 'off';
    if (listening() >= limits.listeners) return 'full';
    const { name, description } = mount.config;
    const icy = asking.icy && channel.format !== 'opus';
    return [
      ['Content-Type', mimeOf[channel.info.format]],
      ['Cache-Control', 'no-store, no-transform'],
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Expose-Headers', 'icy-name, icy-br, icy-metaint'],
      ['Cross-Origin-Resource-Policy', 'cross-origin'],
      ['X-Content-Type-Options', 'nosniff'],
      // A proxy that gathers an answer before it sends it on would wait for ever.
      ['X-Accel-Buffering', 'no'],
      ['icy-name', headerText(name)],
      ...(description === '' ? [] : [['icy-description', headerText(description)] as [string, string]]),
      ['icy-br', String(channel.kbits)],
      ['icy-pub', mount.config.listed ? '1' : '0'],
      ...(icy ? [['icy-metaint', String(META_INTERVAL)] as [string, string]] : []),
      ['Connection', 'close'],
    ];
  }

  function join(given: { mount: Mount; channel?: Channel; socket: Socket; asking: Asking }): void {
    const { mount, socket, asking, channel = mount.channel } = given;
    channel.join({
      socket,
      icy: asking.icy && channel.format !== 'opus',
      bot: isBot(asking.userAgent, asking.speculative),
      key: counter.keyOf(asking.addressKey, asking.userAgent),
      onEnd: (listener) => counter.left(mount.config.id, listener),
    });
  }

  return {
    headFor,
    join,
    isBot,
    serveSocket: ({ mount, head, socket }) => {
      const asking: Asking = {
        method: head.method,
        icy: head.headers['icy-metadata'] === '1',
        userAgent: head.headers['user-agent'] ?? '',
        addressKey: socket.remoteAddress ?? '',
        speculative: /prefetch|preview/.test(
          `${head.headers['sec-purpose'] ?? ''}${head.headers['purpose'] ?? ''}`,
        ),
      };
      const fields = headFor(mount, asking);
      if (fields === 'off') return refuse(socket, 404, 'Nothing is on this mount now.');
      if (fields === 'full') return refuse(socket, 503, 'There is no place for another listener.');
      const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      socket.write(`HTTP/1.0 200 OK\r\n${lines}\r\n`);
      if (head.method === 'HEAD') return void socket.end();
      join({ mount, socket, asking });
      // A listener says nothing more; what it says is let go, and its end is noticed.
      socket.resume();
      socket.once('end', () => socket.destroy());
    },
  };
}

/** Header values are Latin-1 without control characters; UTF-8 in them is what players of ICY expect. */
function headerText(text: string): string {
  return Buffer.from(text.replace(/[\0-\x1f\x7f]/g, ' '), 'utf8')
    .toString('latin1')
    .slice(0, 400);
}
