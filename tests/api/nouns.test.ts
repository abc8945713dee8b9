import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { changeConcept, createConcept } from '../../src/features/concepts/concepts.ts';
import type { Db, Tx } from '../../src/storage/db.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';

const nouns = [
  { path: 'sections', first: { name: 'World' }, second: { name: 'World affairs' } },
  { path: 'authors', first: { name: 'Ann Ray' }, second: { name: 'Ann Ray', guest: true } },
  { path: 'sources', first: { code: 'AFP', name: 'AFP' }, second: { code: 'AFP', name: 'Agence' } },
  { path: 'storylines', first: { title: 'Floods' }, second: { title: 'Floods', state: 'closed' } },
  { path: 'concepts', first: { name: 'Lisbon', kind: 'place' }, second: { name: 'Lisboa', kind: 'place' } },
] as const;

/** Until some transaction of this database waits for another. */
async function untilWaiting(db: Db): Promise<void> {
  for (;;) {
    const waiting = await sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      db.read,
    );
    if (waiting.rows.length > 0) return;
  }
}

eachDatabase('nouns by the API', (open, kind) => {
  test('of two transactions that read the same row, the second to change it is refused', async () => {
    const db = await open();
    const context = { db, clock: systemClock };
    const id = await db.write((tx) => createConcept(tx, context, { name: 'Lisbon' }));
    const rename = (tx: Tx, name: string) => changeConcept(tx, context, { id, expected: 1, input: { name } });
    const changed = Promise.withResolvers<void>();
    const first = db.write(async (tx) => {
      await rename(tx, 'First');
      changed.resolve();
      // On SQLite the second waits for its turn; on PostgreSQL for the row that it has read already.
      if (kind === 'postgres') await untilWaiting(db);
    });
    await changed.promise;
    const second = db.write((tx) => rename(tx, 'Second'));
    await expect(second).rejects.toMatchObject({ kind: 'precondition-failed' });
    await first;
  });

  test.each(nouns)('$path are made, read, replaced and listed', async ({ path, first, second }) => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const made = await api.ask(`POST /api/v1/${path}`, token, { payload: first });
    expect([made.statusCode, made.headers.etag], made.body).toEqual([201, '"1"']);
    expect(made.json()).toMatchObject(first);
    const { id, url, path: page } = made.json();
    expect(page === undefined || url === `https://news.example${page}`).toBe(true);
    const put = (headers: Record<string, string>) =>
      api.ask(`PUT /api/v1/${path}/${id}`, token, { payload: second, headers });
    expect((await put({})).statusCode).toBe(428);
    expect((await put({ 'if-match': '"9"' })).statusCode).toBe(412);
    const crowd = await Promise.all(Array.from({ length: 6 }, () => put({ 'if-match': '"1"' })));
    const met = crowd.map((each) => String(each.statusCode)).sort();
    expect(met).toEqual(['200', '412', '412', '412', '412', '412']);
    const read = await api.ask(`GET /api/v1/${path}/${id}`, token);
    expect([read.headers.etag, read.json()]).toEqual(['"2"', expect.objectContaining(second)]);
    const list = (await api.ask(`GET /api/v1/${path}`, token)).json();
    expect(list).toEqual({ items: [read.json()], next: null });
    const other = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect((await api.ask(`GET /api/v1/${path}/${other}`, token)).statusCode).toBe(404);
    const faulty = await api.ask(`POST /api/v1/${path}`, token, { payload: { ...first, extra: 1 } });
    expect([faulty.statusCode, faulty.json().kind]).toEqual([400, 'invalid']);
  });

  test('250 concepts are paged to the end, and found by how they begin', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    await db.write(async (tx) => {
      for (let i = 0; i < 250; i += 1)
        await createConcept(tx, { db, clock: api.clock }, { name: i < 3 ? `Élan vital ${i}` : `Thing ${i}` });
    });
    const seen: string[] = [];
    for (let url = '/api/v1/concepts?limit=100'; url !== '';) {
      const answer = await api.ask(`GET ${url}`, token);
      seen.push(...answer.json().items.map((each: { id: string }) => each.id));
      url = /<(.+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1] ?? '';
    }
    expect([seen.length, new Set(seen).size]).toEqual([250, 250]);
    const found = (await api.ask('GET /api/v1/concepts?q=%C3%89lan%20v&limit=2', token)).json();
    expect(found.items.map((each: { name: string }) => each.name)).toEqual(['Élan vital 0', 'Élan vital 1']);
    expect(found.next).not.toBeNull();
  });

  test('redirects are put, listed and let go', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const put = (payload: object) => api.ask('PUT /api/v1/redirects', token, { payload });
    const made = await put({ from: '/alt/Straße', to: '/search' });
    expect(made.json()).toMatchObject({ from: '/alt/Stra%C3%9Fe', to: '/search', status: 301 });
    expect((await put({ from: '/alt/Stra%c3%9fe', status: 410 })).json()).toMatchObject({
      to: null,
      status: 410,
    });
    for (const wrong of [
      { from: '/a' },
      { from: '/a', to: '/a' },
      { from: '/a?b', to: '/c' },
      { from: '/a', to: '//evil.example' },
    ])
      expect((await put(wrong)).statusCode).toBe(400);
    await put({ from: '/b', to: 'https://elsewhere.example/' });
    const list = (await api.ask('GET /api/v1/redirects?q=/alt/', token)).json();
    expect(list.items).toHaveLength(1);
    const gone = () => api.ask(`DELETE /api/v1/redirects?from=${encodeURIComponent('/alt/Straße')}`, token);
    expect([(await gone()).statusCode, (await gone()).statusCode]).toEqual([204, 404]);
  });
});
