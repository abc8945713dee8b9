import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { addListening } from '../../src/features/radio/count/listening.store.ts';
import { addTo, emptySketch } from '../../src/features/radio/count/sketch.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';

eachDatabase('listening', (open) => {
  test('is told for each programme: hours, most at once, different listeners; bots are not in it', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('producer');
    const make = async (path: string, payload: object): Promise<string> =>
      (await api.ask(`POST /api/v1/radio/${path}`, token, { payload })).json().id;
    const mountToken = (await api.person('admin')).token;
    const mounts: string[] = [];
    for (const slug of ['live', 'two'])
      mounts.push(
        (await api.ask('POST /api/v1/radio/mounts', mountToken, { payload: { slug, name: slug } })).json().id,
      );
    const programme = await make('programmes', { title: 'Morning' });
    const people = (...names: string[]) => {
      const sketch = emptySketch();
      for (const name of names) addTo(sketch, createHash('sha256').update(name).digest());
      return sketch;
    };
    const [live = '', two = ''] = mounts;
    const heard = (mountId: string, hour: number, programmeId: string, names: string[]) => ({
      mountId,
      startsAt: `2026-11-30T0${hour}:00:00.000Z`,
      programmeId,
      audience: 'people' as const,
      seconds: 3600 * names.length,
      peak: names.length,
      people: people(...names),
    });
    await db.write((tx) =>
      addListening(tx, [
        heard(live, 6, programme, ['ann', 'bob']),
        heard(live, 7, programme, ['ann']),
        heard(two, 7, programme, ['cid', 'dan', 'eve']),
        heard(live, 8, '', ['fay']),
        { ...heard(live, 6, programme, ['robot', 'robot too']), audience: 'bots' },
      ]),
    );
    const from = '2026-11-30T00:00:00.000Z';
    const ask = async (query: string) => {
      const answer = await api.ask(`GET /api/v1/radio/listening?${query}`, token);
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json().items;
    };
    expect(await ask(`from=${from}&to=2026-12-01T00:00:00.000Z`)).toEqual([
      { programme, hours: 6, peak: 3, listeners: 5 },
      { programme: null, hours: 1, peak: 1, listeners: 1 },
    ]);
    expect(await ask(`from=${from}&to=2026-11-30T07:00:00.000Z`)).toEqual([
      { programme, hours: 2, peak: 2, listeners: 2 },
    ]);
  });
});
