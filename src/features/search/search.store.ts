import { sql } from 'kysely';
import { docText } from '../../contract/document.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { batches, isListed, type Projection, type PublishedChange } from '../articles/articles.ts';
import { type IndexedDoc, indexRows } from './engine.store.ts';
import { cutText } from './words.ts';

/** Keys of one millisecond: doc_key = milliseconds × KEYS_PER_MS + a small number, so that keys order by publication. */
export const KEYS_PER_MS = 4096;

/** The search index: live articles only, in the transaction of each publish, so that a withdrawn story is gone from search at once. */
export function searchIndex(kind: Db['kind']): Projection {
  return {
    name: 'search',
    keepsNouns: true,
    apply: async (tx, changes) => {
      const gone = changes.filter((change) => isListed(change.before)).map((change) => change.articleId);
      await removeDocs(tx, kind, gone);
      const docs = await withKeys(
        tx,
        changes.filter((change) => isListed(change.after)),
      );
      const merged = await mergedNouns(
        tx,
        docs.map(({ change }) => change),
      );
      for (const batch of batches(docs, 100)) {
        await tx
          .insertInto('search_docs')
          .values(
            batch.map(({ key, change }) => ({
              doc_key: key,
              article_id: change.articleId,
              published_at: change.after.publishedAt,
              language: change.after.version.language,
              section_id: change.after.version.section?.id ?? null,
            })),
          )
          .execute();
        await indexRows(
          tx,
          kind,
          batch.map((keyed) => docOf(keyed, merged)),
        );
      }
    },
    clear: async (tx) => {
      await tx.deleteFrom('search_docs').execute();
      if (kind === 'sqlite')
        await sql`insert into search_index (search_index) values ('delete-all')`.execute(tx);
    },
  };
}

async function removeDocs(tx: Tx, kind: Db['kind'], articleIds: readonly string[]): Promise<void> {
  for (const batch of batches(articleIds)) {
    const removed = await tx
      .deleteFrom('search_docs')
      .where('article_id', 'in', batch)
      .returning('doc_key')
      .execute();
    if (kind === 'postgres') continue;
    for (const row of removed)
      await sql`delete from search_index where rowid = cast(${row.doc_key} as integer)`.execute(tx);
  }
}

type Keyed = { key: number; change: PublishedChange };

/** Gives each article a free key of its millisecond (or of the next, where thousands share one). */
async function withKeys(tx: Tx, changes: readonly PublishedChange[]): Promise<Keyed[]> {
  const used = new Set<number>();
  const result: Keyed[] = [];
  const wished = changes.map((change) => ({
    change,
    key: Date.parse(change.after.publishedAt) * KEYS_PER_MS + spread(change.articleId),
  }));
  for (const batch of batches(wished)) {
    const taken = await tx
      .selectFrom('search_docs')
      .select('doc_key')
      .where(
        'doc_key',
        'in',
        batch.map((wish) => wish.key),
      )
      .execute();
    for (const row of taken) used.add(row.doc_key);
  }
  for (const wish of wished) {
    let { key } = wish;
    while (used.has(key)) {
      key += 1;
      if (used.has(key)) continue;
      const other = await tx
        .selectFrom('search_docs')
        .select('doc_key')
        .where('doc_key', '=', key)
        .executeTakeFirst();
      if (other !== undefined) used.add(key);
    }
    used.add(key);
    result.push({ key, change: wish.change });
  }
  return result;
}

/** A number below KEYS_PER_MS from an id's random tail. */
function spread(id: string): number {
  return Number.parseInt(id.slice(-3), 16) % KEYS_PER_MS;
}

/** Which storylines and concepts that versions name have become part of others. */
async function mergedNouns(tx: Tx, changes: readonly PublishedChange[]): Promise<Map<string, string>> {
  const merged = new Map<string, string>();
  for (const [table, pick] of [
    ['storylines', (change: PublishedChange) => change.after.version.storylines],
    ['concepts', (change: PublishedChange) => change.after.version.concepts],
  ] as const) {
    const ids = [...new Set(changes.flatMap((change) => pick(change).map((noun) => noun.id)))];
    for (const batch of batches(ids)) {
      const rows = await tx
        .selectFrom(table)
        .select(['id', 'merged_into'])
        .where('id', 'in', batch)
        .where('merged_into', 'is not', null)
        .execute();
      for (const row of rows) if (row.merged_into !== null) merged.set(row.id, row.merged_into);
    }
  }
  return merged;
}

function docOf({ key, change }: Keyed, merged: ReadonlyMap<string, string>): IndexedDoc {
  const { version } = change.after;
  const stems = new Set<string>();
  const cut = (text: string): string[] => cutText(text, { language: version.language, stems });
  const extras = [
    version.leadPicture?.caption ?? '',
    ...version.bylines.map((byline) => byline.name),
    ...version.concepts.map((concept) => concept.name),
  ];
  return {
    key,
    headline: cut(version.headline),
    lede: cut(version.lede),
    body: cut([version.dateline?.place ?? '', docText(version.body), ...extras].join('\n')),
    stems: [...stems],
    facets: [
      `l:${version.language}`,
      `l:${version.language.split('-')[0]}`,
      ...(version.section === undefined ? [] : [`s:${version.section.id}`]),
      ...version.storylines.map((storyline) => `y:${merged.get(storyline.id) ?? storyline.id}`),
      ...version.concepts.map((concept) => `c:${merged.get(concept.id) ?? concept.id}`),
    ].map(facetToken),
  };
}

/** A facet as one word of the index. */
export function facetToken(facet: string): string {
  return facet.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
