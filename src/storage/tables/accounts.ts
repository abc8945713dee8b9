import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

export type AccountTables = {
  users: {
    id: Id;
    /** The address to sign in by, lower case; `{id}@no-address.invalid` of an account that has none. */
    email: string;
    name: string;
    /** One of contract/permissions' roles. */
    role: string;
    disabled: Flag;
    created_at: Instant;
    updated_at: Instant;
    /** Where mail goes when that is not `email`: the address a provider vouched for. Nobody signs in by it. */
    contact_email: Generated<string | null>;
    /** `argon2id$…`; null without a password. */
    password_hash: Generated<string | null>;
    /** What the name looks like (UTS 39), for comparison with other names. */
    name_skeleton: Generated<string | null>;
    /** Blob of the picture, a small WebP. */
    avatar_digest: Generated<string | null>;
    language: Generated<string | null>;
    signed_in_at: Generated<Instant | null>;
    deleted_at: Generated<Instant | null>;
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
  sessions: {
    id: Id;
    /** SHA-256 of the cookie's secret, hex. */
    secret_hash: string;
    user_id: Id;
    /** `Firefox on Linux`: from the browser's own words, no more. */
    device: string;
    /** How it began: passkey, password, totp, recovery, link, facebook, oidc … */
    method: string;
    created_at: Instant;
    /** When the person last proved who they are. */
    authenticated_at: Instant;
    last_used_at: Instant;
    expires_at: Instant;
  };
  passkeys: {
    id: Id;
    /** base64url, as the authenticator gave it. */
    credential_id: string;
    user_id: Id;
    /** COSE key, base64url. */
    public_key: string;
    sign_count: number;
    transports: Json<string[]>;
    name: string;
    backed_up: Flag;
    created_at: Instant;
    last_used_at: Instant | null;
  };
  totp_secrets: {
    user_id: Id;
    /** Base32 (RFC 4648). The one secret that cannot be kept as a hash: codes are computed from it. */
    secret: string;
    confirmed_at: Instant | null;
    /** The time step of the last code that was taken: it and earlier ones are not taken again. */
    last_step: number;
    /** Wrong codes of the last hour; too many, and no code is taken until it is over. */
    failures: Generated<number>;
    failing_since: Generated<Instant | null>;
    created_at: Instant;
  };
  recovery_codes: {
    id: Id;
    user_id: Id;
    code_hash: string;
    used_at: Instant | null;
    created_at: Instant;
  };
  one_time_links: {
    id: Id;
    /** Null until the mail that carries it is sent: the secret is made then and is never stored. */
    secret_hash: string | null;
    purpose: string;
    user_id: Id | null;
    email: string | null;
    details: Json<Record<string, unknown>>;
    created_at: Instant;
    expires_at: Instant;
    used_at: Instant | null;
  };
  /** What is between two requests of one sign-in: a challenge, a state, a first factor. */
  sign_in_steps: {
    id: Id;
    secret_hash: string;
    kind: string;
    details: Json<Record<string, unknown>>;
    attempts: number;
    created_at: Instant;
    expires_at: Instant;
  };
  /** An account at another place. The pair of provider and subject is the account; the address is only told. */
  identities: {
    provider: string;
    subject: string;
    user_id: Id;
    email: string | null;
    created_at: Instant;
    last_used_at: Instant;
  };
  deletion_receipts: {
    code: string;
    provider: string;
    state: string;
    requested_at: Instant;
    finished_at: Instant | null;
  };
};

export type MailTables = {
  mails: {
    id: Id;
    recipient: string;
    subject: string;
    body_text: string;
    body_html: string | null;
    headers: Json<Record<string, string>>;
    dedupe_key: string | null;
    /** What is put in the place of `{{link}}` when it is sent, so that no secret waits in the queue. */
    fill: Json<Record<string, unknown>> | null;
    /** waiting, sending, sent, failed */
    state: string;
    attempts: number;
    send_at: Instant;
    lease_until: Instant | null;
    last_error: string | null;
    created_at: Instant;
    sent_at: Instant | null;
  };
};

export type AuditTables = {
  audit_head: { id: number; last_seq: number; last_hash: string };
  audit_entries: {
    seq: number;
    happened_at: Instant;
    actor_id: Id | null;
    actor_name: string;
    action: string;
    object_kind: string;
    object_id: string;
    details: Json<Record<string, unknown>>;
    previous_hash: string;
    /** SHA-256 over the canonical JSON of the entry with the hash of the one before. */
    entry_hash: string;
  };
};
