import { expect, test } from 'vitest';
import type { ArticleInput } from '../../src/contract/article.ts';
import { listArticleIds, type ListQuery } from '../../src/features/articles/list.views.ts';
import {
  createArticles,
  createAuthor,
  createSection,
  publish,
  reviseArticle,
} from '../../src/features/articles/articles.ts';
import { setWork } from '../../src/features/articles/articles.store.ts';
import { addMention } from '../../src/features/mentions/mentions.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { newsroomOn } from '../support/newsroom.ts';

const body = { type: 'doc' as const, content: [] };
const content = (headline: string, more: Partial<ArticleInput> = {}): ArticleInput => ({
  language: 'en',
  headline,
  body,
  ...more,
});

eachDatabase('lists of the newsroom', (open) => {
  test('are narrowed by anything, and page by page give everything once', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { id: by } = await api.person('editor');
    const context = { db, clock: api.clock };
    const [sport, ada] = await db.write(async (tx) => [
      await createSection(tx, context, { slug: 'sport', name: 'Sport' }),
      await createAuthor(tx, context, { slug: 'ada', name: 'Ada' }),
    ]);
    const rows = await db.write((tx) =>
      createArticles(tx, { clock: api.clock, by }, [
        { content: content('Minister opens the bridge'), createdAt: '2026-01-01T00:00:00.000Z' },
        {
          content: content('The ministers’ party: a café', { section: sport ?? '', language: 'fr' }),
          createdAt: '2026-01-02T00:00:00.000Z',
          desk: 'city',
        },
        {
          content: content('المبارزة في القاهرة', { language: 'ar', bylines: [{ author: ada ?? '' }] }),
          createdAt: '2026-01-03T00:00:00.000Z',
        },
        {
          content: content('東京都知事が会見', { language: 'ja', bylines: [{ author: ada ?? '' }] }),
          createdAt: '2026-01-04T00:00:00.000Z',
        },
      ]),
    );
    const ids = rows.map((row) => row.id);
    const find = async (query: Partial<ListQuery>): Promise<number[]> =>
      (await listArticleIds(db, { sort: 'updated', limit: 20, ...query })).map((id) => ids.indexOf(id));
    expect(await find({})).toEqual([3, 2, 1, 0]);
    expect(await find({ q: 'minister' })).toEqual([0]);
    expect(await find({ q: 'BRIDGE minister' })).toEqual([0]);
    expect(await find({ q: 'minis' })).toEqual([]);
    expect(await find({ q: 'minis*' })).toEqual([1, 0]);
    expect(await find({ q: 'cafe' })).toEqual([1]);
    expect(await find({ q: 'القاهره' })).toEqual([2]);
    expect(await find({ q: '東京' })).toEqual([3]);
    expect(await find({ q: '" OR *' })).toEqual([]);
    expect(await find({ q: "it's ' \\ & | ! <-> :*" })).toEqual([]);
    expect(await find({ section: sport })).toEqual([1]);
    expect(await find({ desk: 'city', language: 'fr', state: 'draft' })).toEqual([1]);
    expect(await find({ desk: 'city', language: 'en' })).toEqual([]);
    expect(await find({ author: ada })).toEqual([3, 2]);
    expect(await find({ author: ada, language: 'ar' })).toEqual([2]);
    expect(await find({ createdBy: by, updatedFrom: '2026-01-02', updatedTo: '2026-01-04' })).toEqual([2, 1]);
    expect(await find({ sort: 'published' })).toEqual([]);

    await db.write((tx) =>
      reviseArticle(
        tx,
        { clock: api.clock, by },
        { articleId: ids[3] ?? '', content: content('A bridge in Kyoto', { language: 'ja' }) },
      ),
    );
    expect(await find({ q: 'bridge' })).toEqual([3, 0]);
    expect(await find({ q: '東京' })).toEqual([]);
    expect(await find({ author: ada })).toEqual([2]);

    const first = await listArticleIds(db, { sort: 'updated', limit: 2, createdBy: by });
    const last = ids.indexOf(first[1] ?? '');
    const after = { at: rows[last]?.updated_at ?? '', id: first[1] ?? '' };
    const rest = await find({ createdBy: by, limit: 2, after });
    expect([...first.map((id) => ids.indexOf(id)), ...rest].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });

  test('of what is linked stay in order while articles are written, moved and published', async () => {
    const db = await open();
    const paper = await newsroomOn(db);
    const { clock, press } = paper;
    const [ada, sport] = await db.write(async (tx) => [
      await createAuthor(tx, { db, clock }, { slug: 'ada', name: 'Ada' }),
      await createSection(tx, { db, clock }, { slug: 'sport', name: 'Sport' }),
    ]);
    const bylines = [{ author: ada ?? '' }];
    const rows = await db.write((tx) =>
      createArticles(tx, { clock, by: null }, [
        { content: content('One', { bylines, section: sport ?? '' }), createdAt: '2026-01-01T00:00:00.000Z' },
        { content: content('Two', { bylines }), createdAt: '2026-01-02T00:00:00.000Z' },
        {
          content: content('Three', { bylines, section: sport ?? '' }),
          createdAt: '2026-01-03T00:00:00.000Z',
        },
        { content: content('Of nobody', { section: sport ?? '' }), createdAt: '2026-01-04T00:00:00.000Z' },
      ]),
    );
    const ids = rows.map((row) => row.id);
    const find = async (query: Partial<ListQuery>): Promise<number[]> =>
      (await listArticleIds(db, { sort: 'updated', limit: 20, author: ada, ...query })).map((id) =>
        ids.indexOf(id),
      );
    expect(await find({})).toEqual([2, 1, 0]);
    expect(await find({ section: sport })).toEqual([2, 0]);
    expect(await find({ sort: 'published' })).toEqual([]);
    const at = (n: number): string => ids[n] ?? '';
    await db.write((tx) =>
      reviseArticle(
        tx,
        { clock, by: null },
        { articleId: at(0), content: content('One, again', { bylines }) },
      ),
    );
    expect(await find({})).toEqual([0, 2, 1]);
    expect(await find({ section: sport })).toEqual([2]);
    clock.advance(1000);
    await db.write((tx) =>
      setWork(tx, { id: at(1), version_number: 0 }, { stage: 'desk', now: clock.now() }),
    );
    expect(await find({})).toEqual([1, 0, 2]);
    clock.advance(1000);
    await db.write((tx) => publish(tx, press, [{ articleId: at(2) }]));
    clock.advance(1000);
    await db.write((tx) => publish(tx, press, [{ articleId: at(0) }]));
    expect(await find({ sort: 'published' })).toEqual([0, 2]);
    const [first] = await db.read.selectFrom('articles').selectAll().where('id', '=', at(0)).execute();
    expect(
      await find({ sort: 'published', after: { at: first?.first_published_at ?? '', id: at(0) } }),
    ).toEqual([2]);
    expect(await find({ sort: 'published', publishedTo: first?.first_published_at ?? '' })).toEqual([2]);
    expect((await find({})).slice(0, 2)).toEqual([0, 2]);
  });

  test('are saved as views, one’s own and shared', async () => {
    await using api = await serveApi(await open());
    const ann = await api.person('reporter');
    const ben = await api.person('reporter');
    const admin = await api.person('admin');
    const save = (shared: boolean) =>
      api.ask('POST /api/v1/saved-views', ann.token, {
        payload: { name: shared ? 'Shared' : 'Mine', query: { state: 'draft' }, shared },
      });
    const mine = (await save(false)).json();
    const shared = (await save(true)).json();
    const names = async (token: string): Promise<string[]> =>
      (await api.ask('GET /api/v1/saved-views', token))
        .json()
        .items.map((view: { name: string }) => view.name);
    expect(await names(ann.token)).toEqual(['Mine', 'Shared']);
    expect(await names(ben.token)).toEqual(['Shared']);
    const drop = async (id: string, token: string): Promise<number> =>
      (await api.ask(`DELETE /api/v1/saved-views/${id}`, token)).statusCode;
    expect([await drop(mine.id, ben.token), await drop(shared.id, ben.token)]).toEqual([404, 403]);
    const put = (etag: string) =>
      api.ask(`PUT /api/v1/saved-views/${mine.id}`, ann.token, {
        headers: { 'if-match': etag },
        payload: { name: 'Renamed', query: {}, shared: false },
      });
    expect((await put('"1"')).statusCode).toBe(200);
    expect((await put('"1"')).statusCode).toBe(412);
    expect(await drop(shared.id, admin.token)).toBe(204);
    expect(await names(ann.token)).toEqual(['Renamed']);
  });

  test('mentions come to whom they are for, and stay read', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const ann = await api.person('reporter');
    const ben = await api.person('editor');
    const at = api.clock.now();
    await db.write(async (tx) => {
      for (const excerpt of ['first', 'second'])
        await addMention(tx, {
          to: [ann.id, ben.id, ann.id],
          by: ben.id,
          kind: 'comment',
          target: 'mentions',
          excerpt,
          at,
        });
    });
    const unread = async (token: string): Promise<number> =>
      (await api.ask('GET /api/v1/mentions/unread', token)).json().unread;
    expect([await unread(ann.token), await unread(ben.token)]).toEqual([2, 0]);
    const { items } = (await api.ask('GET /api/v1/mentions', ann.token)).json();
    expect(items.map((each: { excerpt: string }) => each.excerpt)).toEqual(['second', 'first']);
    const read = (payload: object) => api.ask('POST /api/v1/mentions/read', ann.token, { payload });
    expect((await read({ ids: [items[0].id] })).json()).toEqual({ unread: 1 });
    expect((await read({ ids: [items[0].id], read: false })).json()).toEqual({ unread: 2 });
    expect((await read({ ids: 'all' })).json()).toEqual({ unread: 0 });
    const desk = (await api.ask('GET /api/v1/my-desk', ann.token)).json();
    expect(desk).toMatchObject({ drafts: [], unread: 0 });
    const people = (await api.ask('GET /api/v1/people?q=person%202', ann.token)).json();
    expect(people.items.map((each: { id: string }) => each.id)).toEqual([ben.id]);
  });
});
