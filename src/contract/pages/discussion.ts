import type { Instant } from '../../base/clock.ts';
import type { CommentDoc } from '../comment-doc.ts';
import type { ClosedBecause, NoticeKind, ReactionKind, SortOrder } from '../comments.ts';
import type { PageBase } from './chrome.ts';

/** A comment as a page shows it: a gap has no author and no body. */
export type CommentView = {
  id: string;
  /** The comment's own address. */
  href: string;
  /** How deep it stands, from 0. */
  level: number;
  /** Why nothing is shown in its place, where answers stand below it. */
  gap?: 'removed' | 'deleted' | 'held';
  author?: {
    /** Absent of guests, of imported comments and of people who are gone. */
    id?: string;
    name: string;
    mark?: 'staff' | 'author' | 'guest' | 'imported';
    /** The address of their picture. */
    picture?: string;
  };
  at: Instant;
  edited?: { at: Instant; href: string };
  lang?: string;
  body?: CommentDoc;
  /** What it answers, where that is not the comment that it stands under; `by` is the id of who wrote that. */
  quotes?: { by?: string; name: string; excerpt: string; href: string };
  reactions: Readonly<Record<ReactionKind, number>>;
  featured?: true;
  /** Visible comments that stand below it. */
  answers: number;
};

export type ThreadView = {
  top: CommentView;
  replies: readonly CommentView[];
  /** Answers that this page leaves out after the last it shows. */
  more?: { count: number; href: string };
};

export type DiscussionView = {
  articleId: string;
  /** Of visible comments. */
  count: number;
  closed?: ClosedBecause;
  sort: SortOrder;
  /** On the first page. */
  featured: readonly CommentView[];
  threads: readonly ThreadView[];
  /** The next page in this order. */
  next?: string;
  /** The first page, on every other. */
  first?: string;
  /** Of one thread: the page on which it begins. */
  earlier?: string;
  /** The page with the form to write. */
  writeHref: string;
  /** The discussion's own first page. */
  href: string;
  feedHref: string;
  followHref: string;
  facebookHref?: string;
  slowSeconds?: number;
};

/** A further page of a discussion, a thread of it, or a comment in its thread. */
export type DiscussionPage = PageBase & {
  kind: 'discussion';
  story: { headline: string; href: string };
  discussion: DiscussionView;
  /** One thread is shown, whole. */
  single: boolean;
  /** The comment that the address names. */
  focus?: string;
};

/** What a comment said before each edit, newest first. */
export type CommentHistoryPage = PageBase & {
  kind: 'comment-history';
  story: { headline: string; href: string };
  comment: CommentView;
  before: readonly { at: Instant; body: CommentDoc }[];
};

/** A form of the discussion that works without JavaScript, or what came of it. Never cached. */
export type DiscussionForm =
  | {
      do: 'write';
      action: string;
      text: string;
      /** What was wrong with what was sent. */
      fault?: string;
      /** What it answers. */
      parent?: CommentView;
      /** The same for every attempt to send this text. */
      key: string;
      me?: string;
      guest?: { name: string; email: string };
      facebookHref?: string;
    }
  | { do: 'edit'; action: string; text: string; fault?: string; until: Instant }
  | { do: 'delete'; action: string; comment: CommentView }
  | { do: 'ignore'; action: string; name: string; on: boolean }
  | { do: 'follow'; action: string; on: boolean }
  | {
      do: 'said';
      said: 'posted' | 'held' | 'rejected' | 'removed' | 'saved';
      reason?: string;
      message?: string;
      standard?: string;
      body?: CommentDoc;
      href?: string;
      editHref?: string;
    }
  | {
      do: 'notices';
      action: string;
      choices: readonly { kind: NoticeKind; wanted: boolean }[];
      saved: boolean;
    }
  | { do: 'stop'; action: string; kind: NoticeKind; stopped: boolean };

export type DiscussionFormPage = PageBase & {
  kind: 'discussion-form';
  story?: { headline: string; href: string };
  form: DiscussionForm;
};
