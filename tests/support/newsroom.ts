import { type Clock, manualClock } from '../../src/base/clock.ts';
import { projections } from '../../src/app.ts';
import type { ArticleInput } from '../../src/contract/article.ts';
import { type Doc, docFromParagraphs } from '../../src/contract/document.ts';
import { SiteSettings } from '../../src/contract/site.ts';
import {
  createArticles,
  createAuthor,
  createSection,
  type Press,
  publish,
  type Published,
  type PublishOrder,
  reviseArticle,
  withdraw,
} from '../../src/features/articles/articles.ts';
import { createConcept } from '../../src/features/concepts/concepts.ts';
import { publishGate } from '../../src/features/desks/desks.ts';
import { ensureRecordKey } from '../../src/features/record/record.ts';
import { createStoryline } from '../../src/features/storylines/storylines.ts';
import type { Db } from '../../src/storage/db.ts';
import { writeSetting } from '../../src/storage/settings.store.ts';

export const NEWSROOM_ORIGIN = 'https://paper.example';

/** What a test says of a story; the rest is ordinary. */
export type Story = Partial<Omit<ArticleInput, 'body'>> & { readonly body?: Doc | string };
type Order = Omit<PublishOrder, 'articleId'>;

/** A working newsroom on a fresh database, with every projection of the house. */
export type TestNewsroom = {
  readonly db: Db;
  readonly clock: Clock & { set(to: string): void; advance(ms: number): void };
  readonly press: Press;
  section(slug: string): Promise<string>;
  storyline(slug: string): Promise<string>;
  concept(slug: string, kind?: 'person' | 'place' | 'organisation' | 'event' | 'topic'): Promise<string>;
  author(slug: string): Promise<string>;
  /** A draft. */
  write(story?: Story): Promise<string>;
  /** A new revision in the place of the last. */
  revise(articleId: string, story?: Story): Promise<void>;
  publish(articleId: string, order?: Order): Promise<Published>;
  /** A draft that is published at once. */
  story(story?: Story, order?: Order): Promise<string>;
  withdraw(articleId: string, kind?: 'kill' | 'takedown'): Promise<void>;
};

export async function newsroomOn(
  db: Db,
  options: { readonly site?: Partial<SiteSettings>; readonly now?: string; readonly origin?: string } = {},
): Promise<TestNewsroom> {
  await ensureRecordKey(db, options.origin ?? NEWSROOM_ORIGIN);
  const clock = manualClock(options.now ?? '2026-03-01T10:00:00.000Z');
  const press: Press = { db, clock, projections: projections(db.kind), gate: publishGate(clock) };
  const site = SiteSettings.parse({ name: 'The Paper', tagline: 'All of it', ...options.site });
  await db.write((tx) => writeSetting(tx, 'site', site));
  const context = { db, clock };
  const nameOf = (slug: string): string => slug.replaceAll('-', ' ').replace(/^./u, (c) => c.toUpperCase());
  const newsroom: TestNewsroom = {
    db,
    clock,
    press,
    section: (slug) => db.write((tx) => createSection(tx, context, { slug, name: nameOf(slug) })),
    storyline: (slug) => db.write((tx) => createStoryline(tx, context, { slug, title: nameOf(slug) })),
    concept: (slug, kind = 'topic') =>
      db.write((tx) => createConcept(tx, context, { slug, kind, name: nameOf(slug) })),
    author: (slug) => db.write((tx) => createAuthor(tx, context, { slug, name: nameOf(slug) })),
    write: async (story = {}) => {
      const [row] = await db.write((tx) =>
        createArticles(tx, { clock, by: null }, [{ content: contentOf(story) }]),
      );
      if (row === undefined) throw new Error('no draft came back');
      return row.id;
    },
    revise: async (articleId, story = {}) => {
      const content = contentOf(story);
      await db.write((tx) => reviseArticle(tx, { clock, by: null }, { articleId, content }));
    },
    publish: async (articleId, order = {}) => {
      clock.advance(1000);
      const [published] = await db.write((tx) => publish(tx, press, [{ ...order, articleId }]));
      if (published === undefined) throw new Error('no version came back');
      return published;
    },
    story: async (story, order) => {
      const id = await newsroom.write(story);
      await newsroom.publish(id, order);
      return id;
    },
    withdraw: async (articleId, kind = 'kill') => {
      clock.advance(1000);
      const note = 'Withdrawn for a reason.';
      await db.write((tx) => withdraw(tx, press, { articleId, kind, note, by: null }));
    },
  };
  return newsroom;
}

function contentOf({ body, ...story }: Story): ArticleInput {
  return {
    language: 'en',
    headline: 'A quiet day at the harbour',
    lede: 'Nothing much happened.',
    ...story,
    body:
      typeof body === 'object'
        ? body
        : docFromParagraphs((body ?? 'The boats stayed in.\nThe gulls did not.').split('\n')),
  };
}
