import type { Flag, Generated, Id, Instant, Json } from './columns.ts';

export type MediaTables = {
  assets: {
    id: Id;
    kind: 'picture' | 'audio' | 'video' | 'file';
    /** SHA-256 of the original's bytes, hex: its name in the blob store. Null until the bytes have arrived. */
    digest: string | null;
    mime: string | null;
    bytes: number | null;
    width: number | null;
    height: number | null;
    duration_ms: number | null;
    file_name: string;
    caption: string;
    credit: string;
    alt: string;
    /** The language of caption and alt text. */
    language: string | null;
    /** Focal point in thousandths of width and height, from the top left. */
    focal_x: number;
    focal_y: number;
    rights_holder: string | null;
    rights_terms: string | null;
    rights_expire_at: Instant | null;
    /** A tiny preview: average colour as `#rrggbb`. */
    colour: string | null;
    source_url: string | null;
    withdrawn: Flag;
    creator: Generated<string>;
    place: Generated<string>;
    keywords: Generated<Json<string[]>>;
    taken_at: Instant | null;
    /** contract/crops' Crops. */
    crops: Generated<Json<Record<string, unknown>>>;
    created_by: Id | null;
    /** Content Credentials (C2PA) of the file: whole and its own, or not; null where it has none. */
    credentials: 'valid' | 'invalid' | null;
    /** Digest of all that the renditions are made from; null before there is a picture. */
    plan: string | null;
    /** The plan that the renditions of this moment are of. */
    made_plan: string | null;
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  renditions: {
    id: Id;
    asset_id: Id;
    /** Digest of the asset's plan that it was made by. */
    plan: Generated<string>;
    /** `w640` the whole picture at a width, `card-w640` cut to a shape. */
    name: string;
    format: 'avif' | 'webp' | 'jpeg' | 'png';
    digest: string;
    bytes: number;
    width: number;
    height: number;
    created_at: Instant;
  };
  /** Files that renditions made anew have replaced: pages that a reader or a cache still holds may ask for them for some days. */
  retired_renditions: { digest: string; asset_id: Id; retired_at: Instant };
  /** What assets are found by: folded words of caption, credit, alt text, file name, keywords, place and creator. */
  asset_words: { word: string; asset_id: Id };
  /** Resumable uploads (tus) that are under way, and for a while those that ended. */
  uploads: {
    id: Id;
    user_id: Id;
    total_bytes: number;
    received_bytes: number;
    metadata: Json<Record<string, string>>;
    state: 'receiving' | 'done' | 'refused';
    asset_id: Id | null;
    failure: string | null;
    created_at: Instant;
    updated_at: Instant;
    expires_at: Instant;
  };
  /** Parts of an upload in the blob store, each behind the upload's id so that no other blob has its digest. */
  upload_chunks: { upload_id: Id; start_byte: number; digest: string; bytes: number };
  /** The key and certificates that Content Credentials of renditions are signed with. */
  credential_keys: { id: number; secret_key: string; chain: Json<string[]>; created_at: Instant };
  /** Drawn social cards, by the article version they show. */
  social_cards: { article_id: Id; input_digest: string; digest: string; bytes: number; created_at: Instant };
};
export type { Json };
