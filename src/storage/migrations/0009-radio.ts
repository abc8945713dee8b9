import type { Migration } from './migration.ts';

export const m0009: Migration = {
  name: '0009-radio',
  statements: [
    `create table radio_mounts (
      id text primary key, slug text not null unique, name text not null, description text not null, position integer not null,
      listed integer not null default 1, relay_url text, fallback text not null, bit_rates text not null, keep_hours integer not null,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table radio_sources (
      id text primary key, mount_id text not null references radio_mounts (id), username text not null, password_hash text not null,
      takes_over integer not null default 0, created_at text not null, last_used_at text, unique (mount_id, username))`,
    `create table radio_states (
      mount_id text primary key references radio_mounts (id), origin text not null, title text not null, artist text not null,
      format text, kbits integer, listeners integer not null default 0, since text not null, updated_at text not null)`,
    `create table radio_listening (
      mount_id text not null references radio_mounts (id), starts_at text not null, programme_id text not null, audience text not null,
      seconds integer not null, peak integer not null, people text not null, primary key (mount_id, starts_at, programme_id, audience))`,
    `create index radio_listening_programme on radio_listening (programme_id, starts_at)`,
    `create table radio_programmes (
      id text primary key, slug text not null unique, title text not null, description text not null, hosts text not null,
      language text not null, asset_id text references assets (id), category text not null, explicit integer not null default 0,
      owner_email text, copyright text not null, feed_guid text not null, episode_count integer not null default 0, archived integer not null default 0,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table radio_slots (
      id text primary key, programme_id text not null references radio_programmes (id), mount_id text not null references radio_mounts (id),
      weekday integer, on_day text, starts text not null, minutes integer not null, first_day text, last_day text,
      row_version integer not null default 1, created_at text not null, updated_at text not null)`,
    `create index radio_slots_mount on radio_slots (mount_id)`,
    `create index radio_slots_programme on radio_slots (programme_id)`,
    `create table radio_moments (
      id text primary key, mount_id text not null references radio_mounts (id), at text not null, label text not null,
      created_by text, created_at text not null)`,
    `create index radio_moments_at on radio_moments (mount_id, at)`,
    `create table radio_episodes (
      id text primary key, programme_id text not null references radio_programmes (id), slug text not null, title text not null,
      description text not null, state text not null, published_at text, mount_id text, starts_at text, ends_at text,
      digest text, mime text, bytes integer, duration_ms integer, season integer, number integer, explicit integer not null default 0,
      asset_id text references assets (id), chapters text not null, transcript_digest text, transcript_mime text, transcript_language text,
      guid text not null, row_version integer not null default 1, created_at text not null, updated_at text not null,
      unique (programme_id, slug))`,
    `create index radio_episodes_list on radio_episodes (state, published_at, id)`,
    `create index radio_episodes_programme on radio_episodes (programme_id, state, published_at, id)`,
    `create index radio_episodes_digest on radio_episodes (digest)`,
    `create index radio_episodes_transcript on radio_episodes (transcript_digest)`,
    `create table radio_links (
      article_id text not null, episode_id text not null, second integer not null, primary key (article_id, episode_id, second)) {clustered}`,
    `create index radio_links_episode on radio_links (episode_id, second)`,
  ],
};
