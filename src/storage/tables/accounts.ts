import type { Flag, Id, Instant, Json } from './columns.ts';

export type AccountTables = {
  users: {
    id: Id;
    email: string;
    name: string;
    /** One of contract/permissions' roles. */
    role: string;
    disabled: Flag;
    created_at: Instant;
    updated_at: Instant;
  };
  api_tokens: {
    id: Id;
    /** SHA-256 of the secret, hex. The secret itself is shown once and never kept. */
    secret_hash: string;
    name: string;
    user_id: Id;
    scopes: Json<string[]>;
    created_at: Instant;
    expires_at: Instant | null;
    last_used_at: Instant | null;
    revoked_at: Instant | null;
  };
};
