import type { NounChanged } from './events.ts';

/** What a cached page depends on. A page carries the tags of everything it shows; a change bumps the tags of what it touched. */
export const tag = {
  /** Name, sections, languages: on every page. */
  site: 'site',
  /** Anything listed on a front page of an edition. */
  edition: (language: string) => `edition:${language}`,
  article: (id: string) => `article:${id}`,
  translations: (group: string) => `translations:${group}`,
  storyline: (id: string) => `storyline:${id}`,
  section: (id: string) => `section:${id}`,
  concept: (id: string) => `concept:${id}`,
  author: (id: string) => `author:${id}`,
  day: (day: string) => `day:${day}`,
  asset: (id: string) => `asset:${id}`,
  /** Any list of newest stories: feeds, sitemaps, archive neighbours. */
  latest: 'latest',
  /** Every search answer: any publish may change it. */
  search: 'search',
  record: 'record',
  /** The set of static pages in the footer. */
  pages: 'pages',
} as const;

/** The tags that a change of a noun bumps. */
export function tagsOfNoun({ noun, id }: NounChanged): string[] {
  if (noun === 'section' || noun === 'site') return [tag.site, tag.section(id)];
  if (noun === 'source' || noun === 'redirect') return noun === 'redirect' ? [`path:${id}`] : [tag.site];
  return [`${noun}:${id}`];
}
