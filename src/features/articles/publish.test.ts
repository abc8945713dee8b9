import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { kept, recounted } from '../../../tests/support/kept.ts';
import { newsroomOn, type TestNewsroom } from '../../../tests/support/newsroom.ts';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../../storage/db.ts';
import {
  cancelSchedule,
  fireDueSchedules,
  type Projection,
  publish,
  rebuildProjections,
  schedulePublish,
} from './articles.ts';
import { publishedAt, redirectOf } from './articles.views.ts';

/** Every row that a publish may leave behind. */
async function traces({ read }: Db): Promise<Record<string, number>> {
  const tables = [
    'article_versions',
    'published_articles',
    'record_leaves',
    'outbox',
    'search_docs',
    'short_links',
    'archive_days',
    'storyline_articles',
  ] as const;
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const row = await read
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    counts[table] = Number(row.n);
  }
  return counts;
}

async function expectExact(db: Db): Promise<void> {
  expect(await kept(db)).toEqual(await recounted(db));
}

eachDatabase('publishing', (open) => {
  test('is one transaction: where a projection fails, nothing is left', async () => {
    const { db, press, ...newsroom } = await newsroomOn(await open());
    const storylines = [await newsroom.storyline('harbour')];
    await newsroom.story({ storylines });
    const articleId = await newsroom.write({ headline: 'The bridge falls', storylines });
    const before = [await traces(db), await kept(db)];
    const failing: Projection = {
      name: 'failing',
      apply: async () => {
        throw new Error('the disk of this projection is gone');
      },
      clear: async () => undefined,
    };
    const broken = { ...press, projections: [...press.projections, failing] };
    await expect(db.write((tx) => publish(tx, broken, [{ articleId }]))).rejects.toThrow('is gone');
    expect([await traces(db), await kept(db)]).toEqual(before);
    const draft = await db.read.selectFrom('articles').selectAll().where('id', '=', articleId).execute();
    expect(draft).toMatchObject([{ state: 'draft', version_number: 0, path: null }]);
    await newsroom.publish(articleId);
    const after = await traces(db);
    for (const table of ['article_versions', 'published_articles', 'record_leaves', 'search_docs'] as const)
      expect(after[table], table).toBe((before[0]?.[table] as number) + 1);
  });

  test('keeps every count and list exact when a story moves, is killed and comes back', async () => {
    const newsroom = await newsroomOn(await open());
    const { db } = newsroom;
    const [world, sport] = [await newsroom.section('world'), await newsroom.section('sport')];
    const [strike, talks] = [await newsroom.storyline('strike'), await newsroom.storyline('talks')];
    const [harbour, union] = [await newsroom.concept('harbour'), await newsroom.concept('union')];
    const bylines = [{ author: await newsroom.author('ines') }];
    const first = await newsroom.story({
      section: world,
      storylines: [strike],
      concepts: [harbour],
      bylines,
    });
    const second = await newsroom.story({ section: world, storylines: [strike, talks], concepts: [union] });
    const counts = async () => (await kept(db)) as Record<string, Record<string, unknown>>;
    expect(await counts()).toMatchObject({
      sections: { [world]: 2 },
      storylines: { [strike]: 2, [talks]: 1 },
    });
    await expectExact(db);

    await newsroom.revise(first, { section: sport, storylines: [talks], concepts: [harbour, union] });
    expect((await counts())['sections'], 'a saved revision is not public').toEqual({ [world]: 2 });
    await newsroom.publish(first);
    expect(await counts()).toMatchObject({
      sections: { [world]: 1, [sport]: 1 },
      storylines: { [strike]: 1, [talks]: 2 },
      concepts: { [harbour]: 1, [union]: 2 },
      authors: {},
    });
    await expectExact(db);

    await newsroom.withdraw(second);
    expect((await counts())['sections']).toEqual({ [sport]: 1 });
    expect((await counts())['storylines']).toEqual({ [talks]: 1 });
    await expectExact(db);
    await newsroom.publish(second);
    expect((await counts())['sections']).toEqual({ [world]: 1, [sport]: 1 });
    await expectExact(db);

    await newsroom.withdraw(second, 'takedown');
    await expectExact(db);
    await expect(newsroom.publish(second)).rejects.toMatchObject({ kind: 'conflict' });
    await newsroom.withdraw(first);
    await newsroom.withdraw(first, 'takedown');
    expect(Object.values(await kept(db)).every((part) => Object.keys(part).length === 0)).toBe(true);
  });

  test('whatever the newsroom does, counts equal a recount, and a rebuild gives the same tables', async () => {
    const newsroom = await newsroomOn(await open(), { site: { timeZone: 'Pacific/Auckland' } });
    const sections = [undefined, await newsroom.section('world'), await newsroom.section('sport')];
    const storylines = [await newsroom.storyline('one'), await newsroom.storyline('two')];
    const concepts = [await newsroom.concept('alpha'), await newsroom.concept('beta')];
    const authors = [await newsroom.author('ines'), await newsroom.author('tomas')];
    const story = fc
      .record({
        section: fc.constantFrom(...sections),
        storylines: fc.subarray(storylines),
        concepts: fc.subarray(concepts),
        bylines: fc.array(
          fc.constantFrom(...authors).map((author) => ({ author })),
          { maxLength: 3 },
        ),
        language: fc.constantFrom('en', 'ar', 'de'),
      })
      .map(({ section, ...rest }) => ({ ...rest, ...(section === undefined ? {} : { section }) }));
    const step = fc.record({
      what: fc.constantFrom('new', 'update', 'update', 'kill', 'republish', 'takedown', 'next day'),
      which: fc.nat(100),
      story,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        const ids = [await newsroom.story()];
        for (const { what, which, story: given } of steps) {
          const id = ids[which % ids.length] ?? '';
          if (what === 'new') ids.push(await newsroom.story(given));
          else if (what === 'next day') newsroom.clock.advance(19 * 3_600_000);
          else await attempt(newsroom, { what, id, given });
        }
        const now = await kept(newsroom.db);
        expect(now).toEqual(await recounted(newsroom.db));
        const codes = await shortCodesOf(newsroom.db);
        await rebuildProjections(newsroom.db, newsroom.press.projections);
        expect(await kept(newsroom.db)).toEqual(now);
        expect(await shortCodesOf(newsroom.db)).toEqual(codes);
      }),
      { numRuns: 8 },
    );
  });

  test('gives each story an address of its own, in one batch too', async () => {
    const { db, clock, press, ...newsroom } = await newsroomOn(await open());
    const drafts = [await newsroom.write(), await newsroom.write(), await newsroom.write()];
    clock.advance(1000);
    const orders = drafts.map((articleId) => ({ articleId }));
    const published = await db.write((tx) => publish(tx, press, orders));
    const again = await newsroom.publish(await newsroom.write());
    const addresses = [...published, again].map((one) => one.path);
    expect(addresses[0]).toBe('/news/2026/03/01/a-quiet-day-at-the-harbour');
    expect(addresses).toEqual(['', '-2', '-3', '-4'].map((end) => `${addresses[0]}${end}`));
    const updated = await newsroom.publish(again.articleId);
    expect(updated.path, 'a numbered address stays').toBe(again.path);
  });

  test('a moved story’s old addresses all lead to where it stands now, and no one else gets them', async () => {
    const { db, ...newsroom } = await newsroomOn(await open());
    const [world, sport] = [await newsroom.section('world'), await newsroom.section('sport')];
    const articleId = await newsroom.write({ slug: 'one', section: world });
    const first = await newsroom.publish(articleId);
    await newsroom.revise(articleId, { slug: 'two', section: world });
    const second = await newsroom.publish(articleId);
    await newsroom.revise(articleId, { slug: 'three', section: sport });
    const third = await newsroom.publish(articleId);
    expect([first, second, third].map((one) => one.path)).toEqual([
      '/world/2026/03/01/one',
      '/world/2026/03/01/two',
      '/sport/2026/03/01/three',
    ]);
    const redirects = await db.read
      .selectFrom('redirects')
      .select(['from_path', 'to_path', 'article_id', 'status'])
      .orderBy('from_path')
      .execute();
    const led = { to_path: null, article_id: articleId, status: 301 };
    expect(redirects).toEqual([
      { from_path: first.path, ...led },
      { from_path: second.path, ...led },
    ]);
    for (const old of [first, second])
      expect(await redirectOf(db.read, old.path)).toMatchObject({ status: 301, to: third.path });
    const other = await newsroom.publish(await newsroom.write({ slug: 'one', section: world }));
    expect(other.path).toBe('/world/2026/03/01/one-2');
    await newsroom.revise(articleId, { slug: 'one', section: world });
    expect((await newsroom.publish(articleId)).path, 'it may go back to its own').toBe(first.path);
    expect((await publishedAt(db.read, first.path))?.id).toBe(articleId);
  });

  test('a page may not take an address of the site itself', async () => {
    const newsroom = await newsroomOn(await open());
    for (const slug of ['search', 'record', 'newsroom', 'api']) {
      const page = await newsroom.write({ kind: 'page', slug });
      await expect(newsroom.publish(page)).rejects.toMatchObject({ kind: 'conflict' });
    }
    const about = await newsroom.write({ kind: 'page', slug: 'about-us' });
    expect((await newsroom.publish(about)).path).toBe('/about-us');
    await expectExact(newsroom.db);
    expect((await kept(newsroom.db))['days'], 'a page is in no list').toEqual({});
  });

  test('text that no database can hold is refused with its place', async () => {
    const newsroom = await newsroomOn(await open());
    for (const text of ['a\u0000b', 'a\uD800b']) {
      const refused = (at: string) => ({ kind: 'invalid', fields: { [at]: expect.any(String) } });
      await expect(newsroom.write({ headline: text })).rejects.toMatchObject(refused('/headline'));
      const inBody = refused('/body/content/1/content/0/text');
      await expect(newsroom.write({ body: `fine\n${text}` })).rejects.toMatchObject(inBody);
    }
    await newsroom.story({ headline: 'Whole 💥 characters' });
  });

  test('refuses what is under embargo, in any zone, until it ends', async () => {
    const newsroom = await newsroomOn(await open());
    const id = await newsroom.write({ embargo: '2026-03-01T14:00:00+02:00' });
    await expect(newsroom.publish(id)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await traces(newsroom.db))['article_versions']).toBe(0);
    newsroom.clock.set('2026-03-01T11:59:59.500Z');
    await newsroom.publish(id);
    expect((await traces(newsroom.db))['article_versions']).toBe(1);
  });

  test('a correction and a clarification tell readers what changed', async () => {
    const newsroom = await newsroomOn(await open());
    const id = await newsroom.write();
    await expect(newsroom.publish(id, { reason: 'correction', note: 'x' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await newsroom.publish(id);
    for (const reason of ['correction', 'clarification'] as const)
      for (const note of [undefined, '', ' \n'])
        await expect(
          newsroom.publish(id, { reason, ...(note === undefined ? {} : { note }) }),
        ).rejects.toMatchObject({ kind: 'invalid', fields: { '/note': expect.any(String) } });
    await newsroom.publish(id, { reason: 'correction', note: 'It was a ferry.' });
    const versions = await newsroom.db.read
      .selectFrom('article_versions')
      .select(['version_number', 'reason', 'note'])
      .orderBy('version_number')
      .execute();
    expect(versions).toEqual([
      { version_number: 1, reason: 'initial', note: '' },
      { version_number: 2, reason: 'correction', note: 'It was a ferry.' },
    ]);
  });
});

eachDatabase('a schedule', (open) => {
  test('publishes exactly the revision it names, once, with two workers at it', async () => {
    const { db, press, clock, ...newsroom } = await newsroomOn(await open());
    const ids: string[] = [];
    for (const n of [1, 2, 3, 4]) {
      const articleId = await newsroom.write({ headline: `Chosen ${n}` });
      const order = { articleId, revision: 1, at: '2026-03-01T13:00:00+01:00', by: null };
      await db.write((tx) => schedulePublish(tx, press, order));
      await newsroom.revise(articleId, { headline: `Still being written ${n}` });
      ids.push(articleId);
    }
    expect(await fireDueSchedules(db, press)).toEqual([]);
    expect((await traces(db))['article_versions']).toBe(0);
    clock.set('2026-03-01T12:00:00.000Z');
    const fired = (await Promise.all([fireDueSchedules(db, press), fireDueSchedules(db, press)])).flat();
    expect(fired.map((one) => one.failure)).toEqual([undefined, undefined, undefined, undefined]);
    expect(fired.map((one) => one.schedule.article_id).sort()).toEqual([...ids].sort());
    const rows = await db.read.selectFrom('published_articles').select('headline').execute();
    expect(rows.map((row) => row.headline).sort()).toEqual(['Chosen 1', 'Chosen 2', 'Chosen 3', 'Chosen 4']);
    expect((await traces(db))['article_versions']).toBe(4);
    expect(await fireDueSchedules(db, press)).toEqual([]);
    await expectExact(db);
  });

  test('that cannot be kept fails with its reason, and the others fire', async () => {
    const { db, press, clock, ...newsroom } = await newsroomOn(await open());
    const early = await newsroom.write({ embargo: '2026-03-01T15:00:00Z' });
    const fine = await newsroom.write({ headline: 'Fine' });
    for (const articleId of [early, fine])
      await db.write((tx) =>
        schedulePublish(tx, press, { articleId, revision: 1, at: '2026-03-01T12:00:00Z', by: null }),
      );
    clock.set('2026-03-01T12:00:30.000Z');
    const fired = await fireDueSchedules(db, press);
    expect(fired.find((one) => one.schedule.article_id === early)?.failure).toMatch(/embargo/);
    expect(fired.find((one) => one.schedule.article_id === fine)).toMatchObject({ lateMs: 30_000 });
    const states = await db.read.selectFrom('articles').select(['id', 'state']).execute();
    expect(Object.fromEntries(states.map((row) => [row.id, row.state]))).toEqual({
      [early]: 'draft',
      [fine]: 'published',
    });
  });

  test('may be taken back, and is not for the past or for a revision that is not there', async () => {
    const { db, press, clock, ...newsroom } = await newsroomOn(await open());
    const articleId = await newsroom.write();
    const schedule = (change: { at?: string; revision?: number }) =>
      db.write((tx) =>
        schedulePublish(tx, press, {
          articleId,
          revision: 1,
          at: '2026-03-02T10:00:00Z',
          by: null,
          ...change,
        }),
      );
    await expect(schedule({ at: '2026-03-01T10:00:00Z' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(schedule({ at: 'tomorrow' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(schedule({ revision: 2 })).rejects.toMatchObject({ kind: 'not-found' });
    await schedule({});
    await schedule({ at: '2026-03-03T10:00:00Z' });
    clock.set('2026-03-02T12:00:00.000Z');
    expect(await fireDueSchedules(db, press), 'the later one took its place').toEqual([]);
    await db.write((tx) => cancelSchedule(tx, press, { articleId }));
    clock.set('2026-03-04T00:00:00.000Z');
    expect(await fireDueSchedules(db, press)).toEqual([]);
    await expect(db.write((tx) => cancelSchedule(tx, press, { articleId }))).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});

type Attempt = { what: string; id: string; given: Parameters<TestNewsroom['revise']>[1] };

/** One act; what the rules refuse changes nothing, which the recount shows. */
async function attempt(newsroom: TestNewsroom, { what, id, given }: Attempt): Promise<void> {
  try {
    if (what === 'kill') await newsroom.withdraw(id);
    else if (what === 'takedown') await newsroom.withdraw(id, 'takedown');
    else {
      if (what === 'update') await newsroom.revise(id, given);
      await newsroom.publish(id);
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
  }
}

async function shortCodesOf({ read }: Db): Promise<unknown> {
  return read
    .selectFrom('published_articles')
    .select(['article_id', 'short_code'])
    .orderBy('article_id')
    .execute();
}
