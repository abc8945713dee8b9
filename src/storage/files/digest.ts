import { Problem } from '../../base/problem.ts';

/** A SHA-256 in lower-case hex: the name of the bytes. */
export type Digest = string;

export type StoredBlob = { readonly digest: Digest; readonly bytes: number };

const DIGEST = /^[0-9a-f]{64}$/;

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** @throws Problem `invalid` when bytes are not those that were announced. */
export function assertDigest(found: Digest, wanted: Digest | undefined): void {
  if (wanted === undefined || wanted === found) return;
  throw new Problem(
    'invalid',
    `The bytes have the SHA-256 ${found}, not ${wanted}.`,
    'They were altered on the way; send them again.',
  );
}
