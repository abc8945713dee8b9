import { z } from 'zod';

/** What is said of an asset, beside its bytes. */
export const AssetInput = z.strictObject({
  kind: z.enum(['picture', 'audio', 'video', 'file']).default('picture'),
  fileName: z.string().min(1).max(255),
  caption: z.string().max(2000).default(''),
  /** `© Agency / Photographer` */
  credit: z.string().max(500).default(''),
  alt: z.string().max(1000).default(''),
  language: z.string().max(35).nullable().default(null),
  /** The point that a crop must keep: fractions of width and height from the top left. */
  focal: z
    .strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })
    .default({ x: 0.5, y: 0.5 }),
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
