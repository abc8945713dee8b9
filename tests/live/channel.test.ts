import { expect, onTestFinished, test } from 'vitest';
import { appendEvents, latestSeq } from '../../src/storage/outbox.ts';
import { pruneEvents } from '../../src/storage/outbox.store.ts';
import type { Db } from '../../src/storage/db.ts';
import { createToken, createUser } from '../../src/features/accounts/accounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { eachDatabase } from '../support/database.ts';
import { numbersOf, openStream, serveLive, type TestStream } from '../support/live.ts';

const tell = (db: Db, from: number, options: { count?: number; topics?: string[] } = {}): Promise<void> =>
  db.write((tx) =>
    appendEvents(
      db,
      tx,
      Array.from({ length: options.count ?? 1 }, (_, i) => ({
        topic: 't',
        payload: { n: from + i, topics: options.topics ?? ['site'] },
      })),
    ),
  );
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const has = (count: number) => (messages: TestStream['messages']) => numbersOf(messages).length >= count;

eachDatabase('the live channel', (open) => {
  const served = async (db: Db, options: Parameters<typeof serveLive>[1] = {}) => {
    const server = await serveLive(db, options);
    onTestFinished(() => server.stop());
    return server;
  };

  test('tells each topic what is its own, in order, with the outbox number as id', async () => {
    const db = await open();
    const { port } = await served(db);
    const site = await openStream(port, 'site');
    const both = await openStream(port, 'article:a,site');
    await Promise.all([site, both].map((stream) => stream.until((got) => got.length > 0)));
    expect(site.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'cache-control': 'no-store, no-transform',
    });
    await tell(db, 1, { topics: ['article:a', 'site'] });
    await tell(db, 2, { topics: ['article:b'] });
    await tell(db, 3);
    expect(numbersOf(await site.until(has(2)))).toEqual([1, 3]);
    expect((await both.until(has(3))).slice(1).map(({ id, data }) => [id.split('.')[1], data.topic])).toEqual(
      [
        ['0', 'article:a'],
        ['1', 'site'],
        ['0', 'site'],
      ],
    );
    expect(both.lastId()).toBe(`${await latestSeq(db.read)}.0`);
  });

  test('one who comes back gets what was missed and nothing twice, whichever node and whenever it began', async () => {
    const db = await open();
    const first = await served(db);
    const stream = await openStream(first.port, 'site');
    await stream.until((got) => got.length > 0);
    await tell(db, 1, { count: 5 });
    await stream.until(has(5));
    // Cut in the middle of the events of one number.
    await tell(db, 6, { topics: ['site', 'site', 'site'] });
    await stream.until(has(8));
    stream.close();
    await tell(db, 7, { count: 700 });
    // A node that starts now has nothing of it in memory.
    const second = await served(db);
    const middle = `${await latestSeq(db.read).then((seq) => seq - 700)}.1`;
    const back = await openStream(second.port, 'site', { lastEventId: middle });
    await tell(db, 707, { count: 3 });
    expect(numbersOf(await back.until(has(704)))).toEqual([6, ...range(7, 709)]);
    // By the query, as a page does that opens its first stream; and by both, the later of the two.
    const page = await openStream(second.port, 'site', { query: `&after=${await latestSeq(db.read)}` });
    await tell(db, 710);
    expect(numbersOf(await page.until(has(1)))).toEqual([710]);
    const later = await openStream(second.port, 'site', {
      query: '&after=1',
      lastEventId: String((await latestSeq(db.read)) - 1),
    });
    expect(numbersOf(await later.until(has(1)))).toEqual([710]);
  });

  test('what is too far back, or removed, is a reset to the present', async () => {
    const db = await open();
    await tell(db, 1, { count: 60 });
    const { port } = await served(db, { limits: { keep: 50 } });
    const far = await openStream(port, 'site', { lastEventId: '2' });
    await far.until((got) => got.some(({ event }) => event === 'reset'));
    await tell(db, 61);
    expect(numbersOf(await far.until(has(1)))).toEqual([61]);
    expect(far.messages.map(({ event }) => event)).toEqual(['hello', 'reset', 'message']);
    await db.write((tx) => pruneEvents(tx, { before: '2999-01-01T00:00:00.000Z', limit: 40 }));
    const head = await latestSeq(db.read);
    const other = await served(db, { limits: { keep: 500 } });
    const pruned = await openStream(other.port, 'site', { lastEventId: String(head - 45) });
    expect((await pruned.until((got) => got.length > 1))[1]).toMatchObject({
      event: 'reset',
      id: String(head),
    });
    const kept = await openStream(other.port, 'site', { lastEventId: String(head - 5) });
    expect(numbersOf(await kept.until(has(5)))).toEqual(range(57, 61));
  });

  test('who names a place that is not of this house is not left without a word: a backup, or garbage', async () => {
    const db = await open();
    await tell(db, 1, { count: 3 });
    const { port } = await served(db);
    for (const lastEventId of ['999999', '999999.2', '-1', 'garbage', '5, 6', '9'.repeat(400)]) {
      const lost = await openStream(port, 'site', { lastEventId });
      const got = await lost.until((messages) => messages.some(({ event }) => event === 'reset'));
      expect(
        got.map(({ event }) => event),
        lastEventId,
      ).toEqual(['hello', 'reset']);
      expect(got[1]?.id, lastEventId).toBe(String(await latestSeq(db.read)));
      const asked = await fetch(
        `http://127.0.0.1:${port}/now/poll?topics=site&after=${encodeURIComponent(lastEventId)}`,
      );
      expect(await asked.json(), lastEventId).toMatchObject({ reset: true, events: [] });
    }
    const after = await openStream(port, 'site', { lastEventId: '999999' });
    await after.until((messages) => messages.some(({ event }) => event === 'reset'));
    await tell(db, 4);
    expect(numbersOf(await after.until(has(1)))).toEqual([4]);
  });

  test('polling tells the same, and costs a 304 while nothing happens', async () => {
    const db = await open();
    const { port } = await served(db);
    const ask = async (
      after: string,
      etag = '',
    ): Promise<{
      status: number;
      etag: string;
      body: { at: string; events: { id: string; data: unknown }[] };
    }> => {
      const answer = await fetch(`http://127.0.0.1:${port}/now/poll?topics=site&after=${after}`, {
        headers: etag === '' ? {} : { 'if-none-match': etag },
      });
      const text = await answer.text();
      return {
        status: answer.status,
        etag: answer.headers.get('etag') ?? '',
        body: text === '' ? { at: '', events: [] } : JSON.parse(text),
      };
    };
    const begin = await ask('');
    expect(begin.body.events).toEqual([]);
    const quiet = await ask(begin.body.at);
    expect((await ask(begin.body.at, quiet.etag)).status).toBe(304);
    await tell(db, 1, { count: 2 });
    await tell(db, 3, { topics: ['article:x'] });
    const stream = await openStream(port, 'site,article:x', { lastEventId: begin.body.at });
    await stream.until(has(3));
    const news = await ask(begin.body.at, quiet.etag);
    expect(news.status).toBe(200);
    expect(news.body.events.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await ask(news.body.at)).body.events).toEqual([]);
  });

  test('is refused to who may not hear, and for what is no topic', async () => {
    const db = await open();
    const { port } = await served(db);
    const token = async (role: string): Promise<string> =>
      db.write(async (tx) => {
        const userId = await createUser(tx, systemClock, { email: `${role}@x.example`, name: role, role });
        return (await createToken(tx, systemClock, { userId, name: 't' })).secret;
      });
    const status = async (topics: string, bearer?: string) => {
      const stream = await openStream(port, topics, bearer === undefined ? {} : { token: bearer });
      stream.close();
      return stream.status;
    };
    expect(await status('newsroom:articles')).toBe(401);
    expect(await status('newsroom:articles', await token('reader'))).toBe(403);
    expect(await status('newsroom:articles', await token('reporter'))).toBe(200);
    expect(await status('person:someone-else', await token('editor'))).toBe(403);
    expect(await status('nonsense')).toBe(400);
    expect(await status('')).toBe(400);
    expect(await status(Array.from({ length: 101 }, (_, i) => `article:a${i}`).join())).toBe(400);
  });

  test('an address holds many streams and not endlessly many', async () => {
    const db = await open();
    const { port, hub } = await served(db, { limits: { perAddress: 40 } });
    const streams = await Promise.all(Array.from({ length: 40 }, () => openStream(port, 'site')));
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    const more = await openStream(port, 'site');
    expect(more.status).toBe(429);
    expect(more.response.headers['retry-after']).toBe('60');
    expect(hub.listeners('site')).toBe(40);
    streams[0]?.close();
    await expect.poll(() => hub.listeners('site')).toBe(39);
    expect((await openStream(port, 'site')).status).toBe(200);
  });

  test('an address that opens streams and polls by the dozen is no crowd: it counts as a few readers at most', async () => {
    const db = await open();
    const { port, hub } = await served(db, { limits: { countedPerAddress: 3 } });
    const streams = await Promise.all(Array.from({ length: 8 }, () => openStream(port, 'site,article:a')));
    expect(hub.stats().streams).toBe(8);
    expect([hub.listeners('site'), hub.audience().get('article:a')]).toEqual([3, 3]);
    for (const stream of streams.slice(0, 6)) stream.close();
    await expect.poll(() => hub.listeners('site')).toBe(2);
    for (let times = 0; times < 8; times += 1)
      await fetch(`http://127.0.0.1:${port}/now/poll?topics=article:b`);
    expect([hub.listeners('article:b'), hub.audience().get('article:b')]).toEqual([3, 3]);
    const token = await db.write(async (tx) => {
      const userId = await createUser(tx, systemClock, { email: 'e@x.example', name: 'E', role: 'editor' });
      return (await createToken(tx, systemClock, { userId, name: 't' })).secret;
    });
    await openStream(port, 'article:c,newsroom:articles', { token });
    await openStream(port, 'article:c');
    expect(hub.listeners('article:c'), 'who works in the newsroom is no reader').toBe(1);
  });

  test('who does not read is cut at a bound, and comes back without a gap', async () => {
    const db = await open();
    const { port, hub } = await served(db, { limits: { keep: 100_000 } });
    const slow = await openStream(port, 'site');
    await slow.until((got) => got.length > 0);
    const begun = slow.lastId();
    slow.response.pause();
    const quick = await openStream(port, 'site');
    await quick.until((got) => got.length > 0);
    // Numbers fill what the system takes for one who does not read.
    const long = 'x'.repeat(60_000);
    let told = 0;
    for (; hub.stats().slow === 0 && told < 1000; told += 1) {
      hub.tell({ topic: 'site', type: 'n', data: { n: -1, long } });
      await quick.until(has(told + 1));
    }
    await tell(db, 1, { count: 20 });
    expect(hub.stats().slow).toBe(1);
    expect(hub.listeners('site')).toBe(1);
    expect(numbersOf(await quick.until(has(told + 20))).filter((n) => n > 0)).toEqual(range(1, 20));
    const back = await openStream(port, 'site', { lastEventId: begun });
    expect(numbersOf(await back.until(has(20)))).toEqual(range(1, 20));
  });

  test('who has vanished is found by the beat, who is old is sent round, and the end of a node sends all elsewhere', async () => {
    const db = await open();
    let now = 1000;
    const { port, hub, ...server } = await served(db, {
      limits: { beatMs: 40, maxAgeMs: 60_000, maxQueue: 1e9 },
      now: () => now,
    });
    const gone = await openStream(port, 'site');
    await gone.until((got) => got.length > 0);
    gone.response.pause();
    const long = 'x'.repeat(100_000);
    for (let i = 0; i < 120; i += 1) hub.tell({ topic: 'site', type: 'n', data: { n: -1, long } });
    await expect.poll(() => hub.stats().vanished).toBe(1);
    const old = await openStream(port, 'site');
    await old.until((got) => got.some(({ event }) => event === 'beat'));
    now += 100_000;
    await old.ended;
    expect(old.messages.at(-1)?.event).toBe('bye');
    now += 1;
    const last = await openStream(port, 'site');
    await last.until((got) => got.length > 0);
    await server.stop();
    await last.ended;
    expect(last.messages.at(-1)?.event).toBe('bye');
  });
});
