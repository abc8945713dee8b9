import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

/** What is heard when no encoder is connected: files in turn, another mount, or nothing. */
export type Fallback =
  | { readonly kind: 'none' }
  | { readonly kind: 'files'; readonly assets: readonly Id[] }
  | { readonly kind: 'mount'; readonly mount: Id };

export type Chapter = { readonly startMs: number; readonly title: string; readonly url?: string };

export type RadioTables = {
  /** A stream's address, `/radio/{slug}`. */
  radio_mounts: {
    id: Id;
    slug: string;
    name: string;
    description: string;
    position: number;
    listed: Flag;
    /** An Icecast, Shoutcast or HLS address that is played while no encoder is connected. */
    relay_url: string | null;
    fallback: Json<Fallback>;
    /** Further bit rates in kbit/s, made where ffmpeg is installed. */
    bit_rates: Json<number[]>;
    /** How long the recording is kept for cutting. */
    keep_hours: number;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** Who may send to a mount. */
  radio_sources: {
    id: Id;
    mount_id: Id;
    username: string;
    password_hash: string;
    /** May take the air from an encoder that is on it. */
    takes_over: Flag;
    created_at: Instant;
    last_used_at: Instant | null;
  };
  /** What is on a mount now, as the process that airs it says. */
  radio_states: {
    mount_id: Id;
    origin: 'off' | 'encoder' | 'relay' | 'fallback';
    title: string;
    artist: string;
    format: 'mp3' | 'aac' | 'opus' | null;
    kbits: number | null;
    listeners: number;
    since: Instant;
    updated_at: Instant;
  };
  /** What was heard, by hour and programme. `people` is a sketch that counts different listeners and names none. */
  radio_listening: {
    mount_id: Id;
    starts_at: Instant;
    /** Empty outside of every programme. */
    programme_id: Id;
    audience: 'people' | 'bots';
    seconds: number;
    peak: number;
    people: string;
  };
  radio_programmes: {
    id: Id;
    slug: string;
    title: string;
    description: string;
    hosts: Json<string[]>;
    language: string;
    asset_id: Id | null;
    /** Apple's category, `News` or `News > Daily News`. */
    category: string;
    explicit: Flag;
    owner_email: string | null;
    copyright: string;
    /** `podcast:guid`: never changes, whatever address the feed has. */
    feed_guid: string;
    episode_count: number;
    archived: Flag;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** When a programme is on: every week, or on one day. Times are the site's wall clock. */
  radio_slots: {
    id: Id;
    programme_id: Id;
    mount_id: Id;
    /** 1 Monday to 7 Sunday; null with `on_day`. */
    weekday: number | null;
    on_day: string | null;
    /** `HH:MM` */
    starts: string;
    minutes: number;
    first_day: string | null;
    last_day: string | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  radio_moments: {
    id: Id;
    mount_id: Id;
    at: Instant;
    label: string;
    created_by: Id | null;
    created_at: Instant;
  };
  radio_episodes: {
    id: Id;
    programme_id: Id;
    slug: string;
    title: string;
    description: string;
    state: 'draft' | 'published' | 'withdrawn';
    published_at: Instant | null;
    /** What of the recording it was cut from. */
    mount_id: Id | null;
    starts_at: Instant | null;
    ends_at: Instant | null;
    digest: string | null;
    mime: string | null;
    bytes: number | null;
    duration_ms: number | null;
    season: number | null;
    number: number | null;
    explicit: Flag;
    asset_id: Id | null;
    chapters: Json<Chapter[]>;
    transcript_digest: string | null;
    transcript_mime: 'text/vtt' | 'application/srt' | 'application/json' | null;
    transcript_language: string | null;
    guid: string;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  /** Articles that link to a moment of an episode: kept in agreement with what is published. */
  radio_links: { article_id: Id; episode_id: Id; second: number };
};
