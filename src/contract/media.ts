import { z } from 'zod';
import { shapeNames } from './crops.ts';

const fraction = z.number().min(0).max(1);
const CropBox = z
  .strictObject({
    x: fraction,
    y: fraction,
    width: z.number().min(0.01).max(1),
    height: z.number().min(0.01).max(1),
  })
  .refine(({ x, width }) => x + width <= 1.0001, 'reaches over the right edge')
  .refine(({ y, height }) => y + height <= 1.0001, 'reaches over the lower edge');

/** What is said of an asset, beside its bytes. */
export const AssetInput = z.strictObject({
  kind: z.enum(['picture', 'audio', 'video', 'file']).default('picture'),
  fileName: z.string().min(1).max(255),
  caption: z.string().max(2000).default(''),
  /** `© Agency / Photographer` */
  credit: z.string().max(500).default(''),
  alt: z.string().max(1000).default(''),
  /** Who made it; the credit is what readers see. */
  creator: z.string().max(500).default(''),
  /** Where it was taken, as the caption would say it. */
  place: z.string().max(300).default(''),
  keywords: z.array(z.string().min(1).max(100)).max(100).default([]),
  /** When it was taken. */
  takenAt: z.iso.datetime({ offset: true }).nullable().default(null),
  language: z.string().max(35).nullable().default(null),
  /** The point that a crop must keep: fractions of width and height from the top left. */
  focal: z
    .strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })
    .default({ x: 0.5, y: 0.5 }),
  /** What an editor drew for a shape, in fractions; a shape that is absent follows the focal point. */
  crops: z.partialRecord(z.enum(shapeNames), CropBox).default({}),
  rightsHolder: z.string().max(500).nullable().default(null),
  rightsTerms: z.string().max(2000).nullable().default(null),
  /** After this instant the asset is shown nowhere. */
  rightsExpireAt: z.iso.datetime({ offset: true }).nullable().default(null),
  sourceUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .default(null),
});
export type AssetInput = z.input<typeof AssetInput>;

/** What may be said of many assets at once; what is absent stays as it is. */
const said = AssetInput.shape;
export const AssetSet = z.strictObject({
  caption: said.caption.unwrap().optional(),
  credit: said.credit.unwrap().optional(),
  alt: said.alt.unwrap().optional(),
  creator: said.creator.unwrap().optional(),
  place: said.place.unwrap().optional(),
  keywords: said.keywords.unwrap().optional(),
  language: said.language.unwrap().optional(),
  rightsHolder: said.rightsHolder.unwrap().optional(),
  rightsTerms: said.rightsTerms.unwrap().optional(),
  rightsExpireAt: said.rightsExpireAt.unwrap().optional(),
});

/** File types we take, with the extension of their public address. */
export const mediaTypes: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/tiff': 'tiff',
  'image/heif': 'heif',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'application/zip': 'zip',
};

/** The type for an extension of ours. */
export function typeOfExtension(extension: string): string | undefined {
  const plain = extension.toLowerCase() === 'jpeg' ? 'jpg' : extension.toLowerCase();
  return Object.entries(mediaTypes).find(([, known]) => known === plain)?.[0];
}
