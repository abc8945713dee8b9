import { directionOf } from '../../base/text.ts';
import { tag } from '../../contract/cache-tags.ts';
import type { Picture, StoryCard, StorylineRef } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import type { StoryRow } from '../../features/articles/articles.views.ts';
import { commentCounts } from '../../features/discussion/discussion.views.ts';
import { picturesOf } from '../../features/media/media.views.ts';
import { type StorylineView, storylinesById } from '../../features/storylines/storylines.views.ts';
import { editionFor, type House, type ReaderContext, sectionLink } from './context.ts';

/** For how long urgency 1 and 2 are drawn as breaking. */
export const BREAKING_MS = 6 * 3600_000;

export function isBreaking(story: { urgency: number; publishedAt: string }, now: string): boolean {
  return story.urgency <= 2 && Date.parse(now) - Date.parse(story.publishedAt) < BREAKING_MS;
}

/** Seconds until the first of the stories stops being breaking; undefined when none is. */
export function breakingSeconds(
  stories: readonly { urgency: number; publishedAt: string }[],
  now: string,
): number | undefined {
  const left = stories
    .filter((story) => isBreaking(story, now))
    .map((story) => Date.parse(story.publishedAt) + BREAKING_MS - Date.parse(now));
  return left.length === 0 ? undefined : Math.max(1, Math.ceil(Math.min(...left) / 1000));
}

export function storylineRef(storyline: StorylineView, lang?: string): StorylineRef {
  return {
    id: storyline.id,
    name: storyline.titles[lang ?? storyline.language] ?? storyline.title,
    href: paths.storyline(storyline.slug),
    count: storyline.count,
    ...(storyline.closed ? { closed: true } : {}),
  };
}

/** Everything that turns stories into cards: four queries for any number of them. */
export type CardMaker = (story: StoryRow, options?: { picture?: boolean; pageLang?: string }) => StoryCard;

export async function cardMaker(
  ctx: ReaderContext,
  house: House,
  stories: readonly StoryRow[],
): Promise<CardMaker> {
  const storylineIds = stories.flatMap((story) =>
    story.digest.storylines.slice(0, 1).map((storyline) => storyline.id),
  );
  const storylines = await storylinesById(ctx.read, [...new Set(storylineIds)]);
  const pictures = await picturesOf(
    ctx.read,
    stories.flatMap((story) => (story.digest.picture === undefined ? [] : [story.digest.picture.asset])),
    { now: ctx.now, shape: 'card' },
  );
  const comments = await commentCounts(
    ctx.read,
    stories.map((story) => story.id),
  );
  const sections = new Map(house.sections.map((section) => [section.id, section]));
  return (story, options = {}) => {
    const section = sections.get(story.digest.section?.id ?? '');
    const storyline = storylines.get(story.digest.storylines[0]?.id ?? '');
    const digestPicture = options.picture === false ? undefined : story.digest.picture;
    const picture =
      digestPicture === undefined ? undefined : captioned(pictures.get(digestPicture.asset), digestPicture);
    const pageLang = options.pageLang ?? house.settings.languages[0] ?? 'en';
    const foreign = story.language !== pageLang;
    return {
      id: story.id,
      href: story.path,
      headline: story.headline,
      ...(story.lede === '' ? {} : { lede: story.lede }),
      ...(foreign ? { lang: story.language, dir: directionOf(story.language) } : {}),
      ...(section === undefined
        ? {}
        : {
            section: sectionLink(
              section,
              editionFor(story.language, house.settings.languages),
              house.settings,
            ),
          }),
      ...(storyline === undefined ? {} : { storyline: storylineRef(storyline, story.language) }),
      publishedAt: story.publishedAt,
      ...(story.versionNumber > 1 ? { updatedAt: story.modifiedAt } : {}),
      ...(isBreaking(story, ctx.now)
        ? { state: 'breaking' as const }
        : story.digest.reason === 'correction'
          ? { state: 'corrected' as const }
          : {}),
      ...(picture === undefined ? {} : { picture }),
      bylines: story.digest.bylines,
      ...(comments.has(story.id) ? { comments: comments.get(story.id) ?? 0 } : {}),
    };
  };
}

/** A picture with the words that the article gives it; the asset's own where it gives none. */
export function captioned(
  picture: Picture | undefined,
  said: { caption?: string | undefined; credit?: string | undefined; alt?: string | undefined },
): Picture | undefined {
  if (picture === undefined) return undefined;
  const { caption: _caption, credit: _credit, ...bare } = picture;
  const caption = said.caption === undefined || said.caption === '' ? picture.caption : said.caption;
  const credit = said.credit === undefined || said.credit === '' ? picture.credit : said.credit;
  return {
    ...bare,
    alt: said.alt === undefined || said.alt === '' ? picture.alt : said.alt,
    ...(caption === undefined ? {} : { caption }),
    ...(credit === undefined ? {} : { credit }),
  };
}

/** The tags of pages that show these stories. */
export function storyTags(stories: readonly StoryRow[]): string[] {
  return stories.flatMap((story) => [
    tag.article(story.id),
    tag.commentCount(story.id),
    ...(story.digest.picture === undefined ? [] : [tag.asset(story.digest.picture.asset)]),
    ...story.digest.storylines.slice(0, 1).map((storyline) => tag.storyline(storyline.id)),
  ]);
}
