import { describe, expect, test } from 'vitest';
import type { House } from '../../src/app.ts';
import { manualClock, systemClock } from '../../src/base/clock.ts';
import type { Role } from '../../src/contract/permissions.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles, publish, reviseArticle } from '../../src/features/articles/articles.ts';
import { newsroomArticle } from '../../src/features/articles/articles.newsroom.views.ts';
import { changeUser } from '../../src/features/accounts/accounts.ts';
import { bodyOf, textOf } from '../../src/contract/shared/names.ts';
import { freshDatabase } from '../support/database.ts';
import { signedIn, type SignedIn } from '../support/signed-in.ts';
import { runSite, type RunningSite } from '../support/site.ts';
import { freePort, memoryStore, openWriter, type Writer } from '../support/writer.ts';

const content = (paragraphs: string[], more: object = {}) => ({
  language: 'en',
  headline: 'A bridge',
  lede: 'It opened.',
  body: docFromParagraphs(paragraphs),
  ...more,
});

async function draft(house: House, paragraphs: string[]): Promise<string> {
  const [row] = await house.db.write((tx) =>
    createArticles(tx, { clock: house.clock, by: null }, [{ content: content(paragraphs) }]),
  );
  if (row === undefined) throw new Error('no draft');
  return row.id;
}

describe.each(['sqlite', 'postgres'] as const)('writing together (%s)', (kind) => {
  async function withSite(
    work: (site: RunningSite, person: (role: Role) => Promise<SignedIn>) => Promise<void>,
  ): Promise<void> {
    const database = kind === 'postgres' ? await freshDatabase('postgres') : undefined;
    try {
      const port = await freePort();
      const postgres = database?.config.kind === 'postgres' ? { postgres: database.config.url } : {};
      await using site = await runSite({ port, ...postgres });
      await work(site, (role) => signedIn(site.house, role));
    } finally {
      await database?.dispose();
    }
  }
  const enter = (
    site: RunningSite,
    articleId: string,
    person: SignedIn,
    more: Parameters<typeof openWriter>[1] = {},
  ): Promise<Writer> => openWriter({ address: site.address, articleId, headers: person.headers }, more);

  test('two see one text; revisions come by themselves and when asked for, with their editors', async () => {
    await withSite(async (site, person) => {
      const [ada, ben] = [await person('editor'), await person('reporter')];
      const articleId = await draft(site.house, ['One.', 'Two.']);
      const [a, b] = [await enter(site, articleId, ada), await enter(site, articleId, ben)];
      a.type(' By Ada.', 0);
      b.type(' By Ben.', 1);
      await Promise.all([
        a.until(() => a.said() === 'One. By Ada.\nTwo. By Ben.'),
        b.until(() => b.said() === 'One. By Ada.\nTwo. By Ben.'),
      ]);
      await Promise.all([a.session.durable(), b.session.durable()]);
      const { revision, fault } = await a.session.save();
      expect([revision, fault]).toEqual([2, null]);
      const response = await fetch(`${site.address}/api/v1/articles/${articleId}/shared/revisions`, {
        headers: ada.headers,
      });
      const { items } = (await response.json()) as {
        items: { origin: string; editors: { name: string }[] }[];
      };
      expect(items[0]).toMatchObject({ origin: 'saved' });
      expect(items[0]?.editors.map(({ name }) => name).toSorted()).toEqual([ada.name, ben.name].toSorted());
      textOf(a.session.doc, 'headline').delete(0, 8);
      await a.session.durable();
      expect(await a.session.save()).toMatchObject({
        revision: 2,
        fault: expect.stringContaining('headline') as string,
      });
      expect(a.session.state().fault).toContain('headline');
      a.kill();
      b.kill();
    });
  });

  test('what comes through the API, a restore included, is merged with what is being written', async () => {
    await withSite(async (site, person) => {
      const ada = await person('editor');
      const articleId = await draft(site.house, ['One.', 'Two.', 'Three.']);
      const a = await enter(site, articleId, ada);
      a.type(' Being typed', 0);
      await a.session.durable();
      await site.house.db.write((tx) =>
        reviseArticle(
          tx,
          { clock: site.house.clock, by: ada.id },
          {
            articleId,
            expected: 1,
            content: content(['One.', 'Two, by the API.', 'Three.'], { headline: 'A new bridge' }),
          },
        ),
      );
      await a.until(() => a.said() === 'One. Being typed\nTwo, by the API.\nThree.');
      expect(textOf(a.session.doc, 'headline').toJSON()).toBe('A new bridge');
      expect(await a.session.save()).toEqual(expect.objectContaining({ revision: 3, fault: null }));
      const restored = await fetch(`${site.address}/api/v1/articles/${articleId}/shared/restore`, {
        method: 'POST',
        headers: { ...ada.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ revision: 1 }),
      });
      expect(await restored.json()).toEqual({ revision: 4, fault: null });
      await a.until(() => a.said() === 'One.\nTwo.\nThree.');
      a.kill();
    });
  });

  test('offline edits of both are there after they meet, and over HTTP where no socket passes', async () => {
    await withSite(async (site, person) => {
      const [ada, ben] = [await person('editor'), await person('reporter')];
      const articleId = await draft(site.house, ['Shared.']);
      const store = memoryStore();
      const first = await enter(site, articleId, ada, { store });
      await first.session.durable();
      first.kill();
      first.type(' Typed offline.');
      expect(store.rows.length).toBeGreaterThan(0);
      const b = await enter(site, articleId, ben, { socket: false });
      b.type('By HTTP. ', 0, 0);
      await b.session.durable();
      expect(b.session.state()).toMatchObject({ way: 'http', server: 'saved' });
      const again = await enter(site, articleId, ada, { store });
      await again.session.durable();
      await Promise.all(
        [again, b].map((writer) => writer.until(() => writer.said() === 'By HTTP. Shared. Typed offline.')),
      );
      again.kill();
      b.kill();
    });
  });

  test('who may not read gets no socket, who may not write changes nothing, and who is signed out is let go', async () => {
    await withSite(async (site, person) => {
      const [reader, moderator, ada] = [
        await person('reader'),
        await person('moderator'),
        await person('editor'),
      ];
      const articleId = await draft(site.house, ['One.']);
      const upgrade = (who: SignedIn): Promise<number> =>
        fetch(`${site.address}/api/v1/articles/${articleId}/shared/exchange`, {
          method: 'POST',
          headers: { ...who.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ clientId: 1, vector: 'AA==', update: 'AQEBAA==' }),
        }).then(({ status }) => status);
      expect(await upgrade(reader)).toBe(403);
      expect(await upgrade(moderator)).toBe(403);
      const watcher = await enter(site, articleId, moderator);
      expect(watcher.session.state().mayWrite).toBe(false);
      const a = await enter(site, articleId, ada);
      a.type(' Two.');
      await watcher.until(() => watcher.said() === 'One. Two.');
      await site.house.db.write((tx) =>
        changeUser(tx, site.house.clock, { id: ada.id, name: ada.name, role: 'editor', disabled: true }),
      );
      await a.until(() => a.session.state().ended === 'signedOut');
      a.kill();
      watcher.kill();
    });
  });

  test('hundreds of updates become a snapshot and nothing is missing', async () => {
    await withSite(async (site, person) => {
      const ada = await person('editor');
      const articleId = await draft(site.house, ['.']);
      const a = await enter(site, articleId, ada);
      let wanted = '.';
      for (let i = 0; i < 260; i += 1) {
        a.type(String(i % 10));
        wanted += String(i % 10);
        await a.session.durable();
      }
      await a.session.save();
      const left = await site.house.db.read
        .selectFrom('shared_updates')
        .select('seq')
        .where('article_id', '=', articleId)
        .execute();
      expect(left.length).toBeLessThan(5);
      const b = await enter(site, articleId, ada);
      expect(b.said()).toBe(wanted);
      a.kill();
      b.kill();
    });
  });

  test('a suggestion is in no byte that is published', async () => {
    await withSite(async (site, person) => {
      const ada = await person('editor');
      const articleId = await draft(site.house, ['One.']);
      const a = await enter(site, articleId, ada);
      const by = { id: 's1', by: ada.id, name: 'Ada', at: systemClock.now() };
      a.paragraph(0).insert(4, ' CANARY', { insertion: by });
      a.paragraph(0).format(0, 3, { deletion: by });
      await a.session.durable();
      await a.session.save();
      const { house } = site;
      await house.db.write((tx) => publish(tx, house.press, [{ articleId }]));
      const article = await newsroomArticle(house.db.read, articleId);
      expect(JSON.stringify(article)).not.toMatch(/CANARY|deletion/);
      const page = await site.get(article?.path ?? '');
      expect(page.status).toBe(200);
      expect(page.body).toContain('One.');
      expect(page.body).not.toContain('CANARY');
      a.kill();
    });
  });
});

test('two processes on PostgreSQL: their editors meet, cursors too', async () => {
  const database = await freshDatabase('postgres');
  try {
    if (database.config.kind !== 'postgres') throw new Error('no server');
    const postgres = database.config.url;
    await using one = await runSite({ postgres, port: await freePort() });
    await using two = await runSite({ postgres, port: await freePort() });
    const ada = await signedIn(one.house, 'editor');
    const articleId = await draft(one.house, ['One.']);
    const a = await openWriter({ address: one.address, articleId, headers: ada.headers });
    const b = await openWriter({ address: two.address, articleId, headers: ada.headers });
    a.type(' From one.');
    await b.until(() => b.said() === 'One. From one.');
    b.type(' From two.');
    await a.until(() => a.said() === 'One. From one. From two.');
    const seen = new Promise<void>((resolve) => {
      a.session.awareness.on('change', () => {
        if (a.session.awareness.getStates().has(b.session.doc.clientID)) resolve();
      });
    });
    b.session.awareness.setLocalState({ cursor: null, user: { id: 'forged', name: 'Somebody else' } });
    await seen;
    expect(a.session.awareness.getStates().get(b.session.doc.clientID)).toMatchObject({
      user: { id: ada.id, name: ada.name },
    });
    expect(bodyOf(a.session.doc).length).toBe(1);
    a.kill();
    b.kill();
  } finally {
    await database.dispose();
  }
});

test('a quiet text is kept as a revision by itself', async () => {
  const clock = manualClock('2026-03-01T10:00:00.000Z');
  await using site = await runSite({ port: await freePort(), clock });
  const ada = await signedIn(site.house, 'editor');
  const articleId = await draft(site.house, ['One.']);
  const a = await openWriter({ address: site.address, articleId, headers: ada.headers });
  a.type(' Two.');
  await a.session.durable();
  expect((await newsroomArticle(site.house.db.read, articleId))?.revision).toBe(1);
  clock.advance(11_000);
  await a.until(() => a.session.state().revision === 2);
  expect(JSON.stringify((await newsroomArticle(site.house.db.read, articleId))?.content.body)).toContain(
    'One. Two.',
  );
  a.kill();
});
