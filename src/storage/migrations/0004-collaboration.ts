import type { Migration } from './migration.ts';

export const m0004: Migration = {
  name: '0004-collaboration',
  statements: [
    `create table shared_documents (
      article_id text primary key references articles (id), snapshot text not null, snapshot_seq integer not null, last_seq integer not null,
      revision_number integer not null, revised_seq integer not null, revision_state text not null, pending_editors text not null,
      fault text, created_at text not null, changed_at text not null, unrevised_since text)`,
    `create index shared_documents_unrevised on shared_documents (unrevised_since) where unrevised_since is not null`,
    `create table shared_updates (
      article_id text not null references articles (id), seq integer not null, user_id text, data text not null, created_at text not null,
      primary key (article_id, seq)) {clustered}`,
    `create table shared_clients (
      article_id text not null references articles (id), client_id integer not null, user_id text, created_at text not null,
      primary key (article_id, client_id)) {clustered}`,
    `create table shared_authorship (
      article_id text not null references articles (id), client_id integer not null, to_clock integer not null, from_clock integer not null,
      revision_number integer not null, created_at text not null, primary key (article_id, client_id, to_clock)) {clustered}`,
    `create table revision_notes (
      article_id text not null references articles (id), revision_number integer not null, origin text not null, editors text not null,
      restored_from integer, primary key (article_id, revision_number)) {clustered}`,
    `create table last_looks (
      article_id text not null references articles (id), user_id text not null references users (id), vector text not null,
      revision_number integer not null, looked_at text not null, primary key (article_id, user_id)) {clustered}`,
    `create table passage_threads (
      id text primary key, article_id text not null references articles (id), anchor text not null, quote text not null, state text not null,
      created_by text, created_at text not null, resolved_by text, resolved_at text)`,
    `create index passage_threads_article on passage_threads (article_id, id)`,
    `create table passage_comments (
      id text primary key, thread_id text not null references passage_threads (id), article_id text not null references articles (id),
      body text not null, mentions text not null, created_by text, created_at text not null, edited_at text, deleted_at text)`,
    `create index passage_comments_article on passage_comments (article_id, id)`,
  ],
};
