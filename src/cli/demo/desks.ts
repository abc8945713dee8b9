import type { House } from '../../app.ts';
import { createArticles } from '../../features/articles/articles.ts';
import { docFromParagraphs } from '../../contract/document.ts';
import { act, createDesk } from '../../features/desks/desks.ts';
import { addEntry, factKey } from '../../features/storylines/storylines.ts';
import type { Tx } from '../../storage/db.ts';

/** Desks with what they ask, some stories on their way, and timelines that editors have confirmed. */
export async function fillDesks(house: House): Promise<void> {
  await house.db.write((tx) => confirmTimelines(tx, house));
  await house.db.write((tx) => makeDesks(tx, house));
}

async function makeDesks(tx: Tx, house: House): Promise<void> {
  const context = { db: house.db, clock: house.clock };
  await createDesk(tx, context, {
    slug: 'news',
    name: 'News desk',
    names: { de: 'Nachrichten', ar: 'قسم الأخبار' },
    description: 'Everything of the day.',
    position: 1,
    rules: {
      checks: { 'picture-credit': 'block', 'picture-alt': 'block', lede: 'block', section: 'block' },
      checklist: [
        { key: 'names', label: 'Names and titles are checked', level: 'block' },
        { key: 'numbers', label: 'Every figure has its source', level: 'warn', again: true },
      ],
    },
  });
  await createDesk(tx, context, {
    slug: 'investigations',
    name: 'Investigations',
    names: { de: 'Recherche', ar: 'قسم التحقيقات' },
    description: 'Two pairs of eyes on every revision, and the lawyers’ list.',
    position: 2,
    rules: {
      checks: { eyes: 'block', dateline: 'block', links: 'block', checklist: 'block' },
      checklist: [{ key: 'heard', label: 'Those who are accused were heard', level: 'block', again: true }],
    },
  });
  const [first] = DRAFTS;
  for (const draft of DRAFTS) {
    const [row] = await createArticles(tx, { clock: house.clock, by: null }, [
      {
        content: {
          language: 'en',
          headline: draft.headline,
          lede: draft.lede,
          body: docFromParagraphs([...draft.body]),
        },
        desk: draft.desk,
      },
    ]);
    if (row === undefined || draft === first) continue;
    await act(tx, context, {
      actor: { userId: '', name: 'The house', role: 'admin' },
      articleId: row.id,
      order: { action: 'submit', desk: draft.desk, note: draft.note },
    });
  }
}

const DRAFTS = [
  {
    desk: 'news',
    headline: 'Harbour council weighs a second night ferry',
    lede: '',
    body: ['The council meets on Thursday.', 'A decision is expected before the summer timetable.'],
    note: '',
  },
  {
    desk: 'news',
    headline: 'Library opens on Sundays from next month',
    lede: 'The city library will open its doors on Sundays, at first for a year.',
    body: ['Volunteers staff the reading rooms.', 'The city pays for light and heat.'],
    note: 'Ready for a look. The hours are from the library itself.',
  },
  {
    desk: 'investigations',
    headline: 'Who paid for the bridge that was never built',
    lede: 'Invoices seen by the paper show what became of eleven million.',
    body: ['The first invoice is dated 2019.', 'The last one names a firm that had closed.'],
    note: 'Two sources for each figure; the firm has until Friday to answer.',
  },
] as const;

/** The facts of the sample's stories are its editors' own: they stand confirmed. */
async function confirmTimelines(tx: Tx, house: House): Promise<void> {
  const context = { db: house.db, clock: house.clock };
  const facts = await tx
    .selectFrom('storyline_facts')
    .selectAll()
    .orderBy('storyline_id')
    .orderBy('fact_date')
    .orderBy('id')
    .execute();
  const seen = new Set<string>();
  for (const fact of facts) {
    const key = factKey(fact.fact_date, fact.fact_text);
    if (seen.has(`${fact.storyline_id} ${key}`)) continue;
    seen.add(`${fact.storyline_id} ${key}`);
    await addEntry(tx, context, {
      storylineId: fact.storyline_id,
      key,
      date: fact.fact_date,
      text: fact.fact_text,
      article: fact.article_id,
      state: 'confirmed',
      by: null,
    });
  }
}
