import type { Clock } from '../../src/base/clock.ts';
import { manualClock } from '../../src/base/clock.ts';
import type { ArticleInput } from '../../src/contract/article.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import {
  createArticles,
  createSection,
  type Press,
  publish,
  reviseArticle,
  withdraw,
} from '../../src/features/articles/articles.ts';
import { publishedRow } from '../../src/features/articles/version.ts';
import { ensureRecordKey, type Expected } from '../../src/features/record/record.ts';
import type { Db } from '../../src/storage/db.ts';

export const ORIGIN = 'https://paper.example';

/** What the articles room makes of a version, as `dateline record verify` knows it. */
export const expected: Expected = (version, site) => {
  const row = { translation_group: '' };
  const { card, edition } = publishedRow({ version, visibility: 'live', row }, site);
  return { card, edition };
};

export type Newsroom = {
  readonly db: Db;
  readonly clock: Clock & { advance(ms: number): void };
  readonly press: Press;
  /** Publishes new articles in one transaction; returns their ids. */
  file(headlines: readonly string[]): Promise<string[]>;
  correct(articleId: string, headline: string): Promise<void>;
  withdraw(articleId: string, options: { kind: 'kill' | 'takedown'; erase?: boolean }): Promise<void>;
};

/** A newsroom with a record key and a section, on a fresh database. */
export async function openNewsroom(db: Db): Promise<Newsroom> {
  await ensureRecordKey(db, ORIGIN);
  const clock = manualClock('2026-01-21T10:32:00.000Z');
  const press: Press = { db, clock, projections: [] };
  const section = await db.write((tx) =>
    createSection(
      tx,
      { db, clock },
      { slug: 'world', name: 'World', names: {}, description: '', position: 1 },
    ),
  );
  const content = (headline: string): ArticleInput => ({
    language: 'en',
    headline,
    lede: `What is known of ${headline}.`,
    section,
    dateline: { place: 'MOSCOW', date: '2026-01-21', source: 'Agency' },
    bylines: [{ name: 'A. Reporter' }],
    body: docFromParagraphs([`“${headline}”, said a witness – naïvely.`, 'A second paragraph.']),
  });
  return {
    db,
    clock,
    press,
    file: (headlines) =>
      db.write(async (tx) => {
        clock.advance(60_000);
        const rows = await createArticles(
          tx,
          { clock, by: null },
          headlines.map((headline) => ({ content: content(headline) })),
        );
        await publish(
          tx,
          press,
          rows.map((row) => ({ articleId: row.id })),
        );
        return rows.map((row) => row.id);
      }),
    correct: (articleId, headline) =>
      db.write(async (tx) => {
        clock.advance(60_000);
        await reviseArticle(tx, { clock, by: null }, { articleId, content: content(headline) });
        const note = 'An earlier version misstated the headline.';
        await publish(tx, press, [{ articleId, reason: 'correction', note, severity: 'minor' }]);
      }),
    withdraw: (articleId, options) =>
      db.write(async (tx) => {
        clock.advance(60_000);
        await withdraw(tx, press, { articleId, note: 'Withdrawn for a reason.', by: null, ...options });
      }),
  };
}

/** A record with every kind of leaf: shown, corrected, killed, taken down and erased. */
export async function fillNewsroom(db: Db): Promise<Newsroom> {
  const newsroom = await openNewsroom(db);
  const [first = '', second = '', third = ''] = await newsroom.file(['Alpha', 'Beta', 'Gamma', 'Delta']);
  await newsroom.correct(first, 'Alpha, corrected');
  await newsroom.correct(second, 'Beta, corrected');
  await newsroom.withdraw(second, { kind: 'kill' });
  await newsroom.withdraw(third, { kind: 'takedown', erase: true });
  return newsroom;
}
