import { type ExpressionBuilder, type Expression, sql, type SqlBool } from 'kysely';
import { fold, words } from '../../base/words.ts';
import type { Db, Reader } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import type { ArticleRow } from './articles.store.ts';
import { monthOf, pageByMonths, type Placed } from './list.months.ts';

/** What a list of the newsroom is narrowed by, and how it is sorted. */
export type ListFilter = {
  readonly state?: ArticleRow['state'] | undefined;
  readonly kind?: ArticleRow['kind'] | undefined;
  readonly language?: string | undefined;
  readonly section?: string | undefined;
  /** The slug of a desk. */
  readonly desk?: string | undefined;
  readonly assignee?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly author?: string | undefined;
  readonly storyline?: string | undefined;
  readonly concept?: string | undefined;
  /** Whole words of the headline, in any order; the last may end with `*`, which stands for any rest of a word. */
  readonly q?: string | undefined;
  readonly updatedFrom?: string | undefined;
  readonly updatedTo?: string | undefined;
  readonly publishedFrom?: string | undefined;
  readonly publishedTo?: string | undefined;
};

export type ListQuery = ListFilter & {
  readonly sort: 'updated' | 'published';
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly at: string; readonly id: string } | undefined;
};

type Row = ExpressionBuilder<Tables, 'articles'>;
/** What a test knows the article by: the article itself, or a link to it. */
type Id = 'articles.id' | 'links.article_id';
type ColumnTest = {
  readonly link?: undefined;
  /** Its index is in the order of the list, and holds what most other filters look at. */
  readonly covers?: true;
  /** To count what it finds, rows have to be read. */
  readonly costly?: boolean;
  readonly plain: (eb: Row) => Expression<SqlBool>;
  /** Of a time: the same asked of what a link has, which bears its articles' times; read once, in its index. */
  readonly ofLink?: (link: string) => Expression<SqlBool>;
  /** The same question in a form that no index answers: the planner keeps to the one that leads. */
  readonly hidden: (id: Id) => Expression<SqlBool>;
};
/** What is linked has an index in the order of the list, and needs no look at the article. */
type LinkTest = {
  readonly link: string;
  readonly hidden: (id: Id) => Expression<SqlBool>;
  /** The same as a set that is read once, where it lies together in its index: better than looking up each row, while it is small. */
  readonly among: (id: Id) => Expression<SqlBool>;
};
type Test = ColumnTest | LinkTest;

/** From what numbers on a list goes another way; tests set them low. */
export type Bounds = {
  /** Of the newest rows so many are looked through before an index is chosen: most lists are full by then. */
  readonly window: number;
  /** A narrower that finds no more than this is quick to sort whole. */
  readonly few: number;
  /** Above this, sorting the whole is tried last. */
  readonly many: number;
};
const BOUNDS: Bounds = { window: 3000, few: 20_000, many: 4000 };

/**
 * The ids of a page of articles, in order. Whatever the filters, no question reads the whole table: first the newest rows are
 * looked through; where they do not fill the page, the filter that is found to be the narrowest leads, by its index, and the others are
 * tested on the index's own columns.
 */
export async function listArticleIds(db: Db, query: ListQuery, bounds = BOUNDS): Promise<string[]> {
  const { window, few, many } = bounds;
  const tests = testsOf(db, query);
  if (tests === undefined) return [];
  const { read } = db;
  const only = tests.length === 1 ? tests[0] : undefined;
  if (only?.link !== undefined) return pageOfLink(read, query, { lead: only, tests, small: new Set() });
  if (tests.length === 0) return pageOfArticles(read, query, { tests, lead: undefined });
  const near = await pageOfArticles(read, query, { tests, lead: undefined, window });
  if (near.length >= query.limit) return near;
  let lead: Test | undefined;
  let fewest = Infinity;
  const small = new Set<Test>();
  for (const test of tests) {
    const most = test.link === undefined && test.costly === true ? few / 2 : few;
    const counted = await countUpTo(read, test, most + 1);
    const found = counted > most ? few + 1 : counted;
    if (found <= few) small.add(test);
    if (found < fewest) [lead, fewest] = [test, found];
    if (fewest === 0) return [];
    if (fewest < 500) break;
  }
  const range = otherRange(query);
  if (fewest > few && range !== undefined) return pageOfRange(read, query, { tests, range });
  // What is linked comes in order: nothing has to be sorted, and what else is linked is tested before any article is looked at. Where
  // nothing is narrow, the first of its many are as good as any.
  if (lead?.link !== undefined) return pageOfLink(read, query, { tests, lead, small });
  const linked = tests.find((test): test is LinkTest => test.link !== undefined);
  if (linked !== undefined && fewest > few) return pageOfLink(read, query, { tests, lead: linked, small });
  const ordered = tests.find((test): test is ColumnTest => test.link === undefined && test.covers === true);
  if (query.sort === 'updated' && ordered !== undefined && lead?.covers !== true && fewest > many) {
    // Many to sort: the newest of what an index has in order may fill the page before that.
    const near = await pageOfArticles(read, query, { tests, lead: ordered, window: 4 * window });
    if (near.length >= query.limit) return near;
  }
  // A common word is no good guide; sorted by publication, only what is few may be sorted by hand.
  if (fewest > few) lead = query.sort === 'published' ? undefined : (ordered ?? lead);
  // Nothing is narrow: the order is walked in growing parts, before a planner that believes so few to be left reads everything.
  if (lead === undefined)
    for (const times of [4, 16]) {
      const near = await pageOfArticles(read, query, { tests, lead, window: times * window });
      if (near.length >= query.limit) return near;
    }
  return pageOfArticles(read, query, { tests, lead });
}

type Way = {
  readonly tests: readonly Test[];
  readonly lead: ColumnTest | undefined;
  readonly window?: number;
};

async function pageOfArticles(db: Reader, query: ListQuery, { tests, lead, window }: Way): Promise<string[]> {
  const column = query.sort === 'updated' ? 'updated_at' : 'first_published_at';
  let rows = db.selectFrom('articles').select(['articles.id', `articles.${column} as at`]);
  for (const part of partOf(query, `articles.${column}`, 'articles.id')) rows = rows.where(part);
  if (window !== undefined) {
    if (lead !== undefined) rows = rows.where((eb) => lead.plain(eb));
    const newest = rows.orderBy(column, 'desc').orderBy('id', 'desc').limit(window).as('newest');
    let chosen = db
      .selectFrom('articles')
      .innerJoin(newest, 'newest.id', 'articles.id')
      .select(['articles.id', 'newest.at']);
    for (const test of tests) chosen = chosen.where(test.hidden('articles.id'));
    const found = await chosen
      .orderBy('newest.at', 'desc')
      .orderBy('articles.id', 'desc')
      .limit(query.limit)
      .execute();
    return found.map((row) => row.id);
  }
  for (const test of tests)
    rows = rows.where((eb) => (test === lead ? lead.plain(eb) : test.hidden('articles.id')));
  const found = await rows.orderBy(column, 'desc').orderBy('id', 'desc').limit(query.limit).execute();
  return found.map((row) => row.id);
}

type Range = readonly [from: string | undefined, to: string | undefined];

/** The range of the time that the list is not sorted by, where one is asked for. */
function otherRange(query: ListQuery): Range | undefined {
  const range: Range =
    query.sort === 'updated'
      ? [query.publishedFrom, query.publishedTo]
      : [query.updatedFrom, query.updatedTo];
  return range[0] === undefined && range[1] === undefined ? undefined : range;
}

/** By the months of a range of the other time. */
function pageOfRange(
  db: Reader,
  query: ListQuery,
  { tests, range }: { readonly tests: readonly Test[]; readonly range: Range },
): Promise<string[]> {
  const [by, within] =
    query.sort === 'updated'
      ? (['updated_at', 'first_published_at'] as const)
      : (['first_published_at', 'updated_at'] as const);
  const newest = async (month: string, above: Placed | undefined): Promise<readonly Placed[]> => {
    let rows = db
      .selectFrom('articles')
      .select(['articles.id', `articles.${by} as at`])
      .where('articles.first_published_at', 'is not', null)
      .where(monthOf(within), '=', month);
    for (const part of partOf(query, `articles.${by}`, 'articles.id')) rows = rows.where(part);
    if (above !== undefined)
      rows = rows.where(
        sql<SqlBool>`(${sql.ref(`articles.${by}`)}, articles.id) > (${above.at}, ${above.id})`,
      );
    for (const test of tests) rows = rows.where(test.hidden('articles.id'));
    const found = await rows.orderBy(by, 'desc').orderBy('id', 'desc').limit(query.limit).execute();
    return found.map(({ id, at }) => ({ id, at: at ?? '' }));
  };
  return pageByMonths(db, { by, within, range, limit: query.limit, newest });
}

/** By the index of what is linked, which is in the order of the list. */
async function pageOfLink(
  db: Reader,
  query: ListQuery,
  {
    lead,
    tests,
    small,
  }: { readonly lead: LinkTest; readonly tests: readonly Test[]; readonly small: ReadonlySet<Test> },
): Promise<string[]> {
  const column = query.sort === 'updated' ? 'links.updated_at' : 'links.published_at';
  let rows = db
    .selectFrom('article_links as links')
    .select(['links.article_id as id', `${column} as at`])
    .where('links.link', '=', lead.link);
  for (const part of partOf(query, column, 'links.article_id')) rows = rows.where(part);
  // Those that only look at links come first, and nobody else's row is read for them.
  for (const test of tests)
    if (test.link !== undefined && test !== lead)
      rows = rows.where(small.has(test) ? test.among('links.article_id') : test.hidden('links.article_id'));
  for (const test of tests)
    if (test.link === undefined && test.ofLink !== undefined) rows = rows.where(test.ofLink(lead.link));
  const more = tests.filter((test) => test.link === undefined && test.ofLink === undefined);
  if (more.length > 0)
    rows = rows.where((eb) => {
      let article = eb
        .selectFrom('articles')
        .select(sql<number>`1`.as('one'))
        .whereRef('articles.id', '=', 'links.article_id');
      for (const test of more) article = article.where(test.hidden('articles.id'));
      // As a value and not as `exists`, which a planner may turn round and begin with all articles.
      return eb(article, '=', 1);
    });
  const found = await rows
    .orderBy(column, 'desc')
    .orderBy('links.article_id', 'desc')
    .limit(query.limit)
    .execute();
  return found.map((row) => row.id);
}

/** Which part of the order is asked for: between the times of the filter, and after the page before. */
function partOf(query: ListQuery, column: string, id: Id): Expression<SqlBool>[] {
  const at = sql.ref(column);
  const parts: Expression<SqlBool>[] = [];
  if (query.sort === 'published') parts.push(sql<SqlBool>`${at} is not null`);
  const [from, to] =
    query.sort === 'updated'
      ? [query.updatedFrom, query.updatedTo]
      : [query.publishedFrom, query.publishedTo];
  if (from !== undefined) parts.push(sql<SqlBool>`${at} >= ${from}`);
  if (to !== undefined) parts.push(sql<SqlBool>`${at} < ${to}`);
  if (query.after !== undefined)
    parts.push(sql<SqlBool>`(${at}, ${sql.ref(id)}) < (${query.after.at}, ${query.after.id})`);
  return parts;
}

async function countUpTo(db: Reader, test: Test, most: number): Promise<number> {
  const some =
    test.link === undefined
      ? db
          .selectFrom('articles')
          .select('id')
          .where((eb) => test.plain(eb))
          .limit(most)
          .as('some')
      : db
          .selectFrom('article_links')
          .select('article_id as id')
          .where('link', '=', test.link)
          .limit(most)
          .as('some');
  const row = await db
    .selectFrom(some)
    .select((eb) => eb.fn.countAll().as('found'))
    .executeTakeFirst();
  return Number(row?.found ?? 0);
}

/** What each filter asks of a row; undefined where one of them asks for what no row can have. */
function testsOf(db: Db, query: ListQuery): Test[] | undefined {
  const tests: Test[] = [];
  const column = (
    name: 'state' | 'kind' | 'language' | 'section_id' | 'desk' | 'assignee' | 'created_by',
    value: string | undefined,
  ): void => {
    if (value === undefined) return;
    tests.push({
      ...(name === 'created_by' ? {} : { covers: true }),
      // The kind is one of two words of ours: as a literal it finds the small index of pages.
      plain: (eb) =>
        name === 'kind'
          ? sql<SqlBool>`articles.kind = ${sql.lit(value)}`
          : eb(`articles.${name}`, '=', value as never),
      hidden: () => sql<SqlBool>`coalesce(${sql.ref(`articles.${name}`)}, '') = ${value}`,
    });
  };
  column('assignee', query.assignee);
  column('created_by', query.createdBy);
  column('desk', query.desk);
  column('section_id', query.section);
  column('state', query.state);
  column('language', query.language);
  column('kind', query.kind);
  for (const [kind, id] of [
    ['author', query.author],
    ['storyline', query.storyline],
    ['concept', query.concept],
  ] as const) {
    if (id === undefined) continue;
    const link = `${kind}:${id}`;
    tests.unshift({
      link,
      hidden: (of) =>
        sql<SqlBool>`(select 1 from article_links as other where other.article_id = ${sql.ref(of)} and other.link = ${link}) = 1`,
      among: (of) =>
        sql<SqlBool>`coalesce(${sql.ref(of)}, '') in (select article_id from article_links where link = ${link})`,
    });
  }
  if (query.q !== undefined) {
    const asked = wordsAsked(query.q);
    if (asked.length === 0) return undefined;
    tests.unshift({
      costly: db.dialect.headlinesCountRows,
      plain: () => db.dialect.headlineHas(asked),
      hidden: () =>
        sql<SqlBool>`${sql.join(
          asked.map((word) => {
            const text = word.endsWith('*') ? `% ${word.slice(0, -1)}%` : `% ${word} %`;
            return sql`' ' || articles.list_words || ' ' like ${text}`;
          }),
          sql` and `,
        )}`,
    });
  }
  const range = (
    name: 'updated_at' | 'first_published_at',
    [from, to]: readonly [string | undefined, string | undefined],
  ): void => {
    if (from === undefined && to === undefined) return;
    const low = from ?? '';
    const high = to ?? '9';
    const time = name === 'updated_at' ? 'other.updated_at' : 'other.published_at';
    tests.push({
      ofLink: (link) =>
        sql<SqlBool>`coalesce(links.article_id, '') in (select other.article_id from article_links as other where other.link = ${link} and ${sql.ref(time)} >= ${low} and ${sql.ref(time)} < ${high})`,
      plain: (eb) => eb.and([eb(`articles.${name}`, '>=', low), eb(`articles.${name}`, '<', high)]),
      hidden: () =>
        sql<SqlBool>`coalesce(${sql.ref(`articles.${name}`)}, '') >= ${low} and coalesce(${sql.ref(`articles.${name}`)}, '9') < ${high}`,
    });
  };
  range(
    query.sort === 'updated' ? 'first_published_at' : 'updated_at',
    otherRange(query) ?? [undefined, undefined],
  );
  return tests;
}

/** Letters and digits only, folded as the index has them: nothing of it is syntax to either database. */
function wordsAsked(text: string): string[] {
  const begun = /([\p{L}\p{N}]+)\*\s*$/u.exec(text)?.[1];
  const whole = [...words(begun === undefined ? text : text.slice(0, text.lastIndexOf(begun)))];
  const asked = whole.map((word) => word.text);
  if (begun !== undefined && fold(begun) !== '') asked.push(`${fold(begun)}*`);
  return [...new Set(asked)].filter((word) => /^[\p{L}\p{N}\p{M}]+\*?$/u.test(word)).slice(0, 12);
}
