/**
 * One of the two servers that the fan-out compares, in a process of its own: `bare` holds the streams with node:http and writes to all of
 * them, `hub` is the live channel on an outbox. Told `[n]` it sends event n, which says when it began; tells its port first.
 */
import { createServer, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { liveRoutes, makeLiveHub, mapperOf } from '../src/http/live/live.ts';
import { makeServer } from '../src/http/server.ts';
import { openDb } from '../src/storage/open.ts';
import { appendEvents } from '../src/storage/outbox.ts';
import { followOutbox } from '../src/storage/outbox.follow.ts';

const tell = (port: number): void => void process.send?.(port);

function bare(): void {
  const open = new Set<ServerResponse>();
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write('event: hello\ndata: {}\n\n');
    open.add(res);
    res.on('close', () => open.delete(res));
  });
  server.listen(0, '127.0.0.1', 20_000, () => tell((server.address() as AddressInfo).port));
  process.on('message', () => {
    const bytes = Buffer.from(`data: ${JSON.stringify({ data: { at: Date.now() } })}\n\n`);
    for (const res of open) res.write(bytes);
  });
}

async function hub(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-live-'));
  process.once('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  const db = await openDb({ kind: 'sqlite', file: join(folder, 'd.sqlite') });
  const live = makeLiveHub({
    read: db.read,
    map: mapperOf([
      {
        on: 'bench',
        map: ({ payload }) => [{ topic: 'site', type: 'bench', data: { at: payload['at'] as number } }],
      },
    ]),
  });
  const none = {
    status: 404 as const,
    contentType: 'text/plain',
    body: '',
    tags: [],
    cache: 'none' as const,
  };
  const http = await makeServer({
    db,
    services: { live },
    api: [],
    pages: [],
    raw: liveRoutes,
    sitePages: { notFound: async () => none, failed: async () => none },
    authenticate: async () => undefined,
    ready: async () => undefined,
    origin: 'http://bench.example',
    version: 'bench',
    trustProxy: { kind: 'none' },
    cacheBytes: 1_000_000,
    log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
  });
  await followOutbox(db, [{ name: 'live', durable: false, handle: (events) => live.handle(events) }], {
    log: { error: (details) => console.error(details) },
  });
  await live.start();
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  // From before the write: what is measured is the whole way from the commit to the reader.
  process.on('message', () => {
    const at = Date.now();
    void db.write((tx) => appendEvents(db, tx, [{ topic: 'bench', payload: { at } }]));
  });
  tell(port);
}

process.once('disconnect', () => process.exit());
if (process.argv[2] === 'bare') bare();
else await hub();
