import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { newsroomOn } from '../../../tests/support/newsroom.ts';
import { manualClock } from '../../base/clock.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { followOutbox } from '../../storage/outbox.follow.ts';
import {
  databaseLedger,
  foldAll,
  openAudience,
  recountAudience,
  shelvesSubscriber,
  tendLog,
} from './audience.ts';
import { insertLog } from './audience.store.ts';
import { hoursOf, mostOf, totalsOf } from './audience.views.ts';
import type { Tally } from './recorder.ts';
import { addToScore, periods, scoreAt } from './scores.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const START = '2026-03-01T10:00:00.000Z';

eachDatabase('the audience', (open) => {
  const counting = async () => {
    const newsroom = await newsroomOn(await open());
    const { db, clock } = newsroom;
    const faults: unknown[] = [];
    const audience = openAudience({
      db,
      clock,
      ledger: databaseLedger(db),
      gapMs: 0,
      origin: 'https://paper.example',
      onFault: (cause) => faults.push(cause),
    });
    let readers = 0;
    const view = (
      subject: string,
      visit: { headers?: Record<string, string>; from?: string; addressKey?: string } = {},
    ) =>
      audience.view({
        subject,
        from: visit.from ?? '',
        headers: { 'user-agent': AGENT, ...visit.headers },
        addressKey: visit.addressKey ?? `reader ${(readers += 1)}`,
      });
    const totals = async (kind: 'article' | 'storyline' | 'section' | 'site' | 'link', subject = '') => {
      await foldAll(db, clock);
      const row = (await totalsOf(db.read, { kind, subjects: [subject] })).get(subject);
      return row === undefined
        ? undefined
        : {
            people: row.people,
            repeats: row.repeats,
            previews: row.previews,
            bots: row.bots,
            excess: row.excess,
          };
    };
    return { ...newsroom, audience, view, totals, faults };
  };
  const zero = { people: 0, repeats: 0, previews: 0, bots: 0, excess: 0 };

  test('counts a view for the story, its storylines, its section and the site; nothing for what readers do not see', async () => {
    const { view, totals, ...newsroom } = await counting();
    const storyline = await newsroom.storyline('sanctions');
    const section = await newsroom.section('world');
    const story = await newsroom.story({ storylines: [storyline], section });
    const draft = await newsroom.write();
    expect(await view(`article:${story}`)).toBe(true);
    expect(await view(`article:${story}`)).toBe(true);
    expect(await view(`storyline:${storyline}`)).toBe(true);
    expect(await view('page')).toBe(true);
    for (const wrong of [
      `article:${draft}`,
      'article:nothing',
      'storyline:nothing',
      'link:abc',
      'nonsense',
      '',
    ])
      expect(await view(wrong), wrong).toBe(false);
    expect(await totals('article', story)).toEqual({ ...zero, people: 2 });
    expect(await totals('storyline', storyline)).toEqual({ ...zero, people: 3 });
    expect(await totals('section', section)).toEqual({ ...zero, people: 2 });
    expect(await totals('site')).toEqual({ ...zero, people: 4 });
  });

  test('repeats, excess and what is fetched ahead are apart; a reader who asks not to be followed is counted and not recognised', async () => {
    const { view, totals, clock, ...newsroom } = await counting();
    const story = await newsroom.story();
    const of = `article:${story}`;
    await view(of, { addressKey: 'a' });
    await view(of, { addressKey: 'a' });
    clock.advance(31 * 60_000);
    await view(of, { addressKey: 'a' });
    await view(of, { addressKey: 'b', headers: { 'sec-purpose': 'prefetch;prerender' } });
    await view(of, { addressKey: 'bot', headers: { 'user-agent': BOT } });
    expect(await totals('article', story)).toEqual({ ...zero, people: 2, repeats: 1, previews: 1 });
    for (const name of ['dnt', 'sec-gpc'])
      for (let i = 0; i < 3; i += 1)
        await view(of, { addressKey: 'c', headers: { [name]: '1' }, from: 'www.google.com' });
    expect(await totals('article', story)).toMatchObject({ people: 8, repeats: 1 });
    for (let i = 0; i < 70; i += 1)
      await view(of, { addressKey: 'office', headers: { 'user-agent': `${AGENT} ${i}` } });
    expect(await totals('article', story)).toMatchObject({ people: 68, excess: 10 });
    const hours = await hoursOf(newsroom.db.read, { kind: 'article', subject: story, since: START });
    expect(hours.filter(({ source }) => source === 'untold').map(({ n }) => n)).toEqual([6]);
    expect(hours.some(({ source }) => source === 'search')).toBe(false);
  });

  test('asking not to be followed lifts no bound: one address makes no story the most read', async () => {
    const { view, audience, totals, ...newsroom } = await counting();
    const story = await newsroom.story();
    for (let i = 0; i < 70; i += 1) {
      const headers = { 'user-agent': `${AGENT} ${i}`, [i % 2 === 0 ? 'dnt' : 'sec-gpc']: '1' };
      await view(`article:${story}`, { addressKey: 'one', headers });
      audience.served({ subject: 'link:abc', headers, addressKey: () => 'one' });
    }
    expect(await totals('article', story)).toEqual({ ...zero, people: 60, excess: 10 });
    await expect.poll(() => totals('link', 'abc')).toEqual({ ...zero, people: 60, excess: 10 });
  });

  test('programs are counted where they fetch a page, and people where they follow a short link', async () => {
    const { audience, totals, ...newsroom } = await counting();
    const story = await newsroom.story();
    const served = (subject: string, headers: Record<string, string>, addressKey = 'x') =>
      audience.served({ subject, headers, addressKey: () => addressKey });
    served(`article:${story}`, { 'user-agent': BOT });
    served(`article:${story}`, { 'user-agent': 'Twitterbot/1.0' });
    served(`article:${story}`, { 'user-agent': AGENT });
    served('link:abc', { 'user-agent': AGENT }, 'a');
    served('link:abc', { 'user-agent': AGENT }, 'b');
    served('link:abc', { 'user-agent': AGENT }, 'b');
    served('link:abc', { 'user-agent': BOT });
    await expect.poll(() => totals('article', story)).toEqual({ ...zero, previews: 1, bots: 1 });
    expect(await totals('link', 'abc')).toEqual({ ...zero, people: 2, repeats: 1, bots: 1 });
  });

  test('keeps nothing of a person', async () => {
    const { view, db, audience, ...newsroom } = await counting();
    const story = await newsroom.story();
    await view(`article:${story}`, { addressKey: '203.0.113.77', from: 'secret-forum.example' });
    await view(`article:${story}`, { addressKey: '203.0.113.77', headers: { cookie: 'session=tell-tale' } });
    await audience.present.look(new Map([[`article:${story}`, 3]]));
    await foldAll(db, newsroom.clock);
    let text = '';
    for (const table of [
      'audience_log',
      'audience_hours',
      'audience_totals',
      'audience_scores',
      'audience_spools',
      'audience_nodes',
      'outbox',
    ] as const)
      text += JSON.stringify(await db.read.selectFrom(table).selectAll().execute());
    expect(text).toContain(story);
    for (const trace of ['203.0.113', 'secret-forum', 'Firefox', 'Mozilla', 'tell-tale'])
      expect(text).not.toContain(trace);
  });

  test('lists what is most read and discussed, by period, edition and section, as things move', async () => {
    const { view, db, clock, ...newsroom } = await counting();
    const world = await newsroom.section('world');
    const sport = await newsroom.section('sport');
    const [old, fresh, other] = [
      await newsroom.story({ section: world, slug: 'old' }),
      await newsroom.story({ section: world, slug: 'fresh' }),
      await newsroom.story({ section: sport, slug: 'other' }),
    ];
    for (let i = 0; i < 12; i += 1) await view(`article:${old}`);
    await foldAll(db, clock);
    clock.advance(20 * 3_600_000);
    for (let i = 0; i < 5; i += 1) await view(`article:${fresh}`);
    for (let i = 0; i < 3; i += 1) await view(`article:${other}`);
    await foldAll(db, clock);
    const list = async (
      period: 'hour' | 'day' | 'week',
      shelf: { section?: string; edition?: string } = {},
      measure: 'read' | 'discussed' = 'read',
    ) =>
      (await mostOf(db.read, { measure, period, atMs: Date.parse(clock.now()), ...shelf }, 5)).map(
        ({ article }) => article,
      );
    expect(await list('hour')).toEqual([fresh, other]);
    expect(await list('week')).toEqual([old, fresh, other]);
    expect(await list('week', { section: world })).toEqual([old, fresh]);
    expect(await list('week', { edition: 'de' })).toEqual([]);
    await newsroom.withdraw(old);
    expect(await list('week')).toEqual([fresh, other]);

    const follower = await followOutbox(db, [shelvesSubscriber(db)], { log: { error: () => undefined } });
    const said = (topic: string, articleId: string, more = {}) =>
      db.write((tx) =>
        appendEvents(db, tx, [{ topic, payload: { articleId, commentId: 'c', rootId: 'c', ...more } }]),
      );
    await said('comment.published', other);
    await said('comment.published', fresh);
    await said('comment.published', fresh);
    await said('comment.changed', other, { state: 'removed', was: 'visible' });
    await newsroom.revise(other, { section: world, slug: 'other' });
    await newsroom.publish(other);
    await follower.drain();
    clock.set(new Date().toISOString());
    expect(await list('day', {}, 'discussed')).toEqual([fresh]);
    clock.set('2026-03-02T06:00:00.000Z');
    expect(await list('week', { section: world })).toEqual([fresh, other]);
    await follower.stop();
  });

  test('whatever was counted in whatever order, totals are sums, and are the same made anew from what the log has left', async () => {
    const db = await open();
    const arbitrary = fc.record({
      hoursAgo: fc.integer({ min: 0, max: 100 }),
      kind: fc.constantFrom('article' as const, 'site' as const, 'link' as const),
      subject: fc.constantFrom('a', 'b', 'c'),
      class: fc.constantFrom(
        'people' as const,
        'repeats' as const,
        'previews' as const,
        'bots' as const,
        'excess' as const,
      ),
      source: fc.constantFrom('none', 'search'),
      n: fc.integer({ min: 1, max: 1000 }),
    });
    const clock = manualClock(START);
    const expected = new Map<string, number>();
    const read = async () =>
      new Map(
        (await db.read.selectFrom('audience_totals').selectAll().execute())
          .flatMap((row) =>
            (['people', 'repeats', 'previews', 'bots', 'excess'] as const).map(
              (of) => [`${row.kind} ${row.subject} ${of}`, row[of]] as const,
            ),
          )
          .filter(([, n]) => n > 0),
      );
    const hours = async () => {
      const rows = await db.read
        .selectFrom('audience_hours')
        .select((eb) => ['class', eb.fn.sum<number>('n').as('n')])
        .groupBy('class')
        .orderBy('class')
        .execute();
      return rows.map((row) => [row.class, Number(row.n)]);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(arbitrary, { minLength: 1, maxLength: 12 }), { maxLength: 4 }),
        async (groups) => {
          for (const group of groups) {
            const tallies = group.map(({ hoursAgo, ...rest }): Tally => ({
              ...rest,
              slot: new Date(Date.parse(clock.now()) - hoursAgo * 3_600_000).toISOString(),
            }));
            for (const { kind, subject, class: of, n } of tallies) {
              const key = `${kind} ${subject} ${of}`;
              expected.set(key, (expected.get(key) ?? 0) + n);
            }
            await db.write((tx) => insertLog(tx, tallies));
            await foldAll(db, clock);
          }
          clock.advance(7 * 3_600_000);
          await tendLog(db, clock);
          expect(await read()).toEqual(new Map([...expected].filter(([, n]) => n > 0)));
          const before = await hours();
          await recountAudience(db, clock);
          expect(await read()).toEqual(expected);
          expect(await hours()).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
    // The log was cut on the way: otherwise nothing was shown.
    const oldest = await db.read
      .selectFrom('audience_log')
      .select((eb) => eb.fn.min('slot').as('slot'))
      .executeTakeFirst();
    expect(Date.parse(oldest?.slot ?? START)).toBeGreaterThan(Date.parse(clock.now()) - 49 * 3_600_000);
  });
});

test('a score is the decayed sum, in whatever order it is added up, and takes back what it was given', () => {
  const at = Date.parse(START);
  const point = fc.record({
    atMs: fc.integer({ min: at - 10 * 86_400_000, max: at }),
    n: fc.integer({ min: 1, max: 10_000 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...periods),
      fc.array(point, { minLength: 1, maxLength: 30 }),
      (period, points) => {
        const half = { hour: 1, day: 24, week: 168 }[period] * Math.LN2 * 3_600_000;
        const sum = points.reduce((total, { atMs, n }) => total + n * 2 ** ((atMs - at) / half), 0);
        let score: number | undefined;
        for (const each of points) score = addToScore(score, { period, ...each });
        expect(scoreAt(score ?? -Infinity, { period, atMs: at }) / sum).toBeCloseTo(1, 6);
      },
    ),
  );
  const once = addToScore(undefined, { period: 'day', atMs: at, n: 5 });
  const twice = addToScore(once, { period: 'day', atMs: at + 1000, n: 3 });
  expect(
    addToScore(addToScore(twice, { period: 'day', atMs: at + 1000, n: -3 }), {
      period: 'day',
      atMs: at,
      n: -5,
    }),
  ).toBeUndefined();
});
