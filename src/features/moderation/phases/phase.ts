import type { DomainRule, Finding, ModerationSettings, PhaseName } from '../../../contract/moderation.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Link } from '../text/links.ts';
import type { Matcher } from '../text/match.ts';

/** Who wrote it, as far as phases care. */
export type Author = {
  readonly kind: 'guest' | 'reader' | 'staff';
  /** When the account was made; undefined for guests. */
  readonly since: Instant | undefined;
  /** Comments that stood or stand, decided by a person or let pass. */
  readonly approved: number;
  readonly sanction:
    | {
        readonly kind: 'ban' | 'suspension';
        readonly until: Instant | null;
        readonly standard: string | null;
      }
    | undefined;
};

/** What the site knows of the moment: gathered before the phases, so that they are plain functions. */
export type Recent = {
  /** Comments of the same person, this one not counted. */
  readonly lastMinute: number;
  readonly lastHour: number;
  /** Of the same person under the same article. */
  readonly lastHere: Instant | undefined;
  /** The same text, within the hours of `repeats`. */
  readonly sameByAuthor: boolean;
  readonly sameByOthers: number;
  /** The nearest other text: percent of shared shingles. */
  readonly near: { readonly percent: number; readonly byAuthor: boolean } | undefined;
};

/** What the classifier says of the text; undefined where it has not earned its place. */
export type Learned = { readonly percent: number; readonly because: readonly string[] };

export type Subject = {
  readonly text: string;
  readonly language: string;
  readonly words: number;
  readonly links: readonly Link[];
  readonly author: Author;
  readonly recent: Recent;
  readonly learned: Learned | undefined;
  readonly now: Instant;
};

/** The rules people wrote, made ready. */
export type Rulebook = { readonly words: Matcher; readonly domains: readonly DomainRule[] };

export type PhaseContext = { readonly settings: ModerationSettings; readonly rules: Rulebook };

/** One look at a comment. Undefined lets it pass on to the next. */
export type Phase = {
  readonly name: PhaseName;
  readonly look: (subject: Subject, context: PhaseContext) => Finding | undefined;
};
