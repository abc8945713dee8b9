import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

export type DeskTables = {
  desks: {
    id: Id;
    /** What `articles.desk` names; it never changes. */
    slug: string;
    name: string;
    names: Json<Record<string, string>>;
    description: string;
    position: number;
    /** Only members (and admins) act on its articles. */
    members_only: Flag;
    closed: Flag;
    /** contract/desks's DeskRules: checks, checklist and measures. */
    rules: Json<unknown>;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  desk_members: { desk_id: Id; user_id: Id; part: 'member' | 'lead'; created_at: Instant };
  /** Everything that was done on an article's way, with what was said of it. */
  desk_moves: {
    id: Id;
    article_id: Id;
    action: string;
    from_stage: string;
    to_stage: string;
    desk: string | null;
    revision_number: number;
    assignee: Id | null;
    note: string;
    created_by: Id | null;
    created_at: Instant;
  };
  /** An item of a desk's checklist that somebody has ticked. */
  desk_ticks: {
    article_id: Id;
    item: string;
    revision_number: number;
    created_by: Id;
    created_at: Instant;
  };
  /** Somebody has read this exact revision and stands for it. */
  desk_approvals: {
    article_id: Id;
    revision_number: number;
    created_by: Id;
    note: string;
    created_at: Instant;
  };
  /** What an address answered when it was last asked. */
  link_checks: {
    url: string;
    state: 'waiting' | 'alive' | 'dead' | 'unsure';
    status: number | null;
    detail: string;
    checked_at: Instant | null;
  };
  preview_links: {
    id: Id;
    /** SHA-256 of the token, hex; the token itself is nowhere. */
    token_hash: string;
    kind: 'article' | 'front';
    /** The article, or the layout. */
    target_id: Id;
    revision_number: number | null;
    label: string;
    created_by: Id;
    created_at: Instant;
    expires_at: Instant;
    revoked_at: Instant | null;
    revoked_by: Id | null;
    uses: number;
    last_used_at: Instant | null;
  };
  /** The account of which surfaces a version has reached. */
  receipts: {
    id: Id;
    article_id: Id;
    version_number: number;
    reason: string;
    state: 'waiting' | 'complete' | 'incomplete' | 'overtaken';
    attempts: number;
    created_at: Instant;
    finished_at: Instant | null;
  };
  receipt_surfaces: {
    receipt_id: Id;
    position: number;
    surface: string;
    url: string;
    /** What it must answer: contract/desks's Expectation. */
    expected: Json<unknown>;
    /** Who answered: the public address, or this node's own port. */
    door: 'origin' | 'node' | 'mirror' | null;
    status: number | null;
    digest: string | null;
    bytes: number | null;
    millis: number | null;
    fetched_at: Instant | null;
    reached: Flag;
    detail: string;
  };
  front_layouts: {
    id: Id;
    edition: string;
    /** Counts up by edition as layouts take effect; null before. */
    number: number | null;
    state: 'draft' | 'waiting' | 'live' | 'replaced' | 'cancelled' | 'failed';
    /** contract/front's FrontSlots. */
    slots: Json<unknown>;
    note: string;
    /** The layout it was made from, or restores. */
    made_from: Id | null;
    effective_at: Instant | null;
    took_effect_at: Instant | null;
    created_by: Id | null;
    created_at: Instant;
  };
  /** The layout that stands on each edition's front page. */
  front_current: { edition: string; layout_id: Id; number: number };
  /** Facts of a storyline's timeline that an editor has looked at. */
  timeline_entries: {
    id: Id;
    storyline_id: Id;
    /** Which proposal it answers: of its day and words; null for one that an editor wrote. */
    fact_key: string | null;
    fact_date: string;
    fact_text: string;
    /** The article that says it; its fact is not shown while the article is not. */
    article_id: Id | null;
    state: 'confirmed' | 'hidden';
    position: number;
    updated_by: Id | null;
    created_at: Instant;
    updated_at: Instant;
  };
  /** Folded names and aliases of concepts, and titles of storylines: what a text is matched against. */
  noun_names: { name_key: string; noun: 'concept' | 'storyline'; noun_id: Id };
};
