import type { Migration } from './migration.ts';

export const m0006: Migration = {
  name: '0006-discussion',
  statements: [
    // One row an article that has been discussed; its lock puts the writers of one discussion in one line.
    `create table discussion_threads (
      article_id text primary key references articles (id), hand text, premoderated integer not null default 0,
      slow_seconds integer not null default 0, comment_seq integer not null default 0,
      visible_count integer not null default 0 check (visible_count >= 0), held_count integer not null default 0 check (held_count >= 0),
      rejected_count integer not null default 0 check (rejected_count >= 0), removed_count integer not null default 0 check (removed_count >= 0),
      deleted_count integer not null default 0 check (deleted_count >= 0), featured_count integer not null default 0 check (featured_count >= 0),
      last_comment_at text, row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create index discussion_threads_held on discussion_threads (held_count, article_id) where held_count > 0`,
    `create table comments (
      id text primary key, article_id text not null references discussion_threads (article_id), comment_number integer not null,
      parent_id text, root_id text not null, anchor_id text, depth integer not null, level integer not null, path text not null,
      user_id text, author_name text not null, guest_email text, author_url text, mark text,
      origin text, external_id text, post_key text,
      body text not null, source text not null, language text, excerpt text not null,
      state text not null, verdict text, listed integer not null, featured_at text,
      up_count integer not null default 0 check (up_count >= 0), down_count integer not null default 0 check (down_count >= 0),
      insight_count integer not null default 0 check (insight_count >= 0), thanks_count integer not null default 0 check (thanks_count >= 0),
      score integer not null, descendants integer not null default 0 check (descendants >= 0),
      edit_count integer not null default 0, edited_at text, row_version integer not null default 1,
      created_at text not null, updated_at text not null)`,
    `create unique index comments_path on comments (article_id, path)`,
    `create unique index comments_number on comments (article_id, comment_number)`,
    `create unique index comments_post_key on comments (post_key) where post_key is not null`,
    `create unique index comments_external on comments (origin, external_id) where external_id is not null`,
    `create index comments_tree on comments (article_id, path) where listed = 1`,
    `create index comments_newest on comments (article_id, path) where listed = 1 and level = 0`,
    `create index comments_best on comments (article_id, score, path) where listed = 1 and level = 0`,
    `create index comments_featured on comments (article_id, featured_at) where featured_at is not null`,
    `create index comments_user on comments (user_id, id) where user_id is not null`,
    `create index comments_guest on comments (guest_email) where guest_email is not null`,
    `create index comments_state on comments (state, id)`,
    `create index comments_recent on comments (created_at, id)`,
    `create index comments_parent on comments (parent_id) where parent_id is not null`,
    `create table comment_edits (
      comment_id text not null references comments (id), edit_number integer not null, body text not null, source text not null,
      edited_at text not null, edited_by text, primary key (comment_id, edit_number))`,
    `create table comment_reactions (
      comment_id text not null references comments (id), user_id text not null, kind text not null, created_at text not null,
      primary key (comment_id, user_id, kind)) {clustered}`,
    `create index comment_reactions_user on comment_reactions (user_id, comment_id)`,
    // Who has a visible comment in a discussion, for mentions.
    `create table discussion_people (
      article_id text not null, user_id text not null, name text not null, name_key text not null, comment_count integer not null,
      last_at text not null, primary key (article_id, user_id)) {clustered}`,
    `create index discussion_people_name on discussion_people (article_id, name_key)`,
    `create index discussion_people_user on discussion_people (user_id)`,
    `create table comment_mentions (comment_id text not null references comments (id), user_id text not null, primary key (comment_id, user_id)) {clustered}`,
    `create table discussion_ignores (user_id text not null, ignored_id text not null, created_at text not null, primary key (user_id, ignored_id)) {clustered}`,
    `create table discussion_follows (
      user_id text not null, article_id text not null, created_at text not null, told_at text, primary key (user_id, article_id)) {clustered}`,
    `create index discussion_follows_article on discussion_follows (article_id)`,
    // Texts of people who went to sign in before they could post.
    `create table comment_drafts (
      id text primary key, article_id text not null, parent_id text, source text not null, created_at text not null, expires_at text not null)`,
    `create index comment_drafts_expiry on comment_drafts (expires_at)`,
    `create table discussion_notice_choices (
      user_id text not null, kind text not null, wanted integer not null, updated_at text not null, primary key (user_id, kind)) {clustered}`,
  ],
};
