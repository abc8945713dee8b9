import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

/** contract/comments' CommentState. */
type CommentState = 'visible' | 'held' | 'rejected' | 'removed' | 'deleted';

export type DiscussionTables = {
  /** One row an article that has been discussed or set up to be. Counts move in the transaction of the comment that moves them. */
  discussion_threads: {
    article_id: Id;
    /** What a moderator set by hand, against the rules: null leaves it to them. */
    hand: 'open' | 'closed' | null;
    /** Every comment is held first. */
    premoderated: Generated<Flag>;
    /** Seconds that one person must leave between two comments; 0 for none. */
    slow_seconds: Generated<number>;
    /** The number of the newest comment. */
    comment_seq: Generated<number>;
    visible_count: Generated<number>;
    held_count: Generated<number>;
    rejected_count: Generated<number>;
    removed_count: Generated<number>;
    deleted_count: Generated<number>;
    featured_count: Generated<number>;
    /** When the newest visible comment was written. */
    last_comment_at: Instant | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  comments: {
    id: Id;
    article_id: Id;
    /** 1, 2, 3 … in the order of arrival within a discussion. */
    comment_number: number;
    /** The comment that it answers. */
    parent_id: Id | null;
    root_id: Id;
    /** The comment under which it stands: the parent, or an ancestor where answers nest deeper than pages show. */
    anchor_id: Id | null;
    /** How many comments it answers, one through the other. */
    depth: number;
    /** How deep it stands on a page: 0 to the set depth. */
    level: number;
    /** The order of the whole tree: the anchor's path and 14 characters of time and number. */
    path: string;
    user_id: Id | null;
    /** As it was when written; a person's page name is that of the account. Empty when the person is gone. */
    author_name: string;
    guest_email: string | null;
    author_url: string | null;
    mark: 'staff' | 'author' | null;
    /** Of an imported comment. */
    origin: string | null;
    external_id: string | null;
    /** SHA-256 of the author and the key of the request: a retry finds the first comment by it. */
    post_key: string | null;
    /** contract/comment-doc's CommentDoc. */
    body: Json<unknown>;
    /** As typed: what an edit begins with. */
    source: string;
    language: string | null;
    /** The first words, for quotes and lists. */
    excerpt: string;
    state: CommentState;
    /** contract/comments' Verdict of the decision that holds now; null where nobody had to decide. */
    verdict: Json<unknown> | null;
    /** Stands on pages: it is visible, or a gap above visible answers. */
    listed: Flag;
    featured_at: Instant | null;
    up_count: Generated<number>;
    down_count: Generated<number>;
    insight_count: Generated<number>;
    thanks_count: Generated<number>;
    /** Lower bound of the share of approval, in millionths. */
    score: number;
    /** Visible comments that stand below it. */
    descendants: Generated<number>;
    edit_count: Generated<number>;
    edited_at: Instant | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** What a comment said before each edit. */
  comment_edits: {
    comment_id: Id;
    edit_number: number;
    body: Json<unknown>;
    source: string;
    edited_at: Instant;
    edited_by: Id | null;
  };
  comment_reactions: { comment_id: Id; user_id: Id; kind: string; created_at: Instant };
  discussion_people: {
    article_id: Id;
    user_id: Id;
    name: string;
    /** Folded, for look-ups. */
    name_key: string;
    comment_count: number;
    last_at: Instant;
  };
  comment_mentions: { comment_id: Id; user_id: Id };
  discussion_ignores: { user_id: Id; ignored_id: Id; created_at: Instant };
  discussion_follows: { user_id: Id; article_id: Id; created_at: Instant; told_at: Instant | null };
  comment_drafts: {
    /** SHA-256 of the word in the address. */
    id: string;
    article_id: Id;
    parent_id: Id | null;
    source: string;
    created_at: Instant;
    expires_at: Instant;
  };
  discussion_notice_choices: { user_id: Id; kind: string; wanted: Flag; updated_at: Instant };
};
