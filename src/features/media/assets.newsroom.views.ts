import { mediaTypes } from '../../contract/media.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader } from '../../storage/db.ts';
import type { AssetRow, RenditionRow } from './media.store.ts';

/** An asset as the newsroom sees it. */
export type AssetRecord = {
  readonly id: string;
  readonly rowVersion: number;
  readonly kind: AssetRow['kind'];
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  readonly language: string | null;
  readonly focal: { readonly x: number; readonly y: number };
  readonly rightsHolder: string | null;
  readonly rightsTerms: string | null;
  readonly rightsExpireAt: string | null;
  readonly sourceUrl: string | null;
  readonly withdrawn: boolean;
  /** Null until the bytes have arrived. */
  readonly digest: string | null;
  readonly mime: string | null;
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly path: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type RenditionRecord = {
  readonly format: RenditionRow['format'];
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly path: string;
};

export type AssetQuery = {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly kind?: AssetRow['kind'] | undefined;
  /** Of these very bytes: SHA-256, hex. */
  readonly digest?: string | undefined;
  readonly sourceUrl?: string | undefined;
};

/** Assets, the newest first. */
export async function assetRecords(db: Reader, query: AssetQuery): Promise<AssetRecord[]> {
  let rows = db.selectFrom('assets').selectAll();
  if (query.after !== undefined) rows = rows.where('id', '<', query.after);
  if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind);
  if (query.digest !== undefined) rows = rows.where('digest', '=', query.digest);
  if (query.sourceUrl !== undefined) rows = rows.where('source_url', '=', query.sourceUrl);
  return (await rows.orderBy('id', 'desc').limit(query.limit).execute()).map(toRecord);
}

export async function assetRecord(db: Reader, id: string): Promise<AssetRecord | undefined> {
  const row = await db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toRecord(row);
}

/** The renditions of an asset that are made already, the smallest first. */
export async function renditionRecords(db: Reader, assetId: string): Promise<RenditionRecord[]> {
  const rows = await db
    .selectFrom('renditions')
    .selectAll()
    .where('asset_id', '=', assetId)
    .orderBy('width')
    .orderBy('format')
    .execute();
  return rows.map(({ format, width, height, bytes, digest }) => ({
    format,
    width,
    height,
    bytes,
    path: paths.media(digest, format === 'jpeg' ? 'jpg' : format),
  }));
}

function toRecord(row: AssetRow): AssetRecord {
  const extension = mediaTypes[row.mime ?? ''];
  return {
    id: row.id,
    rowVersion: row.row_version,
    kind: row.kind,
    fileName: row.file_name,
    caption: row.caption,
    credit: row.credit,
    alt: row.alt,
    language: row.language,
    focal: { x: row.focal_x / 1000, y: row.focal_y / 1000 },
    rightsHolder: row.rights_holder,
    rightsTerms: row.rights_terms,
    rightsExpireAt: row.rights_expire_at,
    sourceUrl: row.source_url,
    withdrawn: row.withdrawn === 1,
    digest: row.digest,
    mime: row.mime,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    path: row.digest === null || extension === undefined ? null : paths.media(row.digest, extension),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
