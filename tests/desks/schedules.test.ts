import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveLocal } from '../../src/base/clock.ts';
import { projections } from '../../src/app.ts';
import { fireDueSchedules, type Press, schedulePublish } from '../../src/features/articles/articles.ts';
import { fireDueLayouts, putLayout } from '../../src/features/front-pages/front-pages.ts';
import { openDb } from '../../src/storage/open.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase, eachDatabaseConfig } from '../support/database.ts';
import { newsroomOn } from '../support/newsroom.ts';
import { deskOn } from './newsroom.ts';

test('a time on the wall is one instant, none or two, as the clocks of its zone have it', () => {
  const kinds = (zone: string, time: string) => resolveLocal(time, zone)?.kind;
  expect(resolveLocal('2026-03-29T02:30', 'Europe/Berlin')).toEqual({
    kind: 'gap',
    until: '2026-03-29T01:00:00.000Z',
  });
  expect(resolveLocal('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
    kind: 'overlap',
    first: '2026-10-25T00:30:00.000Z',
    second: '2026-10-25T01:30:00.000Z',
  });
  expect(kinds('America/New_York', '2026-03-08T02:15')).toBe('gap');
  expect(kinds('America/New_York', '2026-11-01T01:15')).toBe('overlap');
  // Half an hour only.
  expect(kinds('Australia/Lord_Howe', '2026-10-04T02:15')).toBe('gap');
  expect(kinds('Australia/Lord_Howe', '2026-10-04T02:45')).toBe('instant');
  // Midnight itself is skipped.
  expect(kinds('Africa/Cairo', '2026-04-24T00:30')).toBe('gap');
  expect(resolveLocal('2026-07-01T12:00', 'Asia/Kolkata')).toEqual({
    kind: 'instant',
    at: '2026-07-01T06:30:00.000Z',
  });
  expect(resolveLocal('2026-02-30T12:00', 'UTC')?.kind ?? 'none').toBe('instant');
  expect(resolveLocal('nonsense', 'UTC')).toBeUndefined();
});

test('an instant of any zone is found again from what its clock shows', () => {
  const zones = ['Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham', 'Africa/Casablanca', 'UTC'];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 525_600 * 3 }), (zone, minutes) => {
      const at = new Date(Date.UTC(2024, 0, 1) + minutes * 60_000);
      const wall = new Intl.DateTimeFormat('sv', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'short',
      })
        .format(at)
        .replace(' ', 'T');
      const meant = resolveLocal(wall, zone);
      const instants =
        meant?.kind === 'instant' ? [meant.at] : meant?.kind === 'overlap' ? [meant.first, meant.second] : [];
      expect(instants).toContain(at.toISOString());
    }),
    { numRuns: 60 },
  );
});

eachDatabase('a schedule by the API', (open) => {
  test('refuses a time that does not come, asks which of two, and takes updates of published articles', async () => {
    await using api = await serveApi(await open());
    const desk = await deskOn(api);
    const id = await desk.write(desk.reporter);
    const plan = (payload: Record<string, unknown>) =>
      api.ask(`POST /api/v1/articles/${id}/schedule`, desk.editor.token, { payload });
    const zone = 'Europe/Berlin';
    const gap = await plan({ revision: 1, local: { time: '2026-03-29T02:30', zone } });
    expect(gap.statusCode).toBe(400);
    expect(gap.json<{ detail: string }>().detail).toContain('does not come');
    const twice = { time: '2026-10-25T02:30', zone };
    const asked = await plan({ revision: 1, local: twice });
    expect(asked.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe('/local/which');
    const second = await plan({ revision: 1, local: { ...twice, which: 'second' } });
    expect(second.json<{ at: string }>().at).toBe('2026-10-25T01:30:00.000Z');
    expect((await desk.work(desk.editor, id)).stage).toBe('scheduled');
    await api.ask(`DELETE /api/v1/articles/${id}/schedule`, desk.editor.token);
    expect((await desk.work(desk.editor, id)).stage).toBe('draft');
    await desk.publish(desk.editor, id);
    await desk.revise(desk.reporter, id, { lede: 'Corrected.' });
    const correction = { revision: 2, at: '2026-03-02T10:00:00Z', reason: 'correction', severity: 'minor' };
    expect((await plan(correction)).statusCode).toBe(400);
    const made = await plan({ ...correction, note: 'The lede was wrong.' });
    expect(made.statusCode, made.body).toBe(201);
    const list = await api.ask('GET /api/v1/schedules?state=waiting', desk.editor.token);
    expect(list.json()).toMatchObject({ items: [{ article: id, revision: 2, reason: 'correction' }] });
  });
});

eachDatabaseConfig('due schedules', (fresh) => {
  test('fire once on two nodes, an update too, though one of them dies in the middle', async () => {
    const config = await fresh();
    const one = await openDb(config);
    const two = await openDb(config);
    try {
      const newsroom = await newsroomOn(one);
      const id = await newsroom.story({ lede: 'First.' });
      await newsroom.revise(id, { lede: 'Second.' });
      await newsroom.revise(id, { lede: 'Third.' });
      await one.write((tx) =>
        schedulePublish(tx, newsroom.press, {
          articleId: id,
          revision: 2,
          at: '2026-03-01T12:00:00Z',
          by: null,
          reason: 'correction',
          note: 'It was the second.',
        }),
      );
      newsroom.clock.set('2026-03-01T12:00:30.000Z');
      const dying: Press = {
        ...newsroom.press,
        projections: [
          ...newsroom.press.projections,
          {
            name: 'the power fails',
            apply: () => Promise.reject(new Error('the power fails')),
            clear: () => Promise.resolve(),
          },
        ],
      };
      await expect(fireDueSchedules(one, dying)).rejects.toThrow('the power fails');
      const node = (db: typeof one): Press => ({
        db,
        clock: newsroom.clock,
        projections: projections(db.kind),
      });
      const fired = await Promise.all([fireDueSchedules(one, node(one)), fireDueSchedules(two, node(two))]);
      expect(fired.flat()).toMatchObject([{ lateMs: 30_000, published: { version: 2 } }]);
      const versions = await one.read
        .selectFrom('article_versions')
        .select(['version_number', 'revision_number', 'reason'])
        .where('article_id', '=', id)
        .orderBy('version_number')
        .execute();
      // Exactly the revision that was named, not the one that was written since.
      expect(versions).toMatchObject([
        { version_number: 1, revision_number: 1 },
        { version_number: 2, revision_number: 2, reason: 'correction' },
      ]);
    } finally {
      await one.close();
      await two.close();
    }
  });

  test('a front page that is due is arranged once on two nodes', async () => {
    const config = await fresh();
    const one = await openDb(config);
    const two = await openDb(config);
    try {
      const newsroom = await newsroomOn(one);
      const article = await newsroom.story();
      const room = { db: one, clock: newsroom.clock };
      await one.write((tx) =>
        putLayout(tx, room, {
          edition: 'en',
          slots: { lead: { article } },
          when: { at: '2026-03-01T12:00:00Z' },
          by: null,
        }),
      );
      newsroom.clock.set('2026-03-01T12:00:00.000Z');
      const fired = await Promise.all([
        fireDueLayouts(one, newsroom.clock),
        fireDueLayouts(two, newsroom.clock),
      ]);
      expect(fired.flat()).toHaveLength(1);
      expect(await one.read.selectFrom('front_current').selectAll().execute()).toMatchObject([{ number: 1 }]);
    } finally {
      await one.close();
      await two.close();
    }
  });
});
