import type { Migration } from './migration.ts';

export const m0003: Migration = {
  name: '0003-newsroom',
  statements: [
    // Desks: the way of an article to its readers
    `alter table articles add column stage text`,
    `alter table articles add column assignee text`,
    `create index articles_desk on articles (desk, state, updated_at, id) where desk is not null`,
    `create index articles_assignee on articles (assignee, updated_at, id) where assignee is not null`,
    `create index articles_headline on articles (headline)`,
    `alter table schedules add column base_version integer not null default 0`,
    `alter table schedules add column reason text`,
    `alter table schedules add column note text`,
    `alter table schedules add column severity text`,
    `alter table schedules add column override text`,
    `alter table schedules add column from_stage text not null default 'draft'`,
    `alter table schedules add column late_ms integer`,
    `create index schedules_calendar on schedules (publish_at, id)`,
    `create table desks (
      id text primary key, slug text not null unique, name text not null, names text not null, description text not null,
      position integer not null, members_only integer not null default 0, closed integer not null default 0, rules text not null,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table desk_members (
      desk_id text not null references desks (id), user_id text not null references users (id), part text not null,
      created_at text not null, primary key (desk_id, user_id))`,
    `create index desk_members_user on desk_members (user_id)`,
    `create table desk_moves (
      id text primary key, article_id text not null references articles (id), action text not null, from_stage text not null,
      to_stage text not null, desk text, revision_number integer not null, assignee text, note text not null, created_by text,
      created_at text not null)`,
    `create index desk_moves_article on desk_moves (article_id, id)`,
    `create table desk_ticks (
      article_id text not null references articles (id), item text not null, revision_number integer not null, created_by text not null,
      created_at text not null, primary key (article_id, item))`,
    `create table desk_approvals (
      article_id text not null references articles (id), revision_number integer not null, created_by text not null, note text not null,
      created_at text not null, primary key (article_id, revision_number, created_by))`,
    `create table link_checks (
      url text primary key, state text not null, status integer, detail text not null, checked_at text)`,
    `create table preview_links (
      id text primary key, token_hash text not null unique, kind text not null, target_id text not null, revision_number integer,
      label text not null, created_by text not null, created_at text not null, expires_at text not null, revoked_at text, revoked_by text,
      uses integer not null default 0, last_used_at text)`,
    `create index preview_links_target on preview_links (target_id, id)`,
    `create table receipts (
      id text primary key, article_id text not null references articles (id), version_number integer not null, reason text not null,
      state text not null, attempts integer not null default 0, created_at text not null, finished_at text,
      unique (article_id, version_number))`,
    `create table receipt_surfaces (
      receipt_id text not null references receipts (id), position integer not null, surface text not null, url text not null,
      expected text not null, door text, status integer, digest text, bytes integer, millis integer, fetched_at text,
      reached integer not null, detail text not null, primary key (receipt_id, position))`,

    // The front page by hand
    `create table front_layouts (
      id text primary key, edition text not null, number integer, state text not null, slots text not null, note text not null,
      made_from text, effective_at text, took_effect_at text, created_by text, created_at text not null, unique (edition, number))`,
    `create index front_layouts_edition on front_layouts (edition, id)`,
    `create index front_layouts_due on front_layouts (state, effective_at)`,
    `create table front_current (
      edition text primary key, layout_id text not null references front_layouts (id), number integer not null)`,

    // Storylines and concepts
    `alter table storylines add column descriptions text not null default '{}'`,
    `alter table storylines add column merged_into text`,
    `alter table storylines add column pinned_article text`,
    `alter table storylines add column pinned_until text`,
    `create index storylines_position on storylines (state, position)`,
    `create index storylines_merged on storylines (merged_into) where merged_into is not null`,
    `alter table concepts add column merged_into text`,
    `create index concepts_merged on concepts (merged_into) where merged_into is not null`,
    `create table timeline_entries (
      id text primary key, storyline_id text not null references storylines (id), fact_key text, fact_date text not null,
      fact_text text not null, article_id text, state text not null, position integer not null, updated_by text,
      created_at text not null, updated_at text not null)`,
    `create index timeline_entries_order on timeline_entries (storyline_id, position)`,
    `create unique index timeline_entries_fact on timeline_entries (storyline_id, fact_key) where fact_key is not null`,
    `create index timeline_entries_article on timeline_entries (article_id) where article_id is not null`,
    `create table noun_names (
      name_key text not null, noun text not null, noun_id text not null, primary key (name_key, noun, noun_id))`,
    `create index noun_names_noun on noun_names (noun_id)`,
  ],
};
