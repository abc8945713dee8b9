/** Something found on the page: its value, how sure we are (0 to 1), the lines it was read from (from 1), and why. */
export type Found<T> = {
  readonly value: T;
  readonly confidence: number;
  readonly lines: readonly number[];
  readonly why: string;
};

/** A day as far as a text states it: `21 January` has no year, `January 2015` no day. */
export type PartialDate = { readonly year?: number; readonly month?: number; readonly day?: number };

/** The words that open a story, verbatim, and what they mean. `date` and `source` are as printed. */
export type PageDateline = {
  readonly text: string;
  readonly place: string | null;
  readonly date: string | null;
  readonly source: string | null;
  readonly parts: PartialDate;
};

export type PageCredit = {
  readonly credit: string;
  readonly agency: string | null;
  readonly photographer: string | null;
};

export type PageStoryline = { readonly title: string; readonly count: number | null };

export type ConceptKind = 'person' | 'place' | 'organisation' | 'topic';

export type PageConcept = { readonly name: string; readonly kind: ConceptKind };

/** Why a line is in no field. */
export type DropReason =
  | 'clock'
  | 'menu'
  | 'breadcrumb'
  | 'title'
  | 'share'
  | 'counter label'
  | 'advert'
  | 'duplicate'
  | 'comment prompt'
  | 'comment'
  | 'cookie notice'
  | 'newsletter'
  | 'copyright'
  | 'read more'
  | 'label'
  | 'live'
  | 'account'
  | 'picture'
  | 'video'
  | 'kicker'
  | 'role'
  | 'sign-off'
  | 'reading time'
  | 'date'
  | 'other headline'
  | 'other story'
  | 'list number'
  | 'footer'
  | 'invisible'
  | 'unrecognised';

export type Dropped = { readonly line: number; readonly text: string; readonly reason: DropReason };

/** What an old article page says. Every non-empty line is in a found thing's `lines` or in `dropped`, never in both. */
export type PageRecognition = {
  readonly headline: Found<string> | null;
  readonly dateline: Found<PageDateline> | null;
  /** UTC instant, local date-time when the page states no zone, or a plain date. */
  readonly published: Found<string> | null;
  readonly modified: Found<string> | null;
  readonly lede: Found<string> | null;
  readonly body: Found<readonly string[]>;
  readonly caption: Found<string> | null;
  readonly credit: Found<PageCredit> | null;
  readonly storyline: Found<PageStoryline> | null;
  readonly related: Found<readonly string[]> | null;
  readonly concepts: Found<readonly PageConcept[]> | null;
  readonly comments: Found<number> | null;
  readonly views: Found<number> | null;
  readonly bylines: Found<readonly string[]> | null;
  readonly language: Found<string> | null;
  /** Whose story it is: the source in the dateline, or else the house. */
  readonly source: Found<string> | null;
  /** The house whose page this is, where the page says so. */
  readonly house: Found<string> | null;
  readonly dropped: readonly Dropped[];
};

export type RecogniseOptions = { readonly url?: string; readonly crawledAt?: string };
