import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { LiveEvent } from '../../src/contract/live.ts';
import {
  type LiveHub,
  liveRoutes,
  type LiveServices,
  makeLiveHub,
  type LiveMapping,
  mapperOf,
} from '../../src/http/live/live.ts';
import type { LiveLimits } from '../../src/http/live/hub.ts';
import { makeLog } from '../../src/http/log.ts';
import { makeServer } from '../../src/http/server.ts';
import { systemClock } from '../../src/base/clock.ts';
import { actorOfToken } from '../../src/features/accounts/accounts.ts';
import type { Db } from '../../src/storage/db.ts';
import { followOutbox } from '../../src/storage/outbox.follow.ts';

/** Tells every outbox event `t` with `{ topics, n }` on its topics. */
export const tellAll: LiveMapping = {
  on: 't',
  map: ({ payload }) =>
    (payload['topics'] as string[]).map((topic) => ({
      topic,
      type: 'n',
      data: { n: payload['n'] as number },
    })),
};

export type LiveServer = { readonly port: number; readonly hub: LiveHub; stop(): Promise<void> };

/** A node with nothing but the live channel, fed by the outbox of a database. */
export async function serveLive(
  db: Db,
  options: {
    limits?: Partial<LiveLimits>;
    mappings?: readonly LiveMapping[];
    port?: number;
    now?: () => number;
  } = {},
): Promise<LiveServer> {
  const hub = makeLiveHub({
    read: db.read,
    map: mapperOf(options.mappings ?? [tellAll]),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  const page = {
    status: 404 as const,
    contentType: 'text/plain',
    body: '',
    tags: [],
    cache: 'none' as const,
  };
  const http = await makeServer<LiveServices>({
    db,
    services: { live: hub },
    api: [],
    pages: [],
    raw: liveRoutes,
    sitePages: { notFound: async () => page, failed: async () => page },
    authenticate: async ({ authorization }) =>
      authorization === undefined
        ? undefined
        : actorOfToken(db, systemClock, authorization.slice('Bearer '.length)),
    ready: async () => undefined,
    origin: 'http://live.example',
    version: '0.0.0',
    trustProxy: { kind: 'none' },
    cacheBytes: 1_000_000,
    log: makeLog('silent'),
  });
  const follower = await followOutbox(
    db,
    [{ name: 'live', durable: false, handle: (events) => hub.handle(events) }],
    {
      log: { error: () => undefined },
    },
  );
  await hub.start();
  const { port } = await http.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    port,
    hub,
    stop: async () => {
      await hub.drain();
      await http.close(1000);
      await follower.stop();
    },
  };
}

export type Message = { readonly event: string; readonly id: string; readonly data: LiveEvent };

/** One stream, read as a browser reads it (HTML Living Standard §9.2.6). */
export type TestStream = {
  readonly status: number;
  readonly response: IncomingMessage;
  readonly messages: readonly Message[];
  /** The last id that was read. */
  readonly lastId: () => string;
  /** Resolves when so many messages of `message` have come. */
  until(enough: (messages: readonly Message[]) => boolean): Promise<readonly Message[]>;
  readonly ended: Promise<void>;
  close(): void;
};

export async function openStream(
  port: number,
  topics: string,
  options: { lastEventId?: string; token?: string; query?: string } = {},
): Promise<TestStream> {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let lastId = options.lastEventId ?? '';
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path: `/now/stream?topics=${encodeURIComponent(topics)}${options.query ?? ''}`,
        agent: false,
        headers: {
          accept: 'text/event-stream',
          ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        },
      },
      resolve,
    );
    asked.on('error', reject);
    asked.end();
  });
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map(
            (line) =>
              [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()] as const,
          ),
      );
      text = text.slice(end + 2);
      lastId = fields.get('id') ?? lastId;
      messages.push({
        event: fields.get('event') ?? 'message',
        id: fields.get('id') ?? '',
        data: JSON.parse(fields.get('data') ?? '{}') as LiveEvent,
      });
    }
    for (const check of waiting) check();
  });
  const ended = new Promise<void>((resolve) => {
    response.on('close', () => {
      resolve();
      for (const check of waiting) check();
    });
    response.on('error', () => resolve());
  });
  return {
    status: response.statusCode ?? 0,
    response,
    messages,
    lastId: () => lastId,
    until: (enough) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!enough(messages) && !response.destroyed) return;
          waiting.delete(check);
          resolve(messages);
        };
        waiting.add(check);
        check();
      }),
    ended,
    close: () => response.destroy(),
  };
}

/** The numbers told by events `t`, in the order in which they came. */
export function numbersOf(messages: readonly Message[]): number[] {
  return messages.filter(({ event }) => event === 'message').map(({ data }) => data.data['n'] as number);
}
