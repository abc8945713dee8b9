import type { MediaConfig } from '../../config/parse.ts';
import { openDisk } from './disk.ts';
import { openS3 } from './s3.ts';
import type { Blobs } from './types.ts';

export { type Digest, type StoredBlob } from './digest.ts';
export type { BlobRange, Blobs } from './types.ts';

export type BlobsConfig =
  | { readonly kind: 'disk'; readonly folder: string }
  | Extract<MediaConfig, { readonly kind: 's3' }>;

export function openBlobs(config: BlobsConfig): Blobs {
  return config.kind === 'disk' ? openDisk(config.folder) : openS3(config);
}
