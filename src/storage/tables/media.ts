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
    row_version: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  renditions: {
    id: Id;
    asset_id: Id;
    /** `w640` plain widths, `og` the social card … */
    name: string;
    format: 'avif' | 'webp' | 'jpeg' | 'png';
    digest: string;
    bytes: number;
    width: number;
    height: number;
    created_at: Instant;
  };
  /** Drawn social cards, by the article version they show. */
  social_cards: { article_id: Id; input_digest: string; digest: string; bytes: number; created_at: Instant };
};
export type { Json };
