import type { Id, Instant, Json } from './columns.ts';

export type CollaborationTables = {
  /** The shared document of an article that is or was being written. Updates are numbered per article, without gaps. */
  shared_documents: {
    article_id: Id;
    /** A Yjs update (base64) that holds everything up to `snapshot_seq`. */
    snapshot: string;
    snapshot_seq: number;
    last_seq: number;
    /** What the latest revision was made of: its number, the number of the last update in it, and the document at that moment. */
    revision_number: number;
    revised_seq: number;
    revision_state: string;
    /** Who has written since the latest revision. */
    pending_editors: Json<Id[]>;
    /** Why no revision can be made of what is there. */
    fault: string | null;
    created_at: Instant;
    changed_at: Instant;
    /** When the first change came that no revision has yet. */
    unrevised_since: Instant | null;
  };
  shared_updates: {
    article_id: Id;
    seq: number;
    user_id: Id | null;
    /** A Yjs update, base64. */
    data: string;
    created_at: Instant;
  };
  /** Whose browser tab (or call of the API) a Yjs client is. */
  shared_clients: { article_id: Id; client_id: number; user_id: Id | null; created_at: Instant };
  /** Which stretch of a client's insertions came with which revision: who wrote what, and when. */
  shared_authorship: {
    article_id: Id;
    client_id: number;
    to_clock: number;
    from_clock: number;
    revision_number: number;
    created_at: Instant;
  };
  /** What is known of a revision beyond its content. */
  revision_notes: {
    article_id: Id;
    revision_number: number;
    /** `kept`: by itself after a pause; `saved`: asked for; `restored`; `outside`: through the API or an import. */
    origin: 'kept' | 'saved' | 'restored' | 'outside';
    editors: Json<Id[]>;
    restored_from: number | null;
  };
  /** What a person has seen of an article: a Yjs state vector (base64) and the revision of that moment. */
  last_looks: { article_id: Id; user_id: Id; vector: string; revision_number: number; looked_at: Instant };
  /** A conversation about a passage, held to the text by Yjs relative positions. */
  passage_threads: {
    id: Id;
    article_id: Id;
    anchor: Json<{ from: unknown; to: unknown }>;
    /** The passage as it read when the thread began. */
    quote: string;
    state: 'open' | 'resolved';
    created_by: Id | null;
    created_at: Instant;
    resolved_by: Id | null;
    resolved_at: Instant | null;
  };
  passage_comments: {
    id: Id;
    thread_id: Id;
    article_id: Id;
    body: string;
    mentions: Json<Id[]>;
    created_by: Id | null;
    created_at: Instant;
    edited_at: Instant | null;
    deleted_at: Instant | null;
  };
};
