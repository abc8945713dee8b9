import { mediaTypes } from '../../contract/media.ts';
import type { BodyAsset, Picture, PictureSource } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader } from '../../storage/db.ts';
import type { AssetRow, RenditionRow } from './media.store.ts';

const order = ['avif', 'webp', 'jpeg'] as const;

/** Assets as pages show them, by id. Withdrawn ones, expired rights and bytes that have not arrived are left out. */
export async function bodyAssets(
  db: Reader,
  ids: readonly string[],
  now: string,
): Promise<Map<string, BodyAsset>> {
  const found = new Map<string, BodyAsset>();
  if (ids.length === 0) return found;
  const unique = [...new Set(ids)];
  const assets = await db
    .selectFrom('assets')
    .selectAll()
    .where('id', 'in', unique)
    .where('withdrawn', '=', 0)
    .execute();
  const shown = assets.filter(
    (asset) => asset.digest !== null && (asset.rights_expire_at === null || asset.rights_expire_at > now),
  );
  const pictures = shown.filter((asset) => asset.kind === 'picture').map((asset) => asset.id);
  const renditions =
    pictures.length === 0
      ? []
      : await db
          .selectFrom('renditions')
          .selectAll()
          .where('asset_id', 'in', pictures)
          .orderBy('width')
          .execute();
  const byAsset = Map.groupBy(renditions, (rendition) => rendition.asset_id);
  for (const asset of shown) {
    const view = asset.kind === 'picture' ? pictureOf(asset, byAsset.get(asset.id) ?? []) : fileOf(asset);
    if (view !== undefined) found.set(asset.id, view);
  }
  return found;
}

/** Only the pictures, by id. */
export async function picturesOf(
  db: Reader,
  ids: readonly string[],
  now: string,
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>();
  for (const [id, asset] of await bodyAssets(db, ids, now)) {
    if (asset.kind !== 'picture') continue;
    const { kind: _kind, ...picture } = asset;
    pictures.set(id, picture);
  }
  return pictures;
}

function pictureOf(asset: AssetRow, renditions: readonly RenditionRow[]): BodyAsset | undefined {
  const extension = mediaTypes[asset.mime ?? ''];
  if (asset.digest === null || asset.width === null || asset.height === null || extension === undefined)
    return undefined;
  const sources = order.flatMap((format): PictureSource[] => {
    const srcset = renditions
      .filter((rendition) => rendition.format === format)
      .map((rendition) => ({
        url: paths.media(rendition.digest, format === 'jpeg' ? 'jpg' : format),
        width: rendition.width,
      }));
    return srcset.length === 0 ? [] : [{ type: `image/${format}`, srcset }];
  });
  const jpegs = renditions.filter((rendition) => rendition.format === 'jpeg');
  const fallback = jpegs.find((rendition) => rendition.width >= 960) ?? jpegs.at(-1);
  return {
    kind: 'picture',
    sources,
    // Until the first rendition is made, the original stands in.
    src: fallback === undefined ? paths.media(asset.digest, extension) : paths.media(fallback.digest, 'jpg'),
    width: fallback?.width ?? asset.width,
    height: fallback?.height ?? asset.height,
    alt: asset.alt,
    focal: { x: asset.focal_x / 1000, y: asset.focal_y / 1000 },
    ...(asset.caption === '' ? {} : { caption: asset.caption }),
    ...(asset.credit === '' ? {} : { credit: asset.credit }),
  };
}

function fileOf(asset: AssetRow): BodyAsset | undefined {
  const extension = mediaTypes[asset.mime ?? ''];
  if (asset.digest === null || asset.mime === null || extension === undefined) return undefined;
  const src = paths.media(asset.digest, extension);
  if (asset.kind === 'file')
    return { kind: 'file', href: src, name: asset.file_name, type: asset.mime, bytes: asset.bytes ?? 0 };
  return {
    kind: asset.kind === 'video' ? 'video' : 'audio',
    src,
    type: asset.mime,
    ...(asset.duration_ms === null ? {} : { durationSeconds: asset.duration_ms / 1000 }),
  };
}

/** Whether a file may be given out: it is an asset's, or a rendition of one, that is not withdrawn. */
export async function isServed(db: Reader, digest: string): Promise<boolean> {
  const asset = await db
    .selectFrom('assets')
    .select('id')
    .where('digest', '=', digest)
    .where('withdrawn', '=', 0)
    .executeTakeFirst();
  if (asset !== undefined) return true;
  const rendition = await db
    .selectFrom('renditions')
    .innerJoin('assets', 'assets.id', 'renditions.asset_id')
    .select('assets.id')
    .where('renditions.digest', '=', digest)
    .where('assets.withdrawn', '=', 0)
    .executeTakeFirst();
  return rendition !== undefined;
}
