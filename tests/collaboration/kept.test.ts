import { describe, expect, test } from 'vitest';
import type { House } from '../../src/app.ts';
import { docFromParagraphs, docText, emptyDoc } from '../../src/contract/document.ts';
import type { Role } from '../../src/contract/permissions.ts';
import type { RevisionDifference } from '../../src/contract/shared/answers.ts';
import { textOf } from '../../src/contract/shared/names.ts';
import {
  createArticles,
  createAuthor,
  createSection,
  reviseArticle,
} from '../../src/features/articles/articles.ts';
import { revisionOf } from '../../src/features/articles/articles.newsroom.views.ts';
import { createStoryline } from '../../src/features/storylines/storylines.ts';
import { freshDatabase } from '../support/database.ts';
import { signedIn, type SignedIn } from '../support/signed-in.ts';
import { runSite, type RunningSite } from '../support/site.ts';
import { freePort, openWriter, type Writer } from '../support/writer.ts';

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

describe.each(['sqlite', 'postgres'] as const)('nothing is lost, and it is said where it is (%s)', (kind) => {
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

  test('going back keeps what is being written as a revision first, and waits where that cannot be one', async () => {
    await withSite(async (site, person) => {
      const [ada, ben] = [await person('editor'), await person('reporter')];
      const articleId = await draft(site.house, ['One.', 'Two.']);
      const b = await enter(site, articleId, ben);
      b.type(' Not kept yet.', 1);
      await b.session.durable();
      const restore = () =>
        fetch(`${site.address}/api/v1/articles/${articleId}/shared/restore`, {
          method: 'POST',
          headers: { ...ada.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ revision: 1 }),
        });
      expect(await (await restore()).json()).toEqual({ revision: 3, fault: null });
      await b.until(() => b.said() === 'One.\nTwo.');
      const before = await revisionOf(site.house.db.read, { articleId, revision: 2 });
      expect(docText(before?.content.body ?? emptyDoc)).toBe('One.\nTwo. Not kept yet.');
      const lines = await fetch(`${site.address}/api/v1/articles/${articleId}/shared/revisions`, {
        headers: ada.headers,
      });
      expect(await lines.json()).toMatchObject({
        items: [
          { revision: 3, origin: 'restored', restoredFrom: 1, editors: [{ name: ada.name }] },
          { revision: 2, origin: 'kept', editors: [{ name: ben.name }] },
          { revision: 1 },
        ],
      });

      b.type(' Again.', 0);
      textOf(b.session.doc, 'headline').delete(0, 8);
      await b.session.durable();
      const refused = await restore();
      expect(refused.status).toBe(409);
      expect(await refused.text()).toContain('headline');
      expect(b.said()).toBe('One. Again.\nTwo.');
      b.kill();
    });
  });

  test('differences name sections, people and storylines as people do', async () => {
    await withSite(async (site, person) => {
      const ada = await person('editor');
      const { db, clock } = site.house;
      const articleId = await draft(site.house, ['One.']);
      const more = await db.write(async (tx) => ({
        section: await createSection(tx, { db, clock }, { slug: 'harbour', name: 'Harbour' }),
        storylines: [await createStoryline(tx, { db, clock }, { slug: 'bridge', title: 'The new bridge' })],
        bylines: [
          { author: await createAuthor(tx, { db, clock }, { slug: 'ada', name: 'Ada Lovelace' }) },
          { name: 'A guest' },
        ],
      }));
      const body = {
        type: 'doc' as const,
        content: [{ type: 'relatedBox' as const, attrs: { articles: [articleId] } }],
      };
      await db.write((tx) =>
        reviseArticle(tx, { clock, by: ada.id }, { articleId, content: content([], { ...more, body }) }),
      );
      const answer = await fetch(
        `${site.address}/api/v1/articles/${articleId}/shared/differences?from=1&to=2`,
        { headers: ada.headers },
      );
      const difference = (await answer.json()) as RevisionDifference;
      const after = Object.fromEntries(difference.fields.map((field) => [field.field, field.after]));
      expect(after).toEqual({
        section: 'Harbour',
        storylines: 'The new bridge',
        bylines: 'Ada Lovelace; A guest',
      });
      expect(difference.blocks.at(-1)?.after).toBe('articles: A bridge');
    });
  });

  test('a browser that keeps nothing says so, and what is written in it is on the server all the same', async () => {
    await withSite(async (site, person) => {
      const ada = await person('editor');
      const articleId = await draft(site.house, ['One.']);
      const refuse = (): Promise<never> => Promise.reject(new Error('the disk is full'));
      const store = { load: refuse, append: refuse, compact: refuse, close: () => undefined };
      const a = await enter(site, articleId, ada, { store });
      const said = new Set<string>();
      a.session.subscribe(() => said.add(a.session.state().disk));
      a.type(' Two.');
      a.type(' Three.');
      await a.session.durable();
      expect(a.session.state()).toMatchObject({ disk: 'failed', server: 'saved', unsent: false });
      expect([...said]).toEqual(['failed']);
      const b = await enter(site, articleId, ada);
      expect(b.said()).toBe('One. Two. Three.');
      a.kill();
      b.kill();
    });
  });

  test('where no socket passes too, it says that the article is gone, that one may only read, that one is signed out, and goes on', async () => {
    await withSite(async (site, person) => {
      const [ada, moderator] = [await person('editor'), await person('moderator')];
      const lost = await enter(site, '01a23228-6df4-73c0-9931-006afe1aabff', ada, { socket: false });
      expect(lost.session.state().ended).toBe('gone');
      lost.kill();

      const articleId = await draft(site.house, ['One.']);
      const watcher = await enter(site, articleId, moderator, { socket: false });
      const again = await signedIn(site.house, 'editor');
      const cookie = { ...again.headers };
      const a = await openWriter({ address: site.address, articleId, headers: cookie }, { socket: false });
      a.type(' Two.');
      await a.session.durable();
      await watcher.until(() => watcher.said() === 'One. Two.');
      a.type(' Three.');
      await watcher.until(() => watcher.said() === 'One. Two. Three.');
      expect(watcher.session.state()).toMatchObject({ mayWrite: false, ended: undefined });

      cookie.cookie = '';
      await a.until(() => a.session.state().ended === 'signedOut');
      a.type(' Four.');
      expect(a.session.state()).toMatchObject({ unsent: true, server: 'offline' });
      cookie.cookie = again.headers.cookie;
      a.session.retry();
      await a.session.durable();
      expect(a.session.state()).toMatchObject({ unsent: false, ended: undefined });
      await watcher.until(() => watcher.said() === 'One. Two. Three. Four.');
      a.kill();
      watcher.kill();
    });
  });
});
