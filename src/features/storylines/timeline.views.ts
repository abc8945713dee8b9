import type { Reader } from '../../storage/db.ts';
import { factKey } from './timeline.ts';

export type TimelineEntryView = {
  readonly id: string;
  readonly date: string;
  readonly text: string;
  readonly state: 'confirmed' | 'hidden';
  readonly article: { readonly id: string; readonly headline: string; readonly live: boolean } | null;
  /** Words that a proposal had and an editor has changed. */
  readonly own: boolean;
};
export type ProposalView = {
  readonly key: string;
  readonly date: string;
  readonly text: string;
  readonly article: { readonly id: string; readonly headline: string };
};

/** A storyline's timeline as the newsroom sees it: what editors have decided, and what its articles propose. */
export async function timelineDesk(
  db: Reader,
  storylineId: string,
): Promise<{ entries: TimelineEntryView[]; proposals: ProposalView[] }> {
  const rows = await db
    .selectFrom('timeline_entries')
    .leftJoin('articles', 'articles.id', 'timeline_entries.article_id')
    .leftJoin('published_articles', 'published_articles.article_id', 'timeline_entries.article_id')
    .select([
      'timeline_entries.id',
      'fact_key',
      'fact_date',
      'fact_text',
      'timeline_entries.state',
      'timeline_entries.article_id',
      'articles.headline',
      'published_articles.visibility',
    ])
    .where('storyline_id', '=', storylineId)
    .orderBy('timeline_entries.position')
    .orderBy('timeline_entries.id')
    .limit(1000)
    .execute();
  const facts = await db
    .selectFrom('storyline_facts')
    .innerJoin('articles', 'articles.id', 'storyline_facts.article_id')
    .select(['fact_date', 'fact_text', 'storyline_facts.article_id', 'articles.headline'])
    .where('storyline_id', '=', storylineId)
    .orderBy('fact_date')
    .orderBy('storyline_facts.id')
    .limit(2000)
    .execute();
  const decided = new Set(rows.map((row) => row.fact_key));
  const proposals = new Map<string, ProposalView>();
  for (const fact of facts) {
    const key = factKey(fact.fact_date, fact.fact_text);
    if (!decided.has(key) && !proposals.has(key))
      proposals.set(key, {
        key,
        date: fact.fact_date,
        text: fact.fact_text,
        article: { id: fact.article_id, headline: fact.headline },
      });
  }
  return {
    entries: rows.map((row) => ({
      id: row.id,
      date: row.fact_date,
      text: row.fact_text,
      state: row.state,
      article:
        row.article_id === null
          ? null
          : { id: row.article_id, headline: row.headline ?? '', live: row.visibility === 'live' },
      own: row.fact_key === null || row.fact_key !== factKey(row.fact_date, row.fact_text),
    })),
    proposals: [...proposals.values()],
  };
}
