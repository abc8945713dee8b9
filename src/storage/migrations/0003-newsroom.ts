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

    // Lists: words of headlines, what is linked, and an index for each thing by which a list is narrowed
    `alter table articles add column list_words text not null default ''`,
    `alter table articles add column list_key integer`,
    `create index articles_list_state on articles (state, updated_at, id, section_id, language, desk, kind, assignee)`,
    `create index articles_list_section on articles (section_id, updated_at, id, state, language, desk, kind, assignee) where section_id is not null`,
    `create index articles_list_language on articles (language, updated_at, id, state, section_id, desk, kind, assignee)`,
    `create index articles_list_published on articles (first_published_at, id, state, section_id, language, desk, kind, assignee) where first_published_at is not null`,
    `create index articles_list_desk on articles (desk, updated_at, id, state, section_id, language, kind, assignee) where desk is not null`,
    `create index articles_list_pages on articles (updated_at, id, state, section_id, language, desk, assignee) where kind = 'page'`,
    `create index articles_list_author on articles (created_by, updated_at, id) where created_by is not null`,
    // By months: the newest of one time within a range of the other.
    `create index articles_list_month_published on articles (substr(first_published_at, 1, 7), updated_at, id) where first_published_at is not null`,
    `create index articles_list_month_updated on articles (substr(updated_at, 1, 7), first_published_at, id) where first_published_at is not null`,
    // With the article's own times, kept by triggers, so that what is linked comes in the order of a list.
    `create table article_links (
      article_id text not null, link text not null, updated_at text not null, published_at text, primary key (article_id, link)) {clustered}`,
    `create index article_links_updated on article_links (link, updated_at, article_id)`,
    `create index article_links_published on article_links (link, published_at, article_id) where published_at is not null`,
    `create table saved_views (
      id text primary key, user_id text not null references users (id), name text not null, query text not null, shared integer not null default 0,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create index saved_views_user on saved_views (user_id, id)`,
    `create index saved_views_shared on saved_views (id) where shared = 1`,
    `create table mentions (
      id text primary key, user_id text not null references users (id), kind text not null, by_user text references users (id),
      article_id text, target text not null, excerpt text not null, created_at text not null, read_at text)`,
    `create index mentions_user on mentions (user_id, id)`,
    `create index mentions_unread on mentions (user_id) where read_at is null`,
    `create table bulk_operations (
      id text primary key, user_id text not null references users (id), action text not null, items text not null, done integer not null,
      created_at text not null, undone_at text)`,
    `create index bulk_operations_user on bulk_operations (user_id, id)`,
  ],
  only: {
    sqlite: [
      `update articles set list_key = rowid`,
      // Whatever most filters look at beside the key, so that many found words do not mean many rows read.
      `create index articles_list_key on articles (list_key, updated_at, id, first_published_at, state, section_id, language, desk, kind, assignee)`,
      // Contentless: postings only. The triggers keep it in the transaction of whatever writes an article.
      `create virtual table search_headlines using fts5 (words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M* S* P*' separators ' '")`,
      `create trigger articles_words_insert after insert on articles begin
        update articles set list_key = (select coalesce(max(list_key), 0) + 1 from articles) where id = new.id and list_key is null;
        insert into search_headlines (rowid, words) select list_key, list_words from articles where id = new.id;
      end`,
      `create trigger articles_words_update after update of list_words on articles when old.list_words <> new.list_words begin
        delete from search_headlines where rowid = old.list_key;
        insert into search_headlines (rowid, words) values (old.list_key, new.list_words);
      end`,
      `create trigger articles_links_times after update of updated_at, first_published_at on articles
        when old.updated_at <> new.updated_at or old.first_published_at is not new.first_published_at begin
        update article_links set updated_at = new.updated_at, published_at = new.first_published_at where article_id = new.id;
      end`,
    ],
    postgres: [
      `create or replace function articles_links_times() returns trigger language plpgsql as $$ begin
        update article_links set updated_at = new.updated_at, published_at = new.first_published_at where article_id = new.id;
        return null;
      end $$`,
      `create trigger articles_links_times after update of updated_at, first_published_at on articles for each row
        when (old.updated_at <> new.updated_at or old.first_published_at is distinct from new.first_published_at)
        execute function articles_links_times()`,
      `create index articles_list_words on articles using gin (array_to_tsvector(string_to_array(list_words, ' '))) with (fastupdate = off)`,
    ],
  },
};
