import type { Socket } from 'node:net';
import { Problem } from '../../base/problem.ts';
import { type LiveEvent, type Place } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import { latestSeq, type OutboxEvent, readEvents } from '../../storage/outbox.ts';
import { type Frame, frameOf, wordOf } from './frame.ts';
import { type History, makeHistory } from './history.ts';
import type { LiveMapper } from './mapping.ts';
import { makePollers } from './pollers.ts';
import { LiveStream, type StreamEnd } from './stream.ts';

export type LiveLimits = {
  /** Streams of one address (an IPv6 /64): an office or a mobile network stands behind one. */
  readonly perAddress: number;
  /** As how many readers of a topic one address counts, at most: who opens streams by the hundred is no crowd. */
  readonly countedPerAddress: number;
  readonly perNode: number;
  /** Bytes that may wait for one slow reader. */
  readonly maxQueue: number;
  /** Outbox events that one who comes back may have missed. */
  readonly keep: number;
  readonly beatMs: number;
  /** After about so long a stream is ended and opened anew: dead ones behind proxies go, sessions are asked again, nodes share evenly. */
  readonly maxAgeMs: number;
};

export const liveLimits: LiveLimits = {
  perAddress: 1000,
  countedPerAddress: 60,
  perNode: 20_000,
  maxQueue: 64 * 1024,
  keep: 2000,
  beatMs: 20_000,
  maxAgeMs: 600_000,
};

export type LiveStats = {
  readonly streams: number;
  readonly sent: number;
  readonly opened: number;
  readonly resets: number;
  readonly slow: number;
  readonly vanished: number;
};

export type LiveHub = {
  /** Begins at the newest event of the outbox: after the follower has begun. */
  start(): Promise<void>;
  /** Tells what happened; called by the follower of the outbox, in order. */
  handle(events: readonly OutboxEvent[]): Promise<void>;
  /** Tells something that the next such event replaces: numbers. Nobody gets it later. */
  tell(event: LiveEvent): void;
  /** Asked before the head is sent. @throws Problem when this address or this node has too many streams. */
  admit(addressKey: string): void;
  /** Gives a socket whose head has been sent to the channel. */
  open(
    socket: Socket,
    options: { topics: readonly string[]; after: Place | undefined; addressKey: string },
  ): Promise<void>;
  /** What happened after a place on these topics; undefined where that is too far back, or no place of this house. */
  poll(
    topics: readonly string[],
    from: { after: Place | undefined; addressKey: string },
  ): Promise<{ frames: readonly Frame[] | undefined; head: number }>;
  /** How many listen to a topic now, pollers included. */
  listeners(topic: string): number;
  /** Every topic that somebody listens to, with how many. */
  audience(): Map<string, number>;
  head(): number;
  stats(): LiveStats;
  /** Sends everyone elsewhere, spread over some seconds by what they are told, and takes nobody more. */
  drain(): Promise<void>;
};

/** A stream of the newsroom's screens: whoever works there is no reader of what they look at. */
const isHouse = (topics: readonly string[]): boolean => topics.some((name) => name.startsWith('newsroom:'));
const SLICES = 20;
/** After so many writes the event loop gets a turn: pages are answered while ten thousand are told. */
const TURN = 1000;

export function makeLiveHub(options: {
  read: Reader;
  map: LiveMapper;
  limits?: Partial<LiveLimits>;
  now?: () => number;
}): LiveHub {
  const limits = { ...liveLimits, ...options.limits };
  const now = options.now ?? Date.now;
  const topics = new Map<string, Set<LiveStream>>();
  const addresses = new Map<string, number>();
  const streams = new Set<LiveStream>();
  const pollers = makePollers(now, limits.countedPerAddress);
  const stats = { sent: 0, opened: 0, resets: 0, slow: 0, vanished: 0 };
  let history: History | undefined;
  let closed = false;
  let turn: Promise<void> = Promise.resolve();

  const begun = (): History => {
    if (history === undefined || closed)
      throw new Problem(
        'unavailable',
        'The live channel is not open on this node.',
        'Try again in a moment.',
        { retryAfter: 2 },
      );
    return history;
  };
  /** One telling after the other: every stream gets everything in one order. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  async function deliver(frames: readonly Frame[]): Promise<void> {
    let since = 0;
    for (const frame of frames) {
      for (const stream of topics.get(frame.topic) ?? []) {
        stream.send([frame]);
        stats.sent += 1;
        if ((since += 1) % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  async function advance(events: readonly OutboxEvent[]): Promise<void> {
    const known = history;
    if (known === undefined) return;
    // What lies between the head and the first is read here: the channel and its follower did not begin at the same moment.
    for (let first = events[0]?.seq ?? Infinity; first > known.head() + 1;) {
      const missing = (await readEvents(options.read, { after: known.head(), limit: 500 })).filter(
        ({ seq }) => seq < first,
      );
      if (missing.length === 0) break;
      await deliver(await known.advance(missing));
    }
    await deliver(await known.advance(events));
  }

  function join(stream: LiveStream): void {
    for (const name of stream.topics) {
      const set = topics.get(name) ?? new Set();
      topics.set(name, set);
      set.add(stream);
    }
  }

  function readersOf(set: ReadonlySet<LiveStream> = new Set()): number {
    const perAddress = new Map<string, number>();
    for (const { addressKey, topics: all } of set)
      if (!isHouse(all)) perAddress.set(addressKey, (perAddress.get(addressKey) ?? 0) + 1);
    let readers = 0;
    for (const count of perAddress.values()) readers += Math.min(count, limits.countedPerAddress);
    return readers;
  }

  function leave(stream: LiveStream, why: StreamEnd): void {
    const { addressKey } = stream;
    streams.delete(stream);
    for (const name of stream.topics) {
      const set = topics.get(name);
      if (set?.delete(stream) === true && set.size === 0) topics.delete(name);
    }
    const left = (addresses.get(addressKey) ?? 1) - 1;
    if (left === 0) addresses.delete(addressKey);
    else addresses.set(addressKey, left);
    if (why === 'slow' || why === 'vanished') stats[why] += 1;
  }

  /** Sends what was missed, as fast as the reader takes it, until nothing is missing. */
  async function catchUp(stream: LiveStream, known: History): Promise<void> {
    const wanted = new Set(stream.topics);
    for (;;) {
      const head = known.head();
      const missed = await known.after(stream.at);
      if (missed === undefined) {
        stats.resets += 1;
        stream.at = { seq: known.head(), index: Infinity };
        stream.word(wordOf('reset', { at: stream.at }));
      } else stream.send(missed.filter((frame) => wanted.has(frame.topic)));
      await stream.flushed();
      if (stream.ended) return;
      if (head === known.head()) return join(stream);
    }
  }

  let slice = 0;
  const beat = wordOf('beat');
  const beats = setInterval(() => {
    slice = (slice + 1) % SLICES;
    let index = 0;
    for (const stream of streams) {
      if ((index += 1) % SLICES !== slice) continue;
      if (stream.endsAt <= now()) stream.close('old', jitter(500, 3000));
      else stream.beat(beat);
    }
  }, limits.beatMs / SLICES);
  beats.unref();

  return {
    start: () =>
      inTurn(async () => {
        history = makeHistory({
          read: options.read,
          map: options.map,
          head: await latestSeq(options.read),
          keep: limits.keep,
        });
        await advance([]);
      }),
    handle: (events) => inTurn(() => advance(events)),
    tell: (event) => void inTurn(() => deliver([frameOf(event)])),
    open: async (socket, { topics: wanted, after, addressKey }) => {
      const known = begun();
      const at = after ?? { seq: known.head(), index: Infinity };
      addresses.set(addressKey, (addresses.get(addressKey) ?? 0) + 1);
      const stream: LiveStream = new LiveStream({
        socket,
        addressKey,
        topics: [...new Set(wanted)],
        at,
        maxQueue: limits.maxQueue,
        endsAt: now() + limits.maxAgeMs * (0.8 + Math.random() * 0.4),
        onEnd: (why) => leave(stream, why),
      });
      streams.add(stream);
      stats.opened += 1;
      stream.word(wordOf('hello', { retryMs: jitter(1000, 5000), ...(after === undefined ? { at } : {}) }));
      await catchUp(stream, known);
    },
    poll: async (wanted, { after, addressKey }) => {
      const known = begun();
      if (!isHouse(wanted)) for (const name of wanted) pollers.seen(name, addressKey);
      const head = known.head();
      if (after === undefined) return { frames: [], head };
      const frames = await known.after(after);
      return { frames: frames?.filter((frame) => wanted.includes(frame.topic)), head };
    },
    listeners: (name) => readersOf(topics.get(name)) + pollers.count(name),
    audience: () => {
      const found = pollers.all();
      for (const [name, set] of topics) found.set(name, (found.get(name) ?? 0) + readersOf(set));
      return found;
    },
    head: () => history?.head() ?? 0,
    stats: () => ({ streams: streams.size, ...stats }),
    admit: (addressKey) => {
      begun();
      if ((addresses.get(addressKey) ?? 0) >= limits.perAddress)
        throw new Problem(
          'rate-limited',
          'Too many streams are open from this address.',
          'Ask by polling, or try again in a minute.',
          { retryAfter: 60 },
        );
      if (streams.size >= limits.perNode)
        throw new Problem(
          'unavailable',
          'This node has as many streams as it takes.',
          'Ask by polling, or try again in a minute.',
          { retryAfter: 60 },
        );
    },
    drain: async () => {
      closed = true;
      clearInterval(beats);
      await turn;
      for (const stream of streams) stream.close('drained', jitter(1000, 10_000));
    },
  };
}

function jitter(from: number, to: number): number {
  return Math.round(from + Math.random() * (to - from));
}
