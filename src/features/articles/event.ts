import { dayIn } from '../../base/clock.ts';
import type { SiteSettings } from '../../contract/site.ts';
import type { ArticlePublished, PublishedChange } from './articles.events.ts';
import { authorsOf } from './counts.store.ts';
import { editionOf, type PreparedVersion, stateOf } from './version.ts';

/** What a version changes for readers: the public state before it and the one after. */
export function changeOf(
  { version, visibility, before }: PreparedVersion,
  site: SiteSettings,
): PublishedChange {
  return {
    articleId: version.article,
    reason: version.reason,
    before: before === undefined ? undefined : stateOf(before),
    after: {
      visibility,
      publishedAt: version.firstPublishedAt,
      day: dayIn(version.firstPublishedAt, site.timeZone),
      version,
    },
  };
}

/** The event of a version: every list, page and day that it touches, before and after. */
export function eventOf(
  { version, before, row }: PreparedVersion,
  change: PublishedChange | undefined,
  languages: readonly string[],
): ArticlePublished {
  const states = [change?.before, change?.after].filter((state) => state !== undefined);
  const unique = (ids: readonly (string | undefined)[]): string[] =>
    [...new Set(ids)].filter((id) => id !== undefined);
  return {
    articleId: version.article,
    version: version.version,
    reason: version.reason,
    path: version.path,
    ...(before === undefined || before.path === version.path ? {} : { formerPath: before.path }),
    sections: unique(states.map((state) => state.version.section?.id)),
    storylines: unique(states.flatMap((state) => state.version.storylines.map((storyline) => storyline.id))),
    concepts: unique(states.flatMap((state) => state.version.concepts.map((concept) => concept.id))),
    authors: unique(states.flatMap((state) => [...authorsOf(state)])),
    days: unique(states.map((state) => state.day)),
    editions: unique(states.map((state) => editionOf(state.version.language, languages))),
    translationGroup: row.translation_group,
  };
}
