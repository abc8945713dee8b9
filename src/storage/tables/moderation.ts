import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

type Outcome = 'publish' | 'hold' | 'reject';

export type ModerationTables = {
  moderation_settings: {
    scope_kind: 'site' | 'section' | 'storyline' | 'article';
    /** Empty for the site. */
    scope_id: string;
    /** contract/moderation's ModerationSettings, or an override of them. */
    settings: Json<unknown>;
    row_version: Generated<number>;
    updated_by: Id | null;
    updated_at: Instant;
  };
  moderation_rules: {
    id: Id;
    kind: 'words' | 'domain';
    /** A word or phrase, or a domain. */
    phrase: string;
    language: string | null;
    inflected: Flag;
    action: Outcome;
    standard: string | null;
    enabled: Flag;
    note: string;
    row_version: Generated<number>;
    created_by: Id | null;
    created_at: Instant;
    updated_at: Instant;
  };
  moderation_state: { id: number; rules_version: number };
  moderation_decisions: {
    id: Id;
    comment_id: Id | null;
    article_id: Id | null;
    /** `user:ID`, or `guest:` and a digest of the address. */
    author_key: string | null;
    user_id: Id | null;
    sanction_id: Id | null;
    notice_id: Id | null;
    appeal_id: Id | null;
    action: string;
    /** The comment's state before. */
    was: string | null;
    phase: string;
    rule_id: string;
    matched: Json<string[]>;
    /** Everything the phases found, contract/moderation's Finding. */
    findings: Json<unknown[]>;
    standard_version: number | null;
    standard_paragraph: string | null;
    legal_ground: string | null;
    /** What happened, as the person who decided wrote it. */
    facts: string;
    /** A sentence to the commenter. */
    message: string;
    /** Null: the machine. */
    decided_by: Id | null;
    automated: Flag;
    /** How it came to notice: `rule`, `report`, `notice`, `own`, `appeal`. */
    detected: string;
    category: string | null;
    /** From entering a queue to the decision. */
    delay_seconds: number | null;
    /** The queues that it left by this decision. */
    left_queues: Json<string[]>;
    undoes: Id | null;
    language: string;
    created_at: Instant;
  };
  moderation_queue: {
    queue: 'reported' | 'pending' | 'appealed' | 'new';
    comment_id: Id;
    article_id: Id;
    entered_at: Instant;
    reports: Generated<number>;
  };
  moderation_counts: { queue: string; items: number };
  moderation_claims: { comment_id: Id; user_id: Id; claimed_until: Instant };
  moderation_reports: {
    id: Id;
    comment_id: Id;
    article_id: Id;
    /** `user:ID`, or `address:` and a keyed digest of the address. */
    reporter_key: string;
    user_id: Id | null;
    category: string;
    details: string;
    state: 'open' | 'upheld' | 'dismissed';
    decision_id: Id | null;
    created_at: Instant;
    resolved_at: Instant | null;
  };
  moderation_appeals: {
    id: Id;
    decision_id: Id;
    comment_id: Id | null;
    author_key: string;
    body: string;
    state: 'open' | 'upheld' | 'overturned' | 'void';
    decided_by: Id | null;
    answer: string;
    outcome_decision_id: Id | null;
    created_at: Instant;
    decided_at: Instant | null;
  };
  moderation_sanctions: {
    id: Id;
    author_key: string;
    user_id: Id | null;
    kind: 'ban' | 'suspension';
    until_at: Instant | null;
    reason: string;
    standard_version: number | null;
    standard_paragraph: string | null;
    created_by: Id | null;
    created_at: Instant;
    lifted_by: Id | null;
    lifted_at: Instant | null;
  };
  moderation_notes: {
    id: Id;
    subject_kind: 'comment' | 'person';
    subject_id: string;
    body: string;
    created_by: Id;
    created_at: Instant;
  };
  moderation_notices: {
    id: Id;
    /** What the notifier keeps to ask after it. */
    code: string;
    url: string;
    comment_id: Id | null;
    category: string;
    explanation: string;
    legal_reference: string;
    notifier_name: string | null;
    notifier_email: string | null;
    user_id: Id | null;
    good_faith: Flag;
    language: string;
    state: 'received' | 'acted' | 'dismissed';
    decided_by: Id | null;
    answer: string;
    automated: Generated<Flag>;
    created_at: Instant;
    decided_at: Instant | null;
  };
  moderation_people: {
    author_key: string;
    comments: Generated<number>;
    approved: Generated<number>;
    held: Generated<number>;
    rejected: Generated<number>;
    reported: Generated<number>;
    last_at: Instant;
  };
  moderation_sketches: {
    comment_id: Id;
    author_key: string;
    article_id: Id;
    /** Digest of the folded words. */
    sameness: string;
    /** MinHash values in base 36, joined by points. */
    signature: string;
    created_at: Instant;
  };
  moderation_bands: { band: string; created_at: Instant; comment_id: Id };
  moderation_models: {
    id: number;
    weights: string;
    sums: string;
    bias: number;
    bias_sum: number;
    examples: number;
    slope: number;
    shift: number;
    row_version: number;
    updated_at: Instant;
  };
  moderation_trials: {
    id: Id;
    comment_id: Id;
    score: number;
    probability: number;
    trouble: Flag;
    created_at: Instant;
  };
  moderation_service_calls: {
    comment_id: Id;
    state: 'waiting' | 'answered' | 'unanswered';
    attempts: number;
    outcome: string | null;
    created_at: Instant;
    answered_at: Instant | null;
  };
  standards_versions: {
    version_number: number;
    article_id: Id | null;
    published_by: Id | null;
    note: string;
    published_at: Instant;
  };
  standards_paragraphs: {
    version_number: number;
    language: string;
    paragraph_id: string;
    position: number;
    title: string;
    body: string;
  };
};
