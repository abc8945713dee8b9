import type { Migration } from './migration.ts';

export const m0005: Migration = {
  name: '0005-media',
  statements: [
    `alter table assets add column creator text not null default ''`,
    `alter table assets add column place text not null default ''`,
    `alter table assets add column keywords text not null default '[]'`,
    `alter table assets add column taken_at text`,
    `alter table assets add column crops text not null default '{}'`,
    `alter table assets add column created_by text`,
    `alter table assets add column plan text`,
    `alter table assets add column made_plan text`,
    `alter table assets add column credentials text`,
    `create table credential_keys (id integer primary key, secret_key text not null, chain text not null, created_at text not null)`,
    `alter table renditions add column plan text not null default ''`,
    `create table retired_renditions (digest text primary key, asset_id text not null, retired_at text not null)`,
    `create index retired_renditions_age on retired_renditions (retired_at)`,
    `create table asset_words (word text not null, asset_id text not null, primary key (word, asset_id)) {clustered}`,
    `create index asset_words_asset on asset_words (asset_id)`,
    `create table article_assets (
      asset_id text not null, article_id text not null, use_kind text not null, primary key (asset_id, article_id, use_kind)) {clustered}`,
    `create index article_assets_article on article_assets (article_id, use_kind)`,
    `create table uploads (
      id text primary key, user_id text not null, total_bytes integer not null, received_bytes integer not null, metadata text not null,
      state text not null, asset_id text, failure text, created_at text not null, updated_at text not null, expires_at text not null)`,
    `create index uploads_expiry on uploads (expires_at)`,
    `create table upload_chunks (
      upload_id text not null references uploads (id), start_byte integer not null, digest text not null, bytes integer not null,
      primary key (upload_id, start_byte)) {clustered}`,
  ],
};
