import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

export type ArticleState = 'draft' | 'desk' | 'ready' | 'scheduled' | 'published' | 'killed' | 'taken_down';

export type ArticleTables = {
  sections: {
    id: Id;
    slug: string;
    name: string;
    names: Json<Record<string, string>>;
    description: string;
    position: number;
    /** Shown in the site's menu. */
    listed: Flag;
    article_count: Generated<number>;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  authors: {
    id: Id;
    slug: string;
    name: string;
    names: Json<Record<string, string>>;
    bio: string;
    role_title: string;
    email: string | null;
    user_id: Id | null;
    guest: Flag;
    asset_id: Id | null;
    article_count: Generated<number>;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  sources: {
    id: Id;
    code: string;
    name: string;
    url: string | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** One row an article, its working state. What readers see is in `published_articles`. */
  articles: {
    id: Id;
    kind: 'article' | 'page';
    state: ArticleState;
    language: string;
    /** Articles that are translations of one another share it. */
    translation_group: Id;
    section_id: Id | null;
    /** Of the latest revision; for lists in the newsroom. */
    headline: string;
    revision_number: number;
    version_number: number;
    /** The public path, given at first publish and kept; null before. */
    path: string | null;
    first_published_at: Instant | null;
    embargo_at: Instant | null;
    /** The slug of the desk it lies on. */
    desk: string | null;
    external_id: string | null;
    /** Where the work on the next version of a published article stands; null: nowhere yet. Before the first, `state` says it. */
    stage: 'draft' | 'desk' | 'ready' | 'scheduled' | null;
    /** Whose hands it is in. */
    assignee: Id | null;
    /** The folded words of the headline, each once, between spaces: lists are narrowed by them. */
    list_words: Generated<string>;
    created_by: Id | null;
    created_at: Instant;
    updated_at: Instant;
  };
  article_revisions: {
    article_id: Id;
    revision_number: number;
    /** contract/article's ArticleContent. */
    content: Json<unknown>;
    digest: string;
    created_by: Id | null;
    created_at: Instant;
  };
  article_versions: {
    article_id: Id;
    version_number: number;
    revision_number: number;
    reason: 'initial' | 'update' | 'correction' | 'clarification' | 'kill' | 'takedown';
    note: string;
    severity: 'minor' | 'major' | null;
    leaf_index: number;
    published_by: Id | null;
    published_at: Instant;
  };
  /** The projection of the latest version of each article that readers may see, and of the notices of withdrawn ones. */
  published_articles: {
    article_id: Id;
    kind: 'article' | 'page';
    /** `live`, or a notice in its place. Lists show only `live`. */
    visibility: 'live' | 'killed' | 'taken_down';
    path: string;
    version_number: number;
    language: string;
    translation_group: Id;
    section_id: Id | null;
    headline: string;
    lede: string;
    urgency: number;
    /** First publication; the order of all lists. */
    published_at: Instant;
    /** The site's calendar day of published_at. */
    published_day: string;
    modified_at: Instant;
    lead_asset_id: Id | null;
    short_code: string | null;
    /** The site's language under whose front page and sections it is listed: its own, or the nearest. */
    edition: string;
    /** contract/article's StoryDigest: what lists show, without the body. */
    card: Json<unknown>;
    /** contract/article's PublishedVersion. */
    version: Json<unknown>;
  };
  /** Which assets an article shows: in its latest revision (`draft`) and in what readers see (`live`). */
  article_assets: { asset_id: Id; article_id: Id; use_kind: 'draft' | 'live' };
  author_articles: { author_id: Id; published_at: Instant; article_id: Id };
  /** Live articles a calendar day: the archive's calendar. */
  archive_days: { archive_day: string; article_count: number };
  redirects: {
    from_path: string;
    to_path: string | null;
    article_id: Id | null;
    status: 301 | 302 | 410;
    created_at: Instant;
  };
  schedules: {
    id: Id;
    article_id: Id;
    revision_number: number;
    publish_at: Instant;
    state: 'waiting' | 'fired' | 'cancelled' | 'failed';
    created_by: Id | null;
    created_at: Instant;
    fired_at: Instant | null;
    failure: string | null;
    /** The version that stood when it was made: an update comes after that one and no other. */
    base_version: number;
    /** Of an update: what publishing gives it. */
    reason: 'initial' | 'update' | 'correction' | 'clarification' | null;
    note: string | null;
    severity: 'minor' | 'major' | null;
    /** Blocks that an editor let pass when it was made, and why. */
    override: Json<{ checks: string[]; why: string }> | null;
    /** Where the work stood before it was scheduled. */
    from_stage: 'draft' | 'desk' | 'ready';
    late_ms: number | null;
  };
  /** What the latest revision of an article names, for lists: `author:…`, `storyline:…`, `concept:…`, with the article's own times. */
  article_links: { article_id: Id; link: string; updated_at: Instant; published_at: Instant | null };
};
