import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

export type NewsroomTables = {
  /** What a person looks for again and again in the list of articles. */
  saved_views: {
    id: Id;
    user_id: Id;
    name: string;
    query: Json<Record<string, string>>;
    shared: Flag;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** Where somebody was spoken to: a comment on a passage, an article that was given to them. */
  mentions: {
    id: Id;
    user_id: Id;
    kind: string;
    by_user: Id | null;
    article_id: Id | null;
    /** Address below `/newsroom/` that leads to the place. */
    target: string;
    excerpt: string;
    created_at: Instant;
    read_at: Instant | null;
  };
  /** What was done to many articles at once, with all that undoing it needs. */
  bulk_operations: {
    id: Id;
    user_id: Id;
    action: string;
    items: Json<unknown>;
    done: number;
    created_at: Instant;
    undone_at: Instant | null;
  };
};
