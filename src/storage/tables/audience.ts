import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

/** `link`: a short link by its code. `site`: every page, with an empty subject. */
export type AudienceKind = 'article' | 'storyline' | 'section' | 'site' | 'link';
/** Who asked: `repeats` are people who saw the same a moment ago, `excess` what one address asked beyond its bound. */
export type AudienceClass = 'people' | 'repeats' | 'previews' | 'bots' | 'excess';

export type AudienceTables = {
  /** What was counted, by ten minutes: the log from which the rest can be made anew. Nothing in it is of a person. */
  audience_log: {
    seq: Generated<number>;
    /** The beginning of the ten minutes. */
    slot: Instant;
    kind: AudienceKind;
    subject: string;
    class: AudienceClass;
    /** Where people came from, in classes. */
    source: string;
    n: number;
    /** It is in the hours, totals and scores. */
    folded: Generated<Flag>;
  };
  /** How far a node's journal is in the log; the row `fold` counts the times the log was folded. */
  audience_spools: { spool: string; position: number; updated_at: Instant };
  audience_hours: {
    kind: AudienceKind;
    subject: string;
    hour: Instant;
    class: AudienceClass;
    source: string;
    n: number;
  };
  audience_totals: {
    kind: AudienceKind;
    subject: string;
    people: Generated<number>;
    repeats: Generated<number>;
    previews: Generated<number>;
    bots: Generated<number>;
    excess: Generated<number>;
    /** The fold that moved it last. */
    fold: number;
  };
  /** Logarithms of decaying sums: their order stays right without being touched. */
  audience_scores: {
    article_id: Id;
    measure: 'read' | 'discussed';
    period: 'hour' | 'day' | 'week';
    score: number;
    edition: string;
    section_id: Id | null;
  };
  /** How many listen to a topic on a node at the moment. */
  audience_nodes: { node: string; seen_at: Instant; readers: Json<Record<string, number>> };
};
