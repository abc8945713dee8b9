import { tag } from '../../contract/cache-tags.ts';
import { paths } from '../../contract/routes.ts';
import { siteIn } from '../../contract/site.ts';
import { listStories, type StoryRow } from '../../features/articles/articles.views.ts';
import { activeStorylines } from '../../features/storylines/storylines.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { breakingSeconds, cardMaker, isBreaking, storylineRef, storyTags } from './cards.ts';
import {
  htmlAnswer,
  langKey,
  languageName,
  pageBase,
  type ReaderContext,
  readHouse,
  sectionLink,
} from './context.ts';
import { itemList } from './jsonld.ts';

const LATEST = 40;
const PER_SECTION = 6;
const STORYLINES = 3;

/** The front page of an edition: what weighs most leads, then the river, the storylines that moved last, and each section. */
export async function loadFront(ctx: ReaderContext, edition?: string): Promise<PageAnswer | undefined> {
  const house = await readHouse(ctx);
  const lang = edition ?? house.settings.languages[0] ?? 'en';
  const settings = siteIn(house.settings, lang);
  if (!settings.languages.includes(lang) || (edition !== undefined && edition === settings.languages[0]))
    return undefined;
  const { stories } = await listStories(ctx.read, { edition: lang }, { limit: LATEST });
  const { lead, top, breaking } = choose(stories, ctx.now);
  const storylines = [];
  for (const storyline of await activeStorylines(ctx.read, STORYLINES * 2)) {
    const { stories: recent } = await listStories(ctx.read, { storyline: storyline.id }, { limit: 4 });
    const own = recent.filter((story) => story.language.split('-')[0] === lang.split('-')[0]);
    if (own.length > 0 && storylines.length < STORYLINES) storylines.push({ storyline, stories: own });
  }
  const sections = [];
  for (const section of house.sections.filter((known) => known.listed)) {
    const list = await listStories(ctx.read, { section: section.id, edition: lang }, { limit: PER_SECTION });
    if (list.stories.length > 0) sections.push({ section, stories: list.stories });
  }
  const all = [
    ...stories,
    ...storylines.flatMap((line) => line.stories),
    ...sections.flatMap((block) => block.stories),
  ];
  const card = await cardMaker(ctx, house, all);
  const shown = new Set([lead?.id, ...top.map((story) => story.id)]);
  const seconds = breakingSeconds(stories, ctx.now);
  const path = paths.front(langKey(lang, settings));
  const river = stories.filter((story) => !shown.has(story.id));
  return htmlAnswer(
    {
      kind: 'front',
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
      }),
    },
    {
      tags: [
        tag.edition(lang),
        tag.latest,
        ...storyTags(all),
        ...storylines.map((line) => tag.storyline(line.storyline.id)),
      ],
      ...(stories[0] === undefined ? {} : { modifiedAt: stories[0].modifiedAt }),
      ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
    },
  );
}

/** The lead is the weightiest of the last day (urgency, a picture, recency); the next ones stand beside it. */
function choose(
  stories: readonly StoryRow[],
  now: string,
): { lead?: StoryRow; top: StoryRow[]; breaking?: StoryRow } {
  const weight = (story: StoryRow): number => {
    const hours = Math.max(0, Date.parse(now) - Date.parse(story.publishedAt)) / 3_600_000;
    const picture = story.digest.picture === undefined ? 0 : 1.5;
    return (10 - story.urgency) * 1.4 + picture - hours / 10;
  };
  const ranked = [...stories].sort((a, b) => weight(b) - weight(a));
  const withPicture = ranked.slice(0, 6).find((story) => story.digest.picture !== undefined);
  const lead = withPicture ?? ranked[0];
  const lines = new Set<string>();
  const top = ranked
    .filter((story) => {
      // One story of a storyline is enough at the top.
      const line = story.digest.storylines[0]?.id;
      if (story === lead) {
        if (line !== undefined) lines.add(line);
        return false;
      }
      if (line !== undefined && lines.has(line)) return false;
      if (line !== undefined) lines.add(line);
      return true;
    })
    .slice(0, 8);
  const breaking = stories.find((story) => story.urgency === 1 && isBreaking(story, now));
  return { ...(lead === undefined ? {} : { lead }), top, ...(breaking === undefined ? {} : { breaking }) };
}
