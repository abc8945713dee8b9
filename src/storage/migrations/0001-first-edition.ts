import type { Migration } from './migration.ts';

export const m0001: Migration = {
  name: '0001-first-edition',
  statements: [
    // The house
    `create table settings (name text primary key, value text not null, updated_at text not null)`,
    `create table outbox (seq {serial}, topic text not null, payload text not null, created_at text not null)`,
    `create table outbox_positions (
      subscriber text primary key, seq integer not null, lease_owner text, lease_until text, updated_at text not null)`,
    `create table jobs (
      id text primary key, queue text not null, dedupe_key text, payload text not null, run_at text not null,
      state text not null, attempts integer not null, max_attempts integer not null, lease_until text,
      fencing integer not null, last_error text, created_at text not null, finished_at text)`,
    `create unique index jobs_dedupe on jobs (queue, dedupe_key) where state in ('waiting', 'running')`,
    `create index jobs_due on jobs (state, run_at)`,
    `create table idempotency_keys (
      scope text not null, idempotency_key text not null, request_digest text not null, status integer not null,
      headers text not null, body text not null, created_at text not null, primary key (scope, idempotency_key))`,
    `create index idempotency_keys_age on idempotency_keys (created_at)`,

    // Accounts
    `create table users (
      id text primary key, email text not null unique, name text not null, role text not null,
      disabled integer not null default 0, created_at text not null, updated_at text not null)`,
    `create table api_tokens (
      id text primary key, secret_hash text not null unique, name text not null, user_id text not null references users (id),
      scopes text not null, created_at text not null, expires_at text, last_used_at text, revoked_at text)`,
    `create index api_tokens_user on api_tokens (user_id)`,

    // The record
    `create table record_state (
      id integer primary key, size integer not null, frontier text not null, root_hash text not null, updated_at text not null)`,
    `create table record_leaves (
      leaf_index integer primary key, article_id text not null, version_number integer not null, entry text not null,
      created_at text not null, unique (article_id, version_number))`,
    `create table record_contents (
      leaf_index integer primary key references record_leaves (leaf_index), salt text, content text, erased_at text, erased_reason text,
      erased_signature text)`,
    `create table record_nodes (level integer not null, node_index integer not null, hash text not null, primary key (level, node_index)) {clustered}`,
    `create table record_keys (
      id integer primary key, origin text not null, secret_key text not null, public_key text not null, created_at text not null)`,

    // Media
    `create table assets (
      id text primary key, kind text not null, digest text, mime text, bytes integer, width integer, height integer, duration_ms integer,
      file_name text not null, caption text not null, credit text not null, alt text not null, language text,
      focal_x integer not null default 500, focal_y integer not null default 500, rights_holder text, rights_terms text,
      rights_expire_at text, colour text, source_url text, withdrawn integer not null default 0,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create index assets_digest on assets (digest)`,
    `create index assets_source on assets (source_url)`,
    `create index assets_rights on assets (rights_expire_at) where rights_expire_at is not null`,
    `create table renditions (
      id text primary key, asset_id text not null references assets (id), name text not null, format text not null, digest text not null,
      bytes integer not null, width integer not null, height integer not null, created_at text not null, unique (asset_id, name, format))`,
    `create index renditions_digest on renditions (digest)`,

    // Articles
    `create table sections (
      id text primary key, slug text not null unique, name text not null, names text not null, description text not null,
      position integer not null, listed integer not null default 1, article_count integer not null default 0,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table authors (
      id text primary key, slug text not null unique, name text not null, names text not null, bio text not null, role_title text not null,
      email text, user_id text references users (id), guest integer not null default 0, asset_id text references assets (id),
      article_count integer not null default 0, row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table sources (
      id text primary key, code text not null unique, name text not null, url text,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table articles (
      id text primary key, kind text not null, state text not null, language text not null, translation_group text not null,
      section_id text references sections (id), headline text not null, revision_number integer not null, version_number integer not null,
      path text, first_published_at text, embargo_at text, desk text, external_id text, created_by text references users (id),
      created_at text not null, updated_at text not null)`,
    `create unique index articles_path on articles (path) where path is not null`,
    `create index articles_updated on articles (updated_at, id)`,
    `create index articles_state on articles (state, updated_at, id)`,
    `create index articles_translations on articles (translation_group)`,
    `create index articles_external on articles (external_id) where external_id is not null`,
    `create table article_revisions (
      article_id text not null references articles (id), revision_number integer not null, content text not null, digest text not null,
      created_by text, created_at text not null, primary key (article_id, revision_number))`,
    `create table article_versions (
      article_id text not null references articles (id), version_number integer not null, revision_number integer not null,
      reason text not null, note text not null, severity text, leaf_index integer not null unique, published_by text,
      published_at text not null, primary key (article_id, version_number))`,
    `create table published_articles (
      article_id text primary key references articles (id), kind text not null, visibility text not null, path text not null unique,
      version_number integer not null, language text not null, translation_group text not null, section_id text references sections (id),
      headline text not null, lede text not null, urgency integer not null, published_at text not null, published_day text not null,
      modified_at text not null, lead_asset_id text, short_code text, edition text not null, card text not null, version text not null)`,
    `create index published_latest on published_articles (published_at, article_id) where kind = 'article' and visibility = 'live'`,
    `create index published_edition on published_articles (edition, published_at, article_id) where kind = 'article' and visibility = 'live'`,
    `create index published_section on published_articles (section_id, edition, published_at, article_id) where kind = 'article' and visibility = 'live'`,
    `create index published_pages on published_articles (edition, path) where kind = 'page' and visibility = 'live'`,
    `create index published_day on published_articles (published_day, published_at, article_id) where kind = 'article' and visibility = 'live'`,
    `create index published_modified on published_articles (modified_at, article_id) where visibility = 'live'`,
    `create index published_group on published_articles (translation_group)`,
    `create index published_lead on published_articles (lead_asset_id) where lead_asset_id is not null`,
    `create table author_articles (
      author_id text not null, published_at text not null, article_id text not null, primary key (author_id, published_at, article_id)) {clustered}`,
    `create index author_articles_article on author_articles (article_id)`,
    `create table archive_days (archive_day text primary key, article_count integer not null)`,
    `create table redirects (
      from_path text primary key, to_path text, article_id text references articles (id), status integer not null, created_at text not null)`,
    `create index redirects_article on redirects (article_id)`,
    `create table schedules (
      id text primary key, article_id text not null references articles (id), revision_number integer not null, publish_at text not null,
      state text not null, created_by text, created_at text not null, fired_at text, failure text)`,
    `create index schedules_due on schedules (state, publish_at)`,
    `create unique index schedules_one on schedules (article_id) where state = 'waiting'`,
    `create table social_cards (
      article_id text primary key references articles (id), input_digest text not null, digest text not null, bytes integer not null, created_at text not null)`,

    // Storylines, concepts, related stories, short links
    `create table storylines (
      id text primary key, slug text not null unique, title text not null, titles text not null, description text not null, language text not null, state text not null,
      position integer not null default 0, article_count integer not null default 0, latest_at text, row_version integer not null default 1,
      created_at text not null, updated_at text not null)`,
    `create index storylines_latest on storylines (state, latest_at)`,
    `create table storyline_articles (
      storyline_id text not null, published_at text not null, article_id text not null,
      primary key (storyline_id, published_at, article_id)) {clustered}`,
    `create index storyline_articles_article on storyline_articles (article_id)`,
    `create table storyline_facts (
      id text primary key, storyline_id text not null, article_id text not null, fact_date text not null, fact_text text not null, position integer not null)`,
    `create index storyline_facts_order on storyline_facts (storyline_id, fact_date, id)`,
    `create index storyline_facts_article on storyline_facts (article_id)`,
    `create table concepts (
      id text primary key, slug text not null unique, kind text not null, name text not null, names text not null, aliases text not null,
      description text not null, media_topic text, same_as text not null, article_count integer not null default 0,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create index concepts_name on concepts (name)`,
    `create table concept_articles (
      concept_id text not null, published_at text not null, article_id text not null, primary key (concept_id, published_at, article_id)) {clustered}`,
    `create index concept_articles_article on concept_articles (article_id)`,
    `create table related_articles (
      article_id text not null, position integer not null, related_id text not null, score real not null, primary key (article_id, position)) {clustered}`,
    `create index related_articles_related on related_articles (related_id)`,
    `create table short_links (code text primary key, article_id text, target text, created_at text not null)`,
    `create unique index short_links_article on short_links (article_id) where article_id is not null`,

    // Search
    `create table search_docs (
      doc_key integer primary key, article_id text not null unique, published_at text not null, language text not null, section_id text)`,

    // Imports
    `create table import_runs (
      id text primary key, format text not null, origin text not null, file_digest text not null, file_name text not null, state text not null,
      cursor integer not null, counts text not null, started_at text not null, updated_at text not null, finished_at text)`,
    `create index import_runs_file on import_runs (origin, file_digest)`,
    `create table import_items (
      origin text not null, external_id text not null, item_kind text not null, outcome text not null, reason text, our_id text,
      digest text not null, run_id text not null references import_runs (id), updated_at text not null,
      primary key (origin, item_kind, external_id))`,
    `create index import_items_run on import_items (run_id)`,
    `create table imported_comments (
      id text primary key, origin text not null, external_id text not null, article_id text not null references articles (id),
      parent_external_id text, author_name text not null, author_email text, author_url text, body text not null, state text not null,
      written_at text not null, unique (origin, external_id))`,
    `create index imported_comments_article on imported_comments (article_id)`,
  ],
  only: {
    sqlite: [
      // Contentless: the words are kept only as postings; bodies stay in one place.
      `create virtual table search_index using fts5 (headline, lede, body, stems, facets, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M* S* P*' separators ' '")`,
    ],
    postgres: [
      `alter table search_docs add column words tsvector not null default ''::tsvector`,
      `create index search_docs_words on search_docs using gin (words) with (fastupdate = off)`,
      `create index search_docs_latest on search_docs (doc_key desc)`,
    ],
  },
};
