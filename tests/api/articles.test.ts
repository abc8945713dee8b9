import { expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles, fireDueSchedules, publish } from '../../src/features/articles/articles.ts';
import { serveApi, type TestApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';

const content = (headline: string, text = 'A first paragraph.') => ({
  language: 'en',
  headline,
  lede: 'What happened.',
  body: docFromParagraphs([text]),
});

async function draft(api: TestApi, token: string, headline: string): Promise<{ id: string; etag: string }> {
  const made = await api.ask('POST /api/v1/articles', token, { payload: { content: content(headline) } });
  expect(made.statusCode, made.body).toBe(201);
  expect(made.headers.location).toBe(`/api/v1/articles/${made.json().id}`);
  return { id: made.json().id, etag: String(made.headers.etag) };
}

eachDatabase('articles by the API', (open) => {
  test('an article is written, published, corrected and killed', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const { id, etag } = await draft(api, token, 'Bridge opens');
    expect(etag).toBe('"1"');
    const read = (await api.ask(`GET /api/v1/articles/${id}`, token)).json();
    expect(read).toMatchObject({ state: 'draft', path: null, url: null, version: 0, shortUrl: null });

    const first = await api.ask(`POST /api/v1/articles/${id}/publish`, token, { payload: {} });
    expect(first.json()).toMatchObject({
      id,
      state: 'published',
      version: 1,
      leafIndex: 0,
      path: '/news/2026/03/01/bridge-opens',
      url: 'https://news.example/news/2026/03/01/bridge-opens',
      historyUrl: 'https://news.example/news/2026/03/01/bridge-opens/history',
      shortUrl: expect.stringMatching(/^https:\/\/news\.example\/s\/\w{6}$/),
    });

    api.clock.advance(60_000);
    const put = await api.ask(`PUT /api/v1/articles/${id}`, token, {
      payload: { content: content('Bridge opens', 'A corrected paragraph.') },
      headers: { 'if-match': etag },
    });
    expect([put.statusCode, put.headers.etag]).toEqual([200, '"2"']);
    const noNote = await api.ask(`POST /api/v1/articles/${id}/publish`, token, {
      payload: { reason: 'correction' },
    });
    expect(noNote.statusCode).toBe(400);
    expect(noNote.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(noNote.json()).toMatchObject({ kind: 'invalid', errors: [{ pointer: '/note' }] });
    const corrected = await api.ask(`POST /api/v1/articles/${id}/publish`, token, {
      payload: { reason: 'correction', note: 'The length was wrong.', severity: 'minor' },
    });
    expect(corrected.json()).toMatchObject({ version: 2, path: '/news/2026/03/01/bridge-opens' });

    const killed = await api.ask(`POST /api/v1/articles/${id}/kill`, token, {
      payload: { note: 'The report was false.' },
    });
    expect(killed.json()).toMatchObject({ state: 'killed', version: 3 });
    expect(
      (await api.ask(`POST /api/v1/articles/${id}/kill`, token, { payload: { note: 'x' } })).statusCode,
    ).toBe(409);

    const versions = (await api.ask(`GET /api/v1/articles/${id}/versions?limit=2`, token)).json();
    expect(versions.items.map((each: { reason: string }) => each.reason)).toEqual(['kill', 'correction']);
    const rest = (await api.ask(`GET /api/v1/articles/${id}/versions?after=${versions.next}`, token)).json();
    expect(rest).toMatchObject({ items: [{ version: 1, reason: 'initial' }], next: null });
    const revisions = (await api.ask(`GET /api/v1/articles/${id}/revisions`, token)).json();
    expect(revisions.items.map((each: { revision: number }) => each.revision)).toEqual([2, 1]);
    const old = (await api.ask(`GET /api/v1/articles/${id}/revisions/1`, token)).json();
    expect(old.content.body).toEqual(docFromParagraphs(['A first paragraph.']));
    expect((await api.ask(`GET /api/v1/articles/${id}/revisions/9`, token)).statusCode).toBe(404);
  });

  test('two who write at once: the second is told, and nothing is lost', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('reporter');
    const { id, etag } = await draft(api, token, 'Two hands');
    const put = (headline: string, headers: Record<string, string>) =>
      api.ask(`PUT /api/v1/articles/${id}`, token, { payload: { content: content(headline) }, headers });
    const statuses = await Promise.all([
      put('One hand', { 'if-match': etag }),
      put('Other hand', { 'if-match': etag }),
    ]);
    expect(statuses.map((each) => String(each.statusCode)).sort()).toEqual(['200', '412']);
    expect((await put('No hand', {})).statusCode).toBe(428);
    expect((await put('Weak hand', { 'if-match': 'W/"2"' })).statusCode).toBe(412);
    expect((await put('Any hand', { 'if-match': '*' })).json()).toMatchObject({ revision: 3 });
  });

  test('a repeated request with a key is done once', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const headers = { 'idempotency-key': 'make-1' };
    const payload = { content: content('Once') };
    const first = await api.ask('POST /api/v1/articles', token, { payload, headers });
    const again = await api.ask('POST /api/v1/articles', token, { payload, headers });
    expect([again.statusCode, again.json(), again.headers.etag]).toEqual([201, first.json(), '"1"']);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await api.ask('POST /api/v1/articles', token, {
      payload: { content: content('Twice') },
      headers,
    });
    expect(other.statusCode).toBe(422);

    const { id } = first.json();
    const publish = () =>
      api.ask(`POST /api/v1/articles/${id}/publish`, token, {
        payload: {},
        headers: { 'idempotency-key': 'publish-1' },
      });
    expect((await publish()).json()).toMatchObject({ version: 1 });
    expect((await publish()).json()).toMatchObject({ version: 1 });
    expect((await api.ask(`GET /api/v1/articles/${id}`, token)).json()).toMatchObject({ version: 1 });
  });

  test('250 articles are paged to the end, each once, also while others change', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    for (let batch = 0; batch < 5; batch += 1) {
      api.clock.advance(1000);
      const drafts = Array.from({ length: 50 }, (_, i) => ({
        content: { ...content(`Story ${batch * 50 + i}`), language: i % 2 === 0 ? 'en' : 'de' },
      }));
      await db.write((tx) => createArticles(tx, { clock: api.clock, by: null }, drafts));
    }
    const walk = async (first: string): Promise<string[]> => {
      const seen: string[] = [];
      for (let url = first; url !== '';) {
        const answer = await api.ask(`GET ${url}`, token);
        seen.push(...answer.json().items.map((each: { headline: string }) => each.headline));
        url = /<(.+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1] ?? '';
      }
      return seen;
    };
    const all = await walk('/api/v1/articles?limit=30');
    expect([all.length, new Set(all).size]).toEqual([250, 250]);
    expect(all[0]).toMatch(/^Story 2[0-4]\d$/);
    expect(await walk('/api/v1/articles?limit=40&language=de')).toHaveLength(125);
    expect((await walk('/api/v1/articles?q=story%2024*')).sort()).toEqual(
      ['24', ...Array.from({ length: 10 }, (_, i) => `24${i}`)].map((n) => `Story ${n}`),
    );
    expect(await walk('/api/v1/articles?state=published')).toEqual([]);
    expect((await api.ask('GET /api/v1/articles?after=bogus', token)).statusCode).toBe(400);
  });

  test('a schedule names a revision, and can be taken back', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const { id } = await draft(api, token, 'Tomorrow');
    const at = '2026-03-02T12:00:00+02:00';
    const made = await api.ask(`POST /api/v1/articles/${id}/schedule`, token, {
      payload: { revision: 1, at },
    });
    expect([made.statusCode, made.json()]).toEqual([
      201,
      expect.objectContaining({ revision: 1, at: '2026-03-02T10:00:00.000Z' }),
    ]);
    const past = await api.ask(`POST /api/v1/articles/${id}/schedule`, token, {
      payload: { revision: 1, at: '2020-01-01T00:00:00Z' },
    });
    expect(past.statusCode).toBe(400);
    expect((await api.ask(`GET /api/v1/articles/${id}`, token)).json()).toMatchObject({
      state: 'scheduled',
      schedule: { revision: 1 },
    });
    expect((await api.ask(`DELETE /api/v1/articles/${id}/schedule`, token)).statusCode).toBe(204);
    expect((await api.ask(`DELETE /api/v1/articles/${id}/schedule`, token)).statusCode).toBe(409);
    expect((await api.ask(`GET /api/v1/articles/${id}`, token)).json()).toMatchObject({
      state: 'draft',
      schedule: null,
    });
  });

  test('a schedule that a publication overtook does not put an old revision over it', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('editor');
    const schedule = (id: string) =>
      api.ask(`POST /api/v1/articles/${id}/schedule`, token, {
        payload: { revision: 1, at: '2026-03-01T11:00:00Z' },
      });
    const press = { db, clock: api.clock, projections: [] };
    const { id } = await draft(api, token, 'By hand');
    await schedule(id);
    await api.ask(`POST /api/v1/articles/${id}/publish`, token, { payload: {} });
    expect((await api.ask(`GET /api/v1/articles/${id}`, token)).json()).toMatchObject({
      state: 'published',
      schedule: null,
    });
    const other = await draft(api, token, 'By the door');
    await schedule(other.id);
    await db.write((tx) => publish(tx, press, [{ articleId: other.id }]));
    api.clock.advance(7_200_000);
    expect(await fireDueSchedules(db, press)).toEqual([]);
    expect((await api.ask(`GET /api/v1/articles/${other.id}`, token)).json()).toMatchObject({
      state: 'published',
      version: 1,
      schedule: null,
    });
  });

  test('what is refused, and how', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const narrow = (await api.person('editor', ['articles:read'])).token;
    const payload = { content: content('Refused') };
    expect((await api.ask('POST /api/v1/articles', undefined, { payload })).statusCode).toBe(401);
    expect((await api.ask('POST /api/v1/articles', 'dtl_wrong', { payload })).statusCode).toBe(401);
    const refused = await api.ask('POST /api/v1/articles', narrow, { payload });
    expect([refused.statusCode, refused.json().kind]).toEqual([403, 'forbidden']);
    expect((await api.ask('GET /api/v1/articles', narrow)).statusCode).toBe(200);
    const none = '01890a5d-ac96-774b-bcce-b302099a8057';
    for (const what of [`GET /api/v1/articles/${none}`, `GET /api/v1/articles/${none}/versions`])
      expect((await api.ask(what, token)).statusCode).toBe(404);
    expect((await api.ask(`POST /api/v1/articles/${none}/publish`, token, { payload: {} })).statusCode).toBe(
      404,
    );
    const form = await api.ask('POST /api/v1/articles', token, {
      payload: 'headline=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.statusCode).toBe(415);
    const faulty = await api.ask('POST /api/v1/articles', token, {
      payload: { content: { ...content('x'), language: 'not a tag', urgency: 12 } },
    });
    expect(faulty.statusCode).toBe(400);
    expect(
      faulty
        .json()
        .errors.map((each: { pointer: string }) => each.pointer)
        .sort(),
    ).toEqual(['/content/language', '/content/urgency']);
    const missing = await api.ask('POST /api/v1/articles', token, {
      payload: { content: { ...content('x'), section: none } },
    });
    expect([missing.statusCode, missing.json().errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/section' })],
    ]);
    let deep = '{"type":"text","text":"x"}';
    for (let level = 0; level < 10_000; level += 1) deep = `{"type":"blockquote","content":[${deep}]}`;
    const hostile = await api.ask('POST /api/v1/articles', token, {
      payload: `{"content":{"language":"en","headline":"x","body":{"type":"doc","content":[${deep}]}}}`,
      headers: { 'content-type': 'application/json' },
    });
    expect([hostile.statusCode, hostile.json().kind]).toEqual([400, 'invalid']);
  });

  test('a takedown may erase, with the permission for both; one version by itself too', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('admin');
    const narrow = (await api.person('admin', ['articles:takedown'])).token;
    const { id } = await draft(api, token, 'Private matter');
    const publish = (payload: object) => api.ask(`POST /api/v1/articles/${id}/publish`, token, { payload });
    const erase = (version: number) =>
      api.ask('POST /api/v1/record/erase', token, {
        payload: { articleId: id, version, reason: 'Court order' },
      });
    await publish({});
    expect((await erase(1)).statusCode).toBe(409);
    await publish({});
    expect((await erase(1)).json()).toEqual({ leafIndex: 0, erased: true });
    expect((await erase(1)).json()).toEqual({ leafIndex: 0, erased: false });
    expect((await erase(9)).statusCode).toBe(404);
    const takedown = (by: string) =>
      api.ask(`POST /api/v1/articles/${id}/takedown`, by, { payload: { note: 'Court order', erase: true } });
    expect((await takedown(narrow)).statusCode).toBe(403);
    expect((await takedown(token)).json()).toMatchObject({ state: 'taken_down', version: 3 });
  });
});
