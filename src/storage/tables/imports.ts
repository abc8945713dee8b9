import type { Id, Instant, Json } from './columns.ts';

export type ImportTables = {
  import_runs: {
    id: Id;
    format: string;
    /** The house or feed that external ids belong to. */
    origin: string;
    file_digest: string;
    file_name: string;
    state: 'running' | 'done' | 'failed';
    /** How many items of the file are done; a resumed run starts there. */
    cursor: number;
    /** The ledger so far. */
    counts: Json<unknown>;
    started_at: Instant;
    updated_at: Instant;
    finished_at: Instant | null;
  };
  /** What became of each outside item: kept as ours, or dropped with a reason. */
  import_items: {
    origin: string;
    external_id: string;
    item_kind: string;
    outcome: 'kept' | 'dropped';
    reason: string | null;
    our_id: Id | null;
    digest: string;
    run_id: Id;
    updated_at: Instant;
  };
  /** Comments that came with an import, kept for the discussion. */
  imported_comments: {
    id: Id;
    origin: string;
    external_id: string;
    article_id: Id;
    parent_external_id: string | null;
    author_name: string;
    author_email: string | null;
    author_url: string | null;
    body: Json<string[]>;
    state: 'approved' | 'pending' | 'spam';
    written_at: Instant;
  };
};
