import type { Migration } from './migration.ts';

export const m0002: Migration = {
  name: '0002-accounts',
  statements: [
    // People
    `alter table users add column contact_email text`,
    `alter table users add column password_hash text`,
    `alter table users add column name_skeleton text`,
    `alter table users add column avatar_digest text`,
    `alter table users add column language text`,
    `alter table users add column signed_in_at text`,
    `alter table users add column deleted_at text`,
    `create index users_skeleton on users (name_skeleton) where name_skeleton is not null`,
    `create index users_role on users (role, id)`,
    `create table sessions (
      id text primary key, secret_hash text not null unique, user_id text not null references users (id), device text not null,
      method text not null, created_at text not null, authenticated_at text not null, last_used_at text not null, expires_at text not null)`,
    `create index sessions_user on sessions (user_id, id)`,
    `create index sessions_expiry on sessions (expires_at)`,
    `create table passkeys (
      id text primary key, credential_id text not null unique, user_id text not null references users (id), public_key text not null,
      sign_count integer not null, transports text not null, name text not null, backed_up integer not null, created_at text not null,
      last_used_at text)`,
    `create index passkeys_user on passkeys (user_id, id)`,
    `create table totp_secrets (
      user_id text primary key references users (id), secret text not null, confirmed_at text, last_step integer not null,
      failures integer not null default 0, failing_since text, created_at text not null)`,
    `create table recovery_codes (
      id text primary key, user_id text not null references users (id), code_hash text not null, used_at text, created_at text not null)`,
    `create index recovery_codes_user on recovery_codes (user_id)`,
    `create table one_time_links (
      id text primary key, secret_hash text unique, purpose text not null, user_id text references users (id), email text, details text not null,
      created_at text not null, expires_at text not null, used_at text)`,
    `create index one_time_links_user on one_time_links (user_id)`,
    `create index one_time_links_expiry on one_time_links (expires_at)`,
    `create table sign_in_steps (
      id text primary key, secret_hash text not null unique, kind text not null, details text not null, attempts integer not null,
      created_at text not null, expires_at text not null)`,
    `create index sign_in_steps_expiry on sign_in_steps (expires_at)`,
    `create table identities (
      provider text not null, subject text not null, user_id text not null references users (id), email text, created_at text not null,
      last_used_at text not null, primary key (provider, subject))`,
    `create index identities_user on identities (user_id)`,
    `create table deletion_receipts (
      code text primary key, provider text not null, state text not null, requested_at text not null, finished_at text)`,

    // Mail
    `create table mails (
      id text primary key, recipient text not null, subject text not null, body_text text not null, body_html text, headers text not null,
      dedupe_key text unique, fill text, state text not null, attempts integer not null, send_at text not null, lease_until text,
      last_error text, created_at text not null, sent_at text)`,
    `create index mails_due on mails (state, send_at)`,

    // The audit log
    `create table audit_head (id integer primary key, last_seq integer not null, last_hash text not null)`,
    `create table audit_entries (
      seq integer primary key, happened_at text not null, actor_id text, actor_name text not null, action text not null, object_kind text not null,
      object_id text not null, details text not null, previous_hash text not null, entry_hash text not null)`,
    `create index audit_entries_object on audit_entries (object_kind, object_id, seq)`,
    `create index audit_entries_actor on audit_entries (actor_id, seq)`,
    `create index audit_entries_action on audit_entries (action, seq)`,
  ],
};
