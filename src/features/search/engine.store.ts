import { type RawBuilder, sql } from 'kysely';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import type { Query, Term } from './query.ts';

/** One article as words. */
export type IndexedDoc = {
  readonly key: number;
  readonly headline: readonly string[];
  readonly lede: readonly string[];
  readonly body: readonly string[];
  readonly stems: readonly string[];
  readonly facets: readonly string[];
};

export type Asked = {
  readonly query: Query;
  /** Facet words that must all be there. */
  readonly facets: readonly string[];
  /** Keys from (inclusive) and below (exclusive). */
  readonly from?: number;
  readonly below?: number;
  /** Only where every word stands in the headline. */
  readonly headlineOnly?: boolean;
  readonly limit: number;
};

/** PostgreSQL keeps positions up to 16,383 and texts of words up to 1 MB. */
const MAX_POSITION = 16_383;
const MAX_WORDS = 60_000;

export async function indexRows(tx: Tx, kind: Db['kind'], docs: readonly IndexedDoc[]): Promise<void> {
  if (docs.length === 0) return;
  if (kind === 'sqlite') {
    const rows = docs.map(
      (doc) =>
        sql`(cast(${doc.key} as integer), ${doc.headline.join(' ')}, ${doc.lede.join(' ')}, ${doc.body.join(' ')}, ${doc.stems.join(' ')}, ${doc.facets.join(' ')})`,
    );
    await sql`insert into search_index (rowid, headline, lede, body, stems, facets) values ${sql.join(rows)}`.execute(
      tx,
    );
    return;
  }
  const rows = docs.map((doc) => sql`(${doc.key}::bigint, ${vectorOf(doc)}::tsvector)`);
  await sql`update search_docs set words = fresh.words from (values ${sql.join(rows)}) as fresh (doc_key, words)
    where search_docs.doc_key = fresh.doc_key`.execute(tx);
}

/** The keys of matching articles, newest first. The driver binds numbers as REAL, which FTS5 would not take for a row id: hence the casts. */
export async function matchingKeys(db: Reader, kind: Db['kind'], asked: Asked): Promise<number[]> {
  const from = asked.from ?? Number.MIN_SAFE_INTEGER;
  const below = asked.below ?? Number.MAX_SAFE_INTEGER;
  const statement: RawBuilder<{ doc_key: number }> =
    kind === 'sqlite'
      ? sql`select rowid as doc_key from search_index where search_index match ${ftsQuery(asked)} and rowid >= cast(${from} as integer) and rowid < cast(${below} as integer)
          order by rowid desc limit ${asked.limit}`
      : sql`select doc_key from search_docs where words @@ ${tsQuery(asked)}::tsquery and doc_key >= ${from} and doc_key < ${below}
          order by doc_key desc limit ${asked.limit}`;
  const { rows } = await statement.execute(db);
  return rows.map((row) => row.doc_key);
}

const fts = (word: string): string => `"${word.replaceAll('"', '""')}"`;

function ftsQuery({ query, facets, headlineOnly }: Asked): string {
  const scope = headlineOnly === true ? '{headline}' : '{headline lede body}';
  const one = (term: Term): string => {
    if (term.kind === 'phrase') return `${scope} : ${fts(term.words.join(' '))}`;
    const forms = term.words.map((word) => `${scope} : ${fts(word)}`);
    if (headlineOnly !== true) forms.push(...term.stems.map((word) => `{stems} : ${fts(word)}`));
    return `(${forms.join(' OR ')})`;
  };
  const wanted = [
    ...facets.map((facet) => `{facets} : ${fts(facet)}`),
    ...query.terms.filter((term) => !term.not).map(one),
  ];
  const unwanted = query.terms.filter((term) => term.not).map(one);
  return [wanted.map((part) => `(${part})`).join(' AND '), ...unwanted].join(' NOT ');
}

const lexeme = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

function tsQuery({ query, facets, headlineOnly }: Asked): string {
  const weight = headlineOnly === true ? ':A' : '';
  const one = (term: Term): string => {
    if (term.kind === 'phrase') return `(${term.words.map((word) => lexeme(word) + weight).join(' <-> ')})`;
    const forms = term.words.map((word) => lexeme(word) + weight);
    if (headlineOnly !== true) forms.push(...term.stems.map(lexeme));
    return `(${forms.join(' | ')})`;
  };
  const parts = [
    ...facets.map((facet) => lexeme(`#${facet}`)),
    ...query.terms.filter((term) => !term.not).map(one),
    ...query.terms.filter((term) => term.not).map((term) => `!${one(term)}`),
  ];
  return parts.join(' & ');
}

/** A tsvector's text form: words with their positions (A headline, B lede, D body), stems and facets without. */
function vectorOf(doc: IndexedDoc): string {
  const places = new Map<string, string[]>();
  let position = 0;
  const put = (list: readonly string[], weight: string): void => {
    for (const word of list) {
      position += 1;
      const at = places.get(word) ?? [];
      if (at.length < 255 && position <= MAX_POSITION) at.push(`${position}${weight}`);
      if (places.size < MAX_WORDS) places.set(word, at);
    }
    position += 1; // A phrase does not run from one part into the next.
  };
  put(doc.headline, 'A');
  put(doc.lede, 'B');
  put(doc.body, '');
  const parts = [...places].map(([word, at]) =>
    at.length === 0 ? lexeme(word) : `${lexeme(word)}:${at.join(',')}`,
  );
  for (const word of doc.stems) parts.push(lexeme(word));
  for (const facet of doc.facets) parts.push(lexeme(`#${facet}`));
  return parts.join(' ');
}
