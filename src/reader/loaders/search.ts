import { tag } from '../../contract/cache-tags.ts';
import type { FilterOption, SearchPage } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { conceptBySlug } from '../../features/concepts/concepts.views.ts';
import { search, type SearchQuestion } from '../../features/search/search.views.ts';
import { activeStorylines, storylineBySlug } from '../../features/storylines/storylines.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { startOfDay } from '../../base/clock.ts';
import { cardMaker } from './cards.ts';
import { htmlAnswer, type House, languageName, pageBase, type ReaderContext, readHouse } from './context.ts';

export const searchKeys = [
  'q',
  'section',
  'storyline',
  'concept',
  'language',
  'from',
  'to',
  'sort',
  'start',
] as const;
export type SearchQuery = { readonly [K in (typeof searchKeys)[number]]?: string };

const PER_PAGE = 20;
const DEEPEST = 1000;

/** The search page: the form, and what was found. It is complete without JavaScript and asks the same index as the API. */
export async function loadSearch(ctx: ReaderContext, query: SearchQuery): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  const text = (query.q ?? '').trim().slice(0, 300);
  const filters = await filtersOf(ctx, house, query);
  const asked = text !== '' || filters.active;
  const outcome: SearchPage['outcome'] = asked
    ? await find(ctx, house, { text, query, filters })
    : { state: 'idle' };
  const params = Object.fromEntries(searchKeys.map((key) => [key, query[key]]));
  return htmlAnswer(
    {
      kind: 'search',
      query: text,
      filters: filters.view,
      outcome,
      ...pageBase(ctx, house, {
        path: paths.search(params),
        title: text === '' ? '' : text,
        canonicalPath: paths.search(),
        robots: 'noindex',
      }),
    },
    { tags: [tag.search, tag.latest] },
  );
}

type Filters = {
  readonly view: SearchPage['filters'];
  readonly ids: NonNullable<SearchQuestion['filters']>;
  /** A filter names something that is not there: nothing can match. */
  readonly impossible: boolean;
  readonly active: boolean;
};

async function filtersOf(ctx: ReaderContext, house: House, query: SearchQuery): Promise<Filters> {
  const section = house.sections.find((known) => known.slug === query.section);
  const storyline =
    query.storyline === undefined ? undefined : await storylineBySlug(ctx.read, query.storyline);
  const concept = query.concept === undefined ? undefined : await conceptBySlug(ctx.read, query.concept);
  const language =
    query.language !== undefined && /^[a-zA-Z-]{2,12}$/.test(query.language) ? query.language : undefined;
  const storylines = await activeStorylines(ctx.read, 20);
  const lines: FilterOption[] = storylines.map((line) => ({
    value: line.slug,
    label: line.title,
    count: line.count,
  }));
  if (storyline !== undefined && !lines.some((line) => line.value === storyline.slug))
    lines.unshift({ value: storyline.slug, label: storyline.title });
  return {
    view: {
      section: {
        value: section?.slug ?? '',
        options: house.sections.map((known) => ({ value: known.slug, label: known.name })),
      },
      storyline: { value: storyline?.slug ?? '', options: lines },
      concept: {
        value: concept?.slug ?? '',
        options: concept === undefined ? [] : [{ value: concept.slug, label: concept.name }],
      },
      language: {
        value: language ?? '',
        options: house.settings.languages.map((lang) => ({ value: lang, label: languageName(lang) })),
      },
      from: dayOrNone(query.from),
      to: dayOrNone(query.to),
    },
    ids: {
      ...(section === undefined ? {} : { section: section.id }),
      ...(storyline === undefined ? {} : { storyline: storyline.id }),
      ...(concept === undefined ? {} : { concept: concept.id }),
      ...(language === undefined ? {} : { language }),
    },
    impossible:
      (query.section !== undefined && section === undefined) ||
      (query.storyline !== undefined && storyline === undefined) ||
      (query.concept !== undefined && concept === undefined),
    active:
      section !== undefined || storyline !== undefined || concept !== undefined || language !== undefined,
  };
}

function dayOrNone(value: string | undefined): string {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : '';
}

async function find(
  ctx: ReaderContext,
  house: House,
  asked: { text: string; query: SearchQuery; filters: Filters },
): Promise<SearchPage['outcome']> {
  const { text, query, filters } = asked;
  const none = { state: 'found' as const, total: 0, results: [], paging: {} };
  if (filters.impossible) return none;
  const { timeZone, languages } = house.settings;
  const offset = /^\d{1,4}$/.test(query.start ?? '') ? Math.min(Number(query.start), DEEPEST) : 0;
  const { from, to } = filters.view;
  const answer = await search(ctx.read, ctx.services.kind, {
    text,
    languages,
    filters: filters.ids,
    ...(from === '' ? {} : { from: startOfDay(from, timeZone) }),
    ...(to === '' ? {} : { before: startOfDay(nextDay(to), timeZone) }),
    sort: query.sort === 'newest' ? 'newest' : 'relevance',
    offset,
    limit: PER_PAGE,
  });
  const card = await cardMaker(
    ctx,
    house,
    answer.results.map((result) => result.story),
  );
  const at = (start: number): string =>
    paths.search({ ...query, start: start === 0 ? undefined : String(start) });
  return {
    state: 'found',
    total: answer.total,
    ...(answer.totalIsFloor ? { totalIsFloor: true } : {}),
    results: answer.results.map((result) => ({
      story: card(result.story),
      headline: result.headline,
      snippet: result.snippet,
    })),
    paging: {
      ...(offset === 0 ? {} : { newer: at(Math.max(0, offset - PER_PAGE)) }),
      ...(answer.nextOffset === undefined ? {} : { older: at(answer.nextOffset) }),
    },
  };
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
