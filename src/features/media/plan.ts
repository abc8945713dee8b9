import { createHash } from 'node:crypto';
import { fromJson } from '../../base/json.ts';
import { canonicalJson } from '../../base/json.ts';
import { type CropBox, cropPixels, type Crops, type Shape } from '../../contract/crops.ts';
import type { AssetRow } from './media.store.ts';
import { SIGNATURE_BYTES } from './credentials/cose.ts';
import type { PictureJob, RenderPlan } from './picture-worker.ts';
import type { Rights } from './picture-xmp.ts';

export const renditionWidths = [320, 480, 640, 960, 1280, 1920] as const;
export const formats = ['jpeg', 'webp', 'avif'] as const;

/** The widths of each cut shape, and whether it is made in every format or, for machines that read pages, as JPEG alone. */
const cuts = {
  card: { widths: [320, 480, 640, 960], formats },
  portrait: { widths: [320, 480], formats },
  wide: { widths: [1280], formats: ['jpeg'] },
  classic: { widths: [1280], formats: ['jpeg'] },
  // Directories of podcasts take no artwork below 1,400 pixels.
  square: { widths: [320, 1400], formats: ['jpeg'] },
} as const satisfies Record<
  Shape,
  { widths: readonly number[]; formats: readonly (typeof formats)[number][] }
>;

/** What the renditions of a picture are made from. */
export type Subject = Pick<
  AssetRow,
  | 'digest'
  | 'width'
  | 'height'
  | 'focal_x'
  | 'focal_y'
  | 'crops'
  | 'credit'
  | 'creator'
  | 'caption'
  | 'alt'
  | 'rights_holder'
  | 'rights_terms'
>;

/** The name of a plan: it changes when any rendition must be made anew. Null for what is no picture or has no bytes. */
export function planOf(asset: Subject): string | null {
  if (asset.digest === null || asset.width === null || asset.height === null) return null;
  const { digest, width, height, focal_x, focal_y } = asset;
  const from = [digest, width, height, focal_x, focal_y, cropsOf(asset), rightsOf(asset)];
  return createHash('sha256').update(canonicalJson(from)).digest('hex').slice(0, 32);
}

export function cropsOf(asset: Pick<AssetRow, 'crops'>): Crops {
  return fromJson<Partial<Record<Shape, CropBox>>>(asset.crops as string);
}

/** What each rendition says of itself. */
export function rightsOf(asset: Subject): Rights {
  return {
    credit: asset.credit,
    creator: asset.creator,
    caption: asset.caption,
    alt: asset.alt,
    rightsHolder: asset.rights_holder ?? '',
    rightsTerms: asset.rights_terms ?? '',
  };
}

/** The order to the picture worker. */
export function renderJob(
  asset: Subject & { readonly file_name: string },
  made: { file: string; folder: string; plans: readonly RenderPlan[] },
): Extract<PictureJob, { op: 'render' }> {
  return {
    op: 'render',
    ...made,
    rights: rightsOf(asset),
    title: asset.file_name,
    signatureBytes: SIGNATURE_BYTES,
  };
}

/** The sizes for an original: the usual widths below it, and its own width when it is smaller than the largest. */
export function wholePlans(width: number): RenderPlan[] {
  return formats.flatMap((format) =>
    widthsBelow(renditionWidths, width).map((wide) => ({ name: `w${wide}`, width: wide, format })),
  );
}

/** Everything that is made of a picture: the whole of it at the usual widths, and each shape cut out. JPEG first. */
export function renditionPlans(asset: Subject): RenderPlan[] {
  const { width, height } = asset;
  if (width === null || height === null) return [];
  const cropped = {
    width,
    height,
    focal: { x: asset.focal_x / 1000, y: asset.focal_y / 1000 },
    crops: cropsOf(asset),
  };
  const shaped = Object.entries(cuts).flatMap(([shape, cut]) => {
    const crop = cropPixels(cropped, shape as Shape);
    return cut.formats.flatMap((format) =>
      widthsBelow(cut.widths, crop.width).map((wide) => ({
        name: `${shape}-w${wide}`,
        width: wide,
        format,
        crop,
      })),
    );
  });
  const all = [...wholePlans(width), ...shaped];
  return formats.flatMap((format) => all.filter((plan) => plan.format === format));
}

/** The plan of the one rendition that is made while the file arrives, so that a page never shows an original. */
export function firstPlan(width: number): RenderPlan {
  const wide =
    widthsBelow(renditionWidths, width)
      .filter((each) => each <= 1280)
      .at(-1) ?? width;
  return { name: `w${wide}`, width: wide, format: 'jpeg' };
}

function widthsBelow(usual: readonly number[], width: number): number[] {
  const largest = Math.min(width, usual.at(-1) ?? width);
  return [...new Set([...usual.filter((wide) => wide < largest * 0.92), largest])];
}
