import type { Migration } from './migration.ts';

export const m0007: Migration = {
  name: '0007-moderation',
  statements: [
    // What a site, a section, a storyline or an article sets. `scope_id` is empty for the site.
    `create table moderation_settings (
      scope_kind text not null, scope_id text not null, settings text not null, row_version integer not null default 1,
      updated_by text, updated_at text not null, primary key (scope_kind, scope_id))`,
    `create table moderation_rules (
      id text primary key, kind text not null, phrase text not null, language text, inflected integer not null default 0,
      action text not null, standard text, enabled integer not null default 1, note text not null, row_version integer not null default 1,
      created_by text, created_at text not null, updated_at text not null)`,
    `create unique index moderation_rules_domain on moderation_rules (phrase) where kind = 'domain'`,
    // One row: grows with every change of a rule, so that each process knows when to read them again.
    `create table moderation_state (id integer primary key, rules_version integer not null)`,

    // Append-only: what was decided, by which phase, rule, words and person.
    `create table moderation_decisions (
      id text primary key, comment_id text, article_id text, author_key text, user_id text, sanction_id text, notice_id text, appeal_id text,
      action text not null, was text, phase text not null, rule_id text not null, matched text not null, findings text not null,
      standard_version integer, standard_paragraph text, legal_ground text, facts text not null, message text not null,
      decided_by text, automated integer not null, detected text not null, category text, delay_seconds integer,
      left_queues text not null, undoes text, language text not null, created_at text not null)`,
    `create index moderation_decisions_comment on moderation_decisions (comment_id, id)`,
    `create index moderation_decisions_author on moderation_decisions (author_key, id)`,
    `create index moderation_decisions_time on moderation_decisions (created_at, id)`,
    `create index moderation_decisions_person on moderation_decisions (decided_by, id) where decided_by is not null`,
    `create index moderation_decisions_undoes on moderation_decisions (undoes) where undoes is not null`,

    // Queues hold comments; their counts move with them.
    `create table moderation_queue (
      queue text not null, comment_id text not null, article_id text not null, entered_at text not null, reports integer not null default 0,
      primary key (queue, comment_id))`,
    `create index moderation_queue_order on moderation_queue (queue, entered_at, comment_id)`,
    `create index moderation_queue_comment on moderation_queue (comment_id)`,
    `create table moderation_counts (queue text primary key, items integer not null check (items >= 0))`,
    `create table moderation_claims (comment_id text primary key, user_id text not null, claimed_until text not null)`,
    `create index moderation_claims_user on moderation_claims (user_id)`,

    // Reports of readers: one of a person for a comment.
    `create table moderation_reports (
      id text primary key, comment_id text not null, article_id text not null, reporter_key text not null, user_id text, category text not null,
      details text not null, state text not null, decision_id text, created_at text not null, resolved_at text,
      unique (comment_id, reporter_key))`,
    `create index moderation_reports_time on moderation_reports (created_at)`,

    // Appeals: one a decision, decided by another person.
    `create table moderation_appeals (
      id text primary key, decision_id text not null unique, comment_id text, author_key text not null, body text not null, state text not null,
      decided_by text, answer text not null, outcome_decision_id text, created_at text not null, decided_at text)`,
    `create index moderation_appeals_comment on moderation_appeals (comment_id)`,
    `create index moderation_appeals_time on moderation_appeals (created_at)`,

    // Bans and suspensions.
    `create table moderation_sanctions (
      id text primary key, author_key text not null, user_id text, kind text not null, until_at text, reason text not null,
      standard_version integer, standard_paragraph text, created_by text, created_at text not null, lifted_by text, lifted_at text)`,
    `create index moderation_sanctions_author on moderation_sanctions (author_key, created_at)`,

    // Notes among moderators, on a comment or a person.
    `create table moderation_notes (
      id text primary key, subject_kind text not null, subject_id text not null, body text not null, created_by text not null, created_at text not null)`,
    `create index moderation_notes_subject on moderation_notes (subject_kind, subject_id, id)`,

    // Notices of Art. 16 of Regulation (EU) 2022/2065.
    `create table moderation_notices (
      id text primary key, code text not null unique, url text not null, comment_id text, category text not null, explanation text not null,
      legal_reference text not null, notifier_name text, notifier_email text, user_id text, good_faith integer not null, language text not null,
      state text not null, decided_by text, answer text not null, automated integer not null default 0, created_at text not null, decided_at text)`,
    `create index moderation_notices_state on moderation_notices (state, created_at, id)`,
    `create index moderation_notices_time on moderation_notices (created_at)`,

    // What is known of who comments: counts that move with the decisions.
    `create table moderation_people (
      author_key text primary key, comments integer not null default 0, approved integer not null default 0, held integer not null default 0,
      rejected integer not null default 0, reported integer not null default 0, last_at text not null)`,

    // Sketches of recent texts, for repeats, rates and slow mode.
    `create table moderation_sketches (
      comment_id text primary key, author_key text not null, article_id text not null, sameness text not null, signature text not null,
      created_at text not null)`,
    `create index moderation_sketches_same on moderation_sketches (sameness, created_at)`,
    `create index moderation_sketches_author on moderation_sketches (author_key, created_at)`,
    `create index moderation_sketches_time on moderation_sketches (created_at)`,
    `create table moderation_bands (
      band text not null, created_at text not null, comment_id text not null, primary key (band, created_at, comment_id)) {clustered}`,
    `create index moderation_bands_time on moderation_bands (created_at)`,

    // The classifier: one model, and what it said before it was told.
    `create table moderation_models (
      id integer primary key, weights text not null, sums text not null, bias double precision not null, bias_sum double precision not null,
      examples integer not null, slope double precision not null, shift double precision not null, row_version integer not null, updated_at text not null)`,
    `create table moderation_trials (
      id text primary key, comment_id text not null, score double precision not null, probability double precision not null,
      trouble integer not null, created_at text not null)`,
    `create index moderation_trials_comment on moderation_trials (comment_id)`,

    // Answers that are awaited from the service outside.
    `create table moderation_service_calls (
      comment_id text primary key, state text not null, attempts integer not null, outcome text, created_at text not null, answered_at text)`,

    // The community standards: each version with its paragraphs, whose ids last.
    `create table standards_versions (
      version_number integer primary key, article_id text, published_by text, note text not null, published_at text not null)`,
    `create table standards_paragraphs (
      version_number integer not null references standards_versions (version_number), language text not null, paragraph_id text not null,
      position integer not null, title text not null, body text not null, primary key (version_number, language, paragraph_id))`,
  ],
};
