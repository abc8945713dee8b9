import type { Direction, Link, PageBase } from './chrome.ts';
import type { ConceptKind } from './article.ts';
import type { Paging, Picture, StoryCard, StorylineRef } from './story.ts';

/** What is most read and discussed, by period; the fullest first. */
export type MostLists = readonly {
  period: 'hour' | 'day' | 'week';
  read: readonly { headline: string; href: string; lang: string; dir: Direction }[];
  discussed: readonly { headline: string; href: string; lang: string; dir: Direction }[];
}[];

export type FrontPage = PageBase & {
  most?: MostLists;
  kind: 'front';
  /** A strip above everything, in the accent. */
  breaking?: StoryCard;
  lead?: StoryCard;
  /** Next in weight: two to eight; the first three stand beside the lead. */
  top: readonly StoryCard[];
  /** The river: newest first. */
  latest: readonly StoryCard[];
  storylines: readonly { storyline: StorylineRef; stories: readonly StoryCard[] }[];
  sections: readonly { name: string; href: string; stories: readonly StoryCard[] }[];
};

export type SectionPage = PageBase & {
  most?: MostLists;
  kind: 'section';
  name: string;
  intro?: string;
  /** On the first page the first story leads. */
  firstPage: boolean;
  stories: readonly StoryCard[];
  storylines: readonly StorylineRef[];
  paging: Paging;
};

/** A fact with its day: `2014-12-31`, `2014-12` or `2014`. */
export type TimelineEntry = { date: string; text: string; href?: string; kind?: 'fact' | 'version' };

export type StorylinePage = PageBase & {
  kind: 'storyline';
  id: string;
  storyline: StorylineRef;
  intro?: string;
  picture?: Picture;
  /** Oldest and newest day of its articles, `2014-03-06`. */
  since?: string;
  until?: string;
  timeline: readonly TimelineEntry[];
  stories: readonly StoryCard[];
  firstPage: boolean;
  paging: Paging;
};

export type TagPage = PageBase & {
  kind: 'tag';
  concept: { name: string; kind: ConceptKind; description?: string; count: number };
  /** Concepts that often stand beside this one. */
  beside: readonly Link[];
  stories: readonly StoryCard[];
  paging: Paging;
};

export type AuthorPage = PageBase & {
  kind: 'author';
  author: {
    name: string;
    role?: string;
    bio?: string;
    portrait?: Picture;
    count: number;
    links: readonly Link[];
  };
  stories: readonly StoryCard[];
  paging: Paging;
};

export type CalendarDay = { day: number; count: number; href?: string };

export type ArchiveDayPage = PageBase & {
  kind: 'archive-day';
  /** `2015-01-21` in the site's zone. */
  date: string;
  previousDay?: string;
  nextDay?: string;
  calendar: {
    /** `2015-01` */
    month: string;
    days: readonly CalendarDay[];
    previousMonth?: string;
    nextMonth?: string;
  };
  stories: readonly StoryCard[];
};

export type FilterOption = { value: string; label: string; count?: number };

/** A run of a result's text; marked where it matches. */
export type Snippet = readonly { text: string; marked?: boolean }[];

export type SearchPage = PageBase & {
  kind: 'search';
  query: string;
  filters: {
    section: { value: string; options: readonly FilterOption[] };
    storyline: { value: string; options: readonly FilterOption[] };
    concept: { value: string; options: readonly FilterOption[] };
    language: { value: string; options: readonly FilterOption[] };
    /** `2015-01-21`, or empty */
    from: string;
    to: string;
  };
  /** `idle`: nothing asked yet. `failed`: the index did not answer. */
  outcome:
    | { state: 'idle' }
    | { state: 'failed' }
    | {
        state: 'found';
        total: number;
        /** The count stops there: "more than". */
        totalIsFloor?: boolean;
        results: readonly { story: StoryCard; headline: Snippet; snippet: Snippet }[];
        suggestion?: Link;
        paging: Paging;
      };
};
