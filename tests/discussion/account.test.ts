import { expect, test } from 'vitest';
import { createArticles, publish } from '../../src/features/articles/articles.ts';
import { insertReport } from '../../src/features/moderation/reports.store.ts';
import { paths } from '../../src/contract/routes.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { signedIn, type SignedIn } from '../support/signed-in.ts';
import { type RunningSite, runSite } from '../support/site.ts';

type Story = { readonly id: string; readonly path: string };

async function story(site: RunningSite): Promise<Story> {
  const { db, clock, press } = site.house;
  return db.write(async (tx) => {
    const content = {
      language: 'en',
      headline: 'Ferries run again',
      lede: 'After the storm.',
      body: docFromParagraphs(['The first left at six.']),
    };
    const [row] = await createArticles(tx, { clock, by: null }, [{ content }]);
    const id = row?.id ?? '';
    const [published] = await publish(tx, press, [{ articleId: id }]);
    return { id, path: published?.path ?? '' };
  });
}

/** Sends a form of the account's own pages, or a comment as the API takes it. */
async function send(
  site: RunningSite,
  by: SignedIn,
  to: { path: string; method?: string; form?: Record<string, string>; json?: unknown },
): Promise<{ status: number; text: string }> {
  const response = await fetch(site.address + to.path, {
    method: to.method ?? 'POST',
    redirect: 'manual',
    headers: {
      ...by.headers,
      'content-type': to.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    body: to.form === undefined ? JSON.stringify(to.json) : new URLSearchParams(to.form).toString(),
  });
  return { status: response.status, text: await response.text() };
}

async function comment(
  site: RunningSite,
  by: SignedIn,
  said: { on: Story; text: string; parent?: string },
): Promise<string> {
  const { status, text } = await send(site, by, {
    path: `/api/v1/discussions/${said.on.id}/comments`,
    json: { text: said.text, ...(said.parent === undefined ? {} : { parent: said.parent }) },
  });
  expect(status, text).toBe(201);
  return (JSON.parse(text) as { id: string }).id;
}

eachDatabaseConfig('the account of somebody who comments', (fresh) => {
  const open = async (): Promise<RunningSite> => {
    const config = await fresh();
    return runSite(config.kind === 'postgres' ? { postgres: config.url } : {});
  };

  test('a new name is on every cached page with their comments at the next request', async () => {
    await using site = await open();
    const article = await story(site);
    const ada = await signedIn(site.house, 'reader', { name: 'Ada Byron' });
    const id = await comment(site, ada, { on: article, text: 'At last.' });
    const pages = [article.path, paths.discussion(article.id), paths.commentsFeed(article.path)];
    const own = paths.comment(article.id, id);
    for (const path of [...pages, own]) {
      const first = await site.get(path);
      expect(first.status, path).toBe(200);
      expect(first.body, path).toContain('Ada Byron');
      expect((await site.get(path)).body, path).toContain('Ada Byron');
    }
    const renamed = await send(site, ada, {
      path: '/account/profile',
      form: { name: 'Ada Lovelace', language: 'en' },
    });
    expect(renamed.status).toBe(303);
    for (const path of [...pages, own]) {
      const { body } = await site.get(path);
      expect(body, path).toContain('Ada Lovelace');
      expect(body, path).not.toContain('Ada Byron');
    }
  });

  test('takes away all they wrote, and leaves gaps without a name, an address or a word', async () => {
    await using site = await open();
    const { db, clock } = site.house;
    const article = await story(site);
    const ada = await signedIn(site.house, 'reader', { name: 'Ada Byron', email: 'ada@byron.example' });
    const ben = await signedIn(site.house, 'reader', { name: 'Ben Nevis' });
    const first = await comment(site, ada, { on: article, text: 'The secret timetable.' });
    const answer = await comment(site, ben, {
      on: article,
      text: 'I asked @Ada Byron about it.',
      parent: first,
    });
    await send(site, ada, {
      method: 'PUT',
      path: `/api/v1/comments/${answer}/reactions/up`,
      json: { on: true },
    });
    await db.write((tx) =>
      insertReport(tx, {
        commentId: answer,
        articleId: article.id,
        reporterKey: `user:${ada.id}`,
        userId: ada.id,
        category: 'other',
        details: 'He names my secret.',
        at: clock.now(),
      }),
    );
    const exported = await send(site, ada, { path: '/account/export', form: {} });
    expect(exported.status, exported.text).toBe(200);
    const data = JSON.parse(exported.text) as Record<string, Record<string, unknown>>;
    expect(data['discussion']).toMatchObject({
      comments: [{ id: first, article: article.id, text: 'The secret timetable.', state: 'visible' }],
      reactions: [{ comment: answer, kind: 'up' }],
    });
    expect(data['moderation']).toMatchObject({
      reports: [{ comment: answer, details: 'He names my secret.' }],
    });
    expect((await site.get(article.path)).body).toContain('The secret timetable.');

    const gone = await send(site, ada, { path: '/account/delete', form: { sure: 'yes' } });
    expect(gone.status, gone.text).toBe(200);
    const page = (await site.get(article.path)).body;
    expect(page).not.toContain('secret');
    expect(page).not.toContain('Byron');
    expect(page, 'what others answered stays').toContain('I asked');
    const left = JSON.stringify([
      await db.read.selectFrom('comments').selectAll().execute(),
      await db.read.selectFrom('comment_edits').selectAll().execute(),
      await db.read.selectFrom('discussion_people').selectAll().execute(),
      await db.read.selectFrom('moderation_reports').selectAll().execute(),
      await db.read.selectFrom('moderation_decisions').selectAll().execute(),
      await db.read.selectFrom('users').selectAll().where('id', '=', ada.id).execute(),
      await db.read.selectFrom('mails').selectAll().execute(),
    ]);
    expect(left).not.toMatch(/secret|byron/i);
    const rows = await db.read
      .selectFrom('comments')
      .select(['state', 'listed', 'up_count'])
      .orderBy('path')
      .execute();
    expect(rows.map((row) => [row.state, Number(row.listed), Number(row.up_count)])).toEqual([
      ['deleted', 1, 0],
      ['visible', 1, 0],
    ]);
  });
});
