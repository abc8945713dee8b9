import type { Shape } from '../../contract/crops.ts';
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
  options: { readonly now: string; readonly shape?: Shape },
): Promise<Map<string, BodyAsset>> {
  const { now, shape } = options;
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
    const view =
      asset.kind === 'picture'
        ? pictureOf(asset, { renditions: byAsset.get(asset.id) ?? [], shape })
        : fileOf(asset);
    if (view !== undefined) found.set(asset.id, view);
  }
  return found;
}

/** Only the pictures, by id; cut to a shape where one is asked for. */
export async function picturesOf(
  db: Reader,
  ids: readonly string[],
  options: { readonly now: string; readonly shape?: Shape },
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>();
  for (const [id, asset] of await bodyAssets(db, ids, options)) {
    if (asset.kind !== 'picture') continue;
    const { kind: _kind, ...picture } = asset;
    pictures.set(id, picture);
  }
  return pictures;
}

/** A picture as pages show it. Never the original: it may say where it was taken. */
function pictureOf(
  asset: AssetRow,
  of: { renditions: readonly RenditionRow[]; shape: Shape | undefined },
): BodyAsset | undefined {
  const whole = of.renditions.filter(({ name }) => /^w\d+$/.test(name));
  const cut = of.renditions.filter(({ name }) => of.shape !== undefined && name.startsWith(`${of.shape}-`));
  // Until the shape is made the page cuts the whole picture by its focal point.
  const shown = cut.some(({ format }) => format === 'jpeg') ? cut : whole;
  const sources = order.flatMap((format): PictureSource[] => {
    const srcset = shown
      .filter((rendition) => rendition.format === format)
      .map((rendition) => ({
        url: paths.media(rendition.digest, format === 'jpeg' ? 'jpg' : format),
        width: rendition.width,
      }));
    return srcset.length === 0 ? [] : [{ type: `image/${format}`, srcset }];
  });
  const jpegs = shown.filter((rendition) => rendition.format === 'jpeg');
  const fallback = jpegs.find((rendition) => rendition.width >= 960) ?? jpegs.at(-1);
  if (fallback === undefined) return undefined;
  const shaped = of.shape === undefined ? shapedFiles(of.renditions) : [];
  return {
    kind: 'picture',
    sources,
    src: paths.media(fallback.digest, 'jpg'),
    width: fallback.width,
    height: fallback.height,
    alt: asset.alt,
    ...(shaped.length === 0 ? {} : { shaped }),
    ...(shown === cut ? {} : { focal: { x: asset.focal_x / 1000, y: asset.focal_y / 1000 } }),
    ...(asset.caption === '' ? {} : { caption: asset.caption }),
    ...(asset.credit === '' ? {} : { credit: asset.credit }),
  };
}

/** The largest JPEG of each shape that machines which read pages ask for: 16:9, 4:3 and 1:1 (schema.org `image`). */
function shapedFiles(renditions: readonly RenditionRow[]): string[] {
  return (['wide', 'classic', 'square'] as const).flatMap((shape) => {
    const largest = renditions.findLast(
      ({ name, format }) => format === 'jpeg' && name.startsWith(`${shape}-`),
    );
    return largest === undefined ? [] : [paths.media(largest.digest, 'jpg')];
  });
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

/** Whether a file may be given out to anyone, see `servedUntil`. */
export async function isServed(db: Reader, digest: string, now: string): Promise<boolean> {
  return (await servedUntil(db, digest, now)) !== undefined;
}

/**
 * Until when a file may be given out to anyone: a rendition, or an original that is no picture, of an asset that is not withdrawn and whose
 * rights run. Null: for good; undefined: not at all. Originals of pictures stay in the house, with all that they say of place, device and
 * owner.
 */
export async function servedUntil(
  db: Reader,
  digest: string,
  now: string,
): Promise<string | null | undefined> {
  const originals = await db
    .selectFrom('assets')
    .select('rights_expire_at')
    .where('digest', '=', digest)
    .where('kind', '<>', 'picture')
    .where('withdrawn', '=', 0)
    .where((eb) => eb.or([eb('rights_expire_at', 'is', null), eb('rights_expire_at', '>', now)]))
    .execute();
  if (originals.length > 0) return latestOf(originals);
  for (const table of ['renditions', 'retired_renditions'] as const) {
    const renditions = await db
      .selectFrom(table)
      .innerJoin('assets', 'assets.id', `${table}.asset_id`)
      .select('assets.rights_expire_at')
      .where(`${table}.digest`, '=', digest)
      .where('assets.withdrawn', '=', 0)
      .where((eb) =>
        eb.or([eb('assets.rights_expire_at', 'is', null), eb('assets.rights_expire_at', '>', now)]),
      )
      .execute();
    if (renditions.length > 0) return latestOf(renditions);
  }
  return undefined;
}

/** The same bytes may be there by several rights; the longest counts. */
function latestOf(rows: readonly { readonly rights_expire_at: string | null }[]): string | null {
  let latest = '';
  for (const { rights_expire_at: end } of rows) {
    if (end === null) return null;
    if (end > latest) latest = end;
  }
  return latest;
}
