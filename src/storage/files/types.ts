import type { Readable } from 'node:stream';
import type { Digest, StoredBlob } from './digest.ts';

/** Bytes `start` to `end`, both included, counted from 0. */
export type BlobRange = { readonly start: number; readonly end: number };

/** Where uploads and their renditions are: bytes named by their digest, never changed, whole or absent. */
export type Blobs = {
  /**
   * Keeps bytes and gives their name; keeping the same bytes again changes nothing. When it returns they survive a power cut.
   * @throws Problem `invalid` when they do not have the `digest` asked for, `storage-full`, `unavailable`.
   */
  put(source: Readable | Uint8Array, options?: { digest?: Digest }): Promise<StoredBlob>;
  /** A stream of the bytes, or of a part; undefined when there are none of this name. */
  get(digest: Digest, options?: { range?: BlobRange }): Promise<Readable | undefined>;
  /** How many bytes there are; undefined when there are none of this name. */
  size(digest: Digest): Promise<number | undefined>;
  has(digest: Digest): Promise<boolean>;
  /** Removes; no error when it was not there. */
  delete(digest: Digest): Promise<void>;
  /** Everything, ordered by digest. */
  list(): AsyncIterable<StoredBlob>;
};
