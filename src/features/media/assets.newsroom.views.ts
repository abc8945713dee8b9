import { fromJson } from '../../base/json.ts';
import type { Crops } from '../../contract/crops.ts';
import { mediaTypes } from '../../contract/media.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader } from '../../storage/db.ts';
import type { AssetRow, RenditionRow } from './media.store.ts';
import { cropsOf } from './plan.ts';
import { foldedWords } from './words.ts';

/** An asset as the newsroom sees it. */
export type AssetRecord = {
  readonly id: string;
  readonly rowVersion: number;
  readonly kind: AssetRow['kind'];
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  readonly creator: string;
  readonly place: string;
  readonly keywords: readonly string[];
  readonly takenAt: string | null;
  readonly crops: Crops;
  readonly createdBy: string | null;
  readonly credentials: AssetRow['credentials'];
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
  /** What anyone may fetch: the largest rendition of a picture, the file itself of others; null where there is none (yet). */
  readonly path: string | null;
  /** A small picture of it, for the house. */
  readonly preview: string | null;
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
  /** Words of it; the last one may be cut short. */
  readonly q?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly lacks?: 'alt' | 'credit' | 'caption' | undefined;
  readonly rights?: 'expired' | 'expiring' | undefined;
  /** Shown by no article, draft or live. */
  readonly unused?: boolean | undefined;
  readonly now: string;
};

/** Sorts after every word, byte by byte. */
const LAST = '\u{10ffff}';
const EXPIRING_MS = 30 * 24 * 3600_000;

/** Assets, the newest first. */
export async function assetRecords(db: Reader, query: AssetQuery): Promise<AssetRecord[]> {
  let rows = db.selectFrom('assets').selectAll();
  if (query.after !== undefined) rows = rows.where('id', '<', query.after);
  if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind);
  if (query.digest !== undefined) rows = rows.where('digest', '=', query.digest);
  if (query.sourceUrl !== undefined) rows = rows.where('source_url', '=', query.sourceUrl);
  if (query.createdBy !== undefined) rows = rows.where('created_by', '=', query.createdBy);
  if (query.lacks !== undefined) rows = rows.where(query.lacks, '=', '');
  if (query.rights === 'expired') rows = rows.where('rights_expire_at', '<=', query.now);
  if (query.rights === 'expiring') {
    const soon = new Date(Date.parse(query.now) + EXPIRING_MS).toISOString();
    rows = rows.where('rights_expire_at', '>', query.now).where('rights_expire_at', '<=', soon);
  }
  if (query.unused === true)
    rows = rows.where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('article_assets')
            .select('article_id')
            .whereRef('article_assets.asset_id', '=', 'assets.id'),
        ),
      ),
    );
  for (const word of foldedWords(query.q ?? '').slice(0, 8))
    rows = rows.where('id', 'in', (eb) =>
      eb
        .selectFrom('asset_words')
        .select('asset_id')
        .where('word', '>=', word)
        .where('word', '<', word + LAST),
    );
  const found = await rows.orderBy('id', 'desc').limit(query.limit).execute();
  const copies = await publicCopies(db, found);
  return found.map((row) => toRecord(row, copies.get(row.id) ?? null));
}

export async function assetRecord(db: Reader, id: string): Promise<AssetRecord | undefined> {
  const row = await db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return toRecord(row, (await publicCopies(db, [row])).get(id) ?? null);
}

/** The largest JPEG of each whole picture. */
async function publicCopies(db: Reader, assets: readonly AssetRow[]): Promise<Map<string, string>> {
  const pictures = assets.filter(({ kind }) => kind === 'picture').map(({ id }) => id);
  if (pictures.length === 0) return new Map();
  const rows = await db
    .selectFrom('renditions')
    .select(['asset_id', 'name', 'digest'])
    .where('asset_id', 'in', pictures)
    .where('format', '=', 'jpeg')
    .orderBy('width')
    .execute();
  return new Map(
    rows
      .filter(({ name }) => /^w\d+$/.test(name))
      .map((row) => [row.asset_id, paths.media(row.digest, 'jpg')]),
  );
}

/** The file that the newsroom shows in small: the picture's square rendition, or the smallest there is. */
export async function previewOf(
  db: Reader,
  id: string,
): Promise<{ digest: string; bytes: number } | undefined> {
  const rows = await db
    .selectFrom('renditions')
    .select(['name', 'digest', 'bytes'])
    .where('asset_id', '=', id)
    .where('format', '=', 'jpeg')
    .orderBy('width')
    .execute();
  return rows.find(({ name }) => name === 'w480') ?? rows.find(({ name }) => /^w\d+$/.test(name));
}

export type AssetUse = {
  readonly article: string;
  readonly headline: string;
  readonly state: string;
  readonly draft: boolean;
  readonly live: boolean;
};

type Titled = { id: string; title: string };

/** Where an asset is shown: in the latest revision of articles, in what readers see, or both; whose portrait and which artwork it is. */
export async function assetUsesOf(
  db: Reader,
  id: string,
): Promise<{
  articles: AssetUse[];
  authors: { id: string; name: string }[];
  programmes: Titled[];
  episodes: Titled[];
}> {
  const rows = await db
    .selectFrom('article_assets')
    .innerJoin('articles', 'articles.id', 'article_assets.article_id')
    .select(['articles.id', 'articles.headline', 'articles.state', 'article_assets.use_kind'])
    .where('article_assets.asset_id', '=', id)
    .orderBy('articles.id', 'desc')
    .limit(400)
    .execute();
  const articles = [...Map.groupBy(rows, (row) => row.id)].map(([article, uses]): AssetUse => {
    const [first] = uses;
    return {
      article,
      headline: first?.headline ?? '',
      state: first?.state ?? '',
      draft: uses.some(({ use_kind }) => use_kind === 'draft'),
      live: uses.some(({ use_kind }) => use_kind === 'live'),
    };
  });
  const authors = await db.selectFrom('authors').select(['id', 'name']).where('asset_id', '=', id).execute();
  const [programmes, episodes] = await Promise.all(
    (['radio_programmes', 'radio_episodes'] as const).map((table) =>
      db
        .selectFrom(table)
        .select(['id', 'title'])
        .where('asset_id', '=', id)
        .orderBy('id')
        .limit(400)
        .execute(),
    ),
  );
  return { articles, authors, programmes: programmes ?? [], episodes: episodes ?? [] };
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

function toRecord(row: AssetRow, copy: string | null): AssetRecord {
  const extension = mediaTypes[row.mime ?? ''];
  const file = row.digest === null || extension === undefined ? null : paths.media(row.digest, extension);
  return {
    id: row.id,
    rowVersion: row.row_version,
    kind: row.kind,
    fileName: row.file_name,
    caption: row.caption,
    credit: row.credit,
    alt: row.alt,
    creator: row.creator,
    place: row.place,
    keywords: fromJson<string[]>(row.keywords as string),
    takenAt: row.taken_at,
    crops: cropsOf(row),
    createdBy: row.created_by,
    credentials: row.credentials,
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
    path: row.kind === 'picture' ? copy : file,
    preview: copy === null ? null : paths.assetPreview(row.id, row.digest ?? ''),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
