import {
  ACCOUNT_CHANGED,
  type AccountChanged,
  COMMENT_CHANGED,
  COMMENT_PUBLISHED,
  COMMENT_REACTED,
  DISCUSSION_CHANGED,
  type NounChanged,
  NOUN_CHANGED,
  RADIO_CHANGED,
  RADIO_ON_AIR,
  RECORD_ERASED,
  type RecordErased,
} from './events.ts';

/** What a cached page depends on. A page carries the tags of everything it shows; a change bumps the tags of what it touched. */
export const tag = {
  /** Name, sections, languages: on every page. */
  site: 'site',
  /** Anything listed on a front page of an edition. */
  edition: (language: string) => `edition:${language}`,
  article: (id: string) => `article:${id}`,
  translations: (group: string) => `translations:${group}`,
  /** How the front page of an edition is arranged by hand. */
  front: (edition: string) => `front:${edition}`,
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
  /** What is on the air and when what comes: the radio's own pages, and no others. */
  radio: 'radio',
  /** Programmes, episodes and their feeds. */
  podcasts: 'podcasts',
  /** The lists of what is most read and discussed: looked at once a minute, bumped when they differ. */
  mostRead: 'most-read',
  /** The set of static pages in the footer. */
  pages: 'pages',
  /** The comments of an article: on its own page, on the pages of its discussion. */
  discussion: (articleId: string) => `discussion:${articleId}`,
  /** A person whose name a page shows: who wrote a comment, or wrote what one answers. */
  person: (userId: string) => `person:${userId}`,
  /** How many comments an article has: on cards and in feeds. */
  commentCount: (articleId: string) => `comment-count:${articleId}`,
} as const;

/** The tags that a change of a noun bumps. */
export function tagsOfNoun({ noun, id }: NounChanged): string[] {
  if (noun === 'section' || noun === 'site') return [tag.site, tag.section(id)];
  if (noun === 'source' || noun === 'redirect') return noun === 'redirect' ? [`path:${id}`] : [tag.site];
  return [`${noun}:${id}`];
}

/** What `article.published` carries of what it touched. */
type Touched = {
  readonly articleId: string;
  readonly path: string;
  readonly formerPath?: string;
  readonly sections: readonly string[];
  readonly storylines: readonly string[];
  readonly concepts: readonly string[];
  readonly authors: readonly string[];
  readonly days: readonly string[];
  readonly editions: readonly string[];
  readonly translationGroup: string;
};

const DISCUSSED: ReadonlySet<string> = new Set([
  COMMENT_PUBLISHED,
  COMMENT_CHANGED,
  COMMENT_REACTED,
  DISCUSSION_CHANGED,
]);

/** Whether many bumps of this tag may be one: under a flood of comments pages follow at a steady pace. */
export function isCoalesced(name: string): boolean {
  return ['discussion:', 'comment-count:', 'person:'].some((start) => name.startsWith(start));
}

/** The tags that an event of the outbox bumps. */
export function tagsOfEvent(event: {
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
}): string[] {
  if (event.topic === NOUN_CHANGED) return tagsOfNoun(event.payload as NounChanged);
  if (event.topic === 'related.changed') return (event.payload['articles'] as string[]).map(tag.article);
  if (event.topic === ACCOUNT_CHANGED) return [tag.person((event.payload as AccountChanged).userId)];
  if (event.topic === RECORD_ERASED)
    return [tag.article((event.payload as RecordErased).articleId), tag.record];
  if (DISCUSSED.has(event.topic)) {
    const articleId = event.payload['articleId'] as string;
    return event.topic === COMMENT_REACTED
      ? [tag.discussion(articleId)]
      : [tag.discussion(articleId), tag.commentCount(articleId)];
  }
  if (event.topic === RADIO_ON_AIR) return [tag.radio];
  if (event.topic === RADIO_CHANGED) return [tag.radio, tag.podcasts];
  if (event.topic !== 'article.published') return [];
  const touched = event.payload as Touched;
  return [
    tag.article(touched.articleId),
    `path:${touched.path}`,
    ...(touched.formerPath === undefined ? [] : [`path:${touched.formerPath}`]),
    ...touched.sections.map(tag.section),
    ...touched.storylines.map(tag.storyline),
    ...touched.concepts.map(tag.concept),
    ...touched.authors.map(tag.author),
    ...touched.days.map(tag.day),
    ...touched.editions.map(tag.edition),
    tag.translations(touched.translationGroup),
    tag.latest,
    tag.search,
    tag.record,
    tag.pages,
  ];
}
