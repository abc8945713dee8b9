import type { Migration } from './migration.ts';

export const m0008: Migration = {
  name: '0008-audience',
  statements: [
    `create table audience_log (
      seq {serial}, slot text not null, kind text not null, subject text not null, class text not null, source text not null,
      n integer not null, folded integer not null default 0)`,
    `create index audience_log_waiting on audience_log (seq) where folded = 0`,
    `create index audience_log_slot on audience_log (slot)`,
    `create table audience_spools (spool text primary key, position integer not null, updated_at text not null)`,
    `create table audience_hours (
      kind text not null, subject text not null, hour text not null, class text not null, source text not null, n integer not null,
      primary key (kind, subject, hour, class, source)) {clustered}`,
    `create index audience_hours_hour on audience_hours (hour)`,
    `create table audience_totals (
      kind text not null, subject text not null, people integer not null default 0, repeats integer not null default 0,
      previews integer not null default 0, bots integer not null default 0, excess integer not null default 0,
      fold integer not null, primary key (kind, subject)) {clustered}`,
    `create index audience_totals_fold on audience_totals (fold)`,
    `create table audience_scores (
      article_id text not null, measure text not null, period text not null, score double precision not null, edition text not null,
      section_id text, primary key (article_id, measure, period)) {clustered}`,
    `create index audience_scores_edition on audience_scores (measure, period, edition, score)`,
    `create index audience_scores_section on audience_scores (measure, period, section_id, score)`,
    `create table audience_nodes (node text primary key, seen_at text not null, readers text not null)`,
  ],
};
