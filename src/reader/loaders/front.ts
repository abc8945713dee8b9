import { tag } from '../../contract/cache-tags.ts';
import { paths } from '../../contract/routes.ts';
import { siteIn } from '../../contract/site.ts';
import { emptySlots, type FrontSlots } from '../../contract/front.ts';
import { listStories, storiesById, type StoryRow } from '../../features/articles/articles.views.ts';
import type { SectionView } from '../../features/articles/nouns.views.ts';
import { arrange, namedIn } from '../../features/front-pages/front-pages.ts';
import { currentLayout } from '../../features/front-pages/front-pages.views.ts';
import {
  activeStorylines,
  storylinesById,
  type StorylineView,
} from '../../features/storylines/storylines.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { breakingSeconds, cardMaker, isBreaking, storylineRef, storyTags } from './cards.ts';
import {
  type House,
  htmlAnswer,
  langKey,
  languageName,
  pageBase,
  type ReaderContext,
  readHouse,
  sectionLink,
} from './context.ts';
import { itemList } from './jsonld.ts';
import { mostLists } from './most.ts';

const LATEST = 40;
const PER_SECTION = 6;
const STORYLINES = 3;

/**
 * The front page of an edition: what hands have arranged (`slots`: another arrangement than the one that stands, for a preview), then what
 * weighs most, the river, the storylines that moved last, and each section.
 */
export async function loadFront(
  ctx: ReaderContext,
  edition?: string,
  slots?: FrontSlots,
): Promise<PageAnswer | undefined> {
  const house = await readHouse(ctx);
  const lang = edition ?? house.settings.languages[0] ?? 'en';
  const settings = siteIn(house.settings, lang);
  if (!settings.languages.includes(lang) || (edition !== undefined && edition === settings.languages[0]))
    return undefined;
  const preview = slots !== undefined;
  const layout = slots ?? (await currentLayout(ctx.read, lang))?.slots ?? emptySlots;
  const { stories } = await listStories(ctx.read, { edition: lang }, { limit: LATEST });
  const chosen = new Map((await storiesById(ctx.read, namedIn(layout))).map((story) => [story.id, story]));
  const arranged = arrange(stories, { slots: layout, chosen, now: ctx.now });
  const { lead, top } = arranged;
  const breaking = stories.find((story) => story.urgency === 1 && isBreaking(story, ctx.now));
  const storylines = await storylinesOn(ctx, layout, lang);
  const sections = await sectionsOn(ctx, { house, layout, lang, chosen });
  const all = [
    ...stories,
    ...chosen.values(),
    ...storylines.flatMap((line) => line.stories),
    ...sections.flatMap((block) => block.stories),
  ];
  const card = await cardMaker(ctx, house, all);
  const shown = new Set([lead, ...top, ...arranged.pinned].map((story) => story?.id));
  const seconds = sooner(breakingSeconds([...stories, ...chosen.values()], ctx.now), {
    at: firstEnd([arranged.changesAt, ...sections.map((block) => block.changesAt)]),
    now: ctx.now,
  });
  const path = paths.front(langKey(lang, settings));
  const river = [...arranged.pinned, ...stories.filter((story) => !shown.has(story.id))];
  return htmlAnswer(
    {
      kind: 'front',
      most: await mostLists(ctx, { edition: lang }),
      ...(breaking === undefined || breaking === lead
        ? {}
        : { breaking: card(breaking, { picture: false, pageLang: lang }) }),
      ...(lead === undefined ? {} : { lead: card(lead, { pageLang: lang }) }),
      top: top.map((story) => card(story, { pageLang: lang })),
      latest: river.slice(0, 14).map((story) => card(story, { picture: false, pageLang: lang })),
      storylines: storylines.map((line) => ({
        storyline: storylineRef(line.storyline, lang),
        stories: line.stories.map((story) => card(story, { picture: false, pageLang: lang })),
      })),
      sections: sections.map((block) => ({
        name: sectionLink(block.section, lang, settings).label,
        href: sectionLink(block.section, lang, settings).href,
        stories: block.stories.map((story) => card(story, { pageLang: lang })),
      })),
      ...pageBase(ctx, house, {
        path,
        lang,
        title: settings.tagline === '' ? settings.name : settings.tagline,
        description: settings.tagline,
        alternates:
          settings.languages.length < 2
            ? []
            : settings.languages.map((own) => ({ lang: own, path: paths.front(langKey(own, settings)) })),
        jsonLd: [
          {
            '@context': 'https://schema.org',
            '@type': 'WebSite',
            name: settings.name,
            url: ctx.services.origin,
            inLanguage: lang,
          },
          itemList(ctx.services.origin, {
            name: languageName(lang),
            stories: stories.slice(0, 20).map((story) => card(story, { picture: false })),
          }),
        ],
        og: { type: 'website', title: settings.name, description: settings.tagline },
        ...(preview ? { robots: 'noindex, nofollow' as const } : {}),
      }),
    },
    {
      tags: [
        tag.edition(lang),
        tag.front(lang),
        tag.latest,
        tag.mostRead,
        // A story that is not shown now may come back.
        ...namedIn(layout).map(tag.article),
        ...storyTags(all),
        ...storylines.map((line) => tag.storyline(line.storyline.id)),
      ],
      ...(stories[0] === undefined ? {} : { modifiedAt: stories[0].modifiedAt }),
      ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
    },
  );
}

/** The storylines beside the river: those that an editor has chosen, else those that moved last; only with stories of the edition. */
async function storylinesOn(
  ctx: ReaderContext,
  layout: FrontSlots,
  lang: string,
): Promise<{ storyline: StorylineView; stories: StoryRow[] }[]> {
  const byId = await storylinesById(ctx.read, layout.storylines);
  const chosen = layout.storylines.flatMap((id) => byId.get(id) ?? []);
  const moved = await activeStorylines(ctx.read, STORYLINES * 2);
  const wanted = [...chosen, ...moved.filter((line) => !chosen.some((own) => own.id === line.id))];
  const limit = Math.max(STORYLINES, chosen.length);
  const found: { storyline: StorylineView; stories: StoryRow[] }[] = [];
  for (const storyline of wanted) {
    if (found.length >= limit) break;
    const { stories } = await listStories(ctx.read, { storyline: storyline.id }, { limit: 4 });
    const own = stories.filter((story) => story.language.split('-')[0] === lang.split('-')[0]);
    if (own.length > 0) found.push({ storyline, stories: own });
  }
  return found;
}

type SectionBlock = { section: SectionView; stories: StoryRow[]; changesAt?: string };

/** The sections in the arrangement's order, then the others in the site's; places that no hand has filled take the newest. */
async function sectionsOn(
  ctx: ReaderContext,
  on: { house: House; layout: FrontSlots; lang: string; chosen: ReadonlyMap<string, StoryRow> },
): Promise<SectionBlock[]> {
  const { layout, lang, chosen } = on;
  const listed = on.house.sections.filter((known) => known.listed);
  const placed = layout.sections.flatMap((arranged) => {
    const section = listed.find((known) => known.id === arranged.section);
    return section === undefined ? [] : [{ section, arranged }];
  });
  const rest = listed
    .filter((section) => !placed.some((known) => known.section.id === section.id))
    .map((section) => ({ section, arranged: undefined }));
  const blocks: SectionBlock[] = [];
  for (const { section, arranged } of [...placed, ...rest]) {
    if (arranged?.shown === false) continue;
    const list = await listStories(ctx.read, { section: section.id, edition: lang }, { limit: PER_SECTION });
    const ends: string[] = [];
    const places = (arranged?.stories ?? []).map((slot) => {
      const until = slot?.until === undefined ? undefined : new Date(slot.until).toISOString();
      if (slot === null || (until !== undefined && until <= ctx.now)) return undefined;
      const story = chosen.get(slot.article);
      if (story !== undefined && until !== undefined) ends.push(until);
      return story;
    });
    const byHand = new Set(places.map((story) => story?.id));
    const newest = list.stories.filter((story) => !byHand.has(story.id));
    const stories = Array.from({ length: PER_SECTION }, (_, i) => places[i] ?? newest.shift()).filter(
      (story) => story !== undefined,
    );
    const [changesAt] = ends.sort();
    if (stories.length > 0)
      blocks.push({ section, stories, ...(changesAt === undefined ? {} : { changesAt }) });
  }
  return blocks;
}

const firstEnd = (ends: readonly (string | undefined)[]): string | undefined =>
  ends.filter((end) => end !== undefined).sort()[0];

/** The shorter of two times to live; undefined when neither ends. */
function sooner(
  seconds: number | undefined,
  { at, now }: { at: string | undefined; now: string },
): number | undefined {
  if (at === undefined) return seconds;
  const left = Math.max(1, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000));
  return seconds === undefined ? left : Math.min(seconds, left);
}
