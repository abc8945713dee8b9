import type { Id, Instant } from './columns.ts';

export type RecordTables = {
  /** One row: the size of the tree. Appending updates it first, which puts appends in one line on either database. */
  record_state: { id: 1; size: number; frontier: string; root_hash: string; updated_at: Instant };
  record_leaves: {
    leaf_index: number;
    article_id: Id;
    version_number: number;
    /** The leaf's bytes as published in the entry bundle (UTF-8 JSON, RFC 8785). */
    entry: string;
    created_at: Instant;
  };
  /** What a leaf commits to. Both columns are null after a lawful erasure; the leaf stays. */
  record_contents: {
    leaf_index: number;
    salt: string | null;
    content: string | null;
    erased_at: Instant | null;
    erased_reason: string | null;
    /** The log's own signature (base64) of the erasure: nobody else can blank a leaf's content and call it lawful. */
    erased_signature: string | null;
  };
  /** Hashes (base64) at tile levels: level 0 is leaves, level n the root of 256^n leaves. */
  record_nodes: { level: number; node_index: number; hash: string };
  /** One row. The secret (base64) is the Ed25519 seed, then the key's signature of this row's other columns. */
  record_keys: { id: 1; origin: string; secret_key: string; public_key: string; created_at: Instant };
};
