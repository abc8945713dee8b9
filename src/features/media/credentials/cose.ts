import { createPrivateKey, sign } from 'node:crypto';
import type { Credential } from './certificate.ts';

/** Bytes that a signature takes in a manifest, whatever its length: they are reserved before it is made. */
export const SIGNATURE_BYTES = 4096;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 0x100) return Buffer.from([(major << 5) | 24, value]);
  if (value < 0x1_0000) return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
  const out = Buffer.alloc(5);
  out[0] = (major << 5) | 26;
  out.writeUInt32BE(value, 1);
  return out;
}
const int = (value: number): Buffer => (value >= 0 ? head(0, value) : head(1, -1 - value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => bytesOf(head(3, Buffer.byteLength(value)), Buffer.from(value));
const array = (...items: Buffer[]): Buffer => bytesOf(head(4, items.length), ...items);
const map = (...entries: [Buffer, Buffer][]): Buffer => bytesOf(head(5, entries.length), ...entries.flat());
const bytesOf = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const NIL = Buffer.from([0xf6]);
const TAG_SIGN1 = Buffer.from([0xd2]);

/**
 * Signs a C2PA claim: COSE_Sign1 with a detached payload, ES256, the certificates in `x5chain` (RFC 9052 §4.2, RFC 9360 §2), padded to the
 * space that was reserved (C2PA 2.1 §13.2.5). @throws Error when the certificates do not fit
 */
export function signClaim(credential: Credential, claim: Uint8Array): Buffer {
  const chain = credential.chain.map((der) => bytes(Buffer.from(der, 'base64')));
  const protectedHeader = map([int(1), int(-7)], [int(33), array(...chain)]);
  const signed = array(
    text('Signature1'),
    bytes(protectedHeader),
    bytes(Buffer.alloc(0)),
    bytes(Buffer.from(claim)),
  );
  const key = createPrivateKey(credential.secretKey);
  const signature = sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' });
  const padded = (pad: number): Buffer =>
    bytesOf(
      TAG_SIGN1,
      array(bytes(protectedHeader), map([text('pad'), bytes(Buffer.alloc(pad))]), NIL, bytes(signature)),
    );
  let pad = SIGNATURE_BYTES - padded(0).length;
  // The length of a length grows with it.
  while (pad >= 0 && padded(pad).length > SIGNATURE_BYTES) pad -= 1;
  if (pad < 0)
    throw new Error(`the certificates of Content Credentials take more than ${SIGNATURE_BYTES} bytes`);
  return padded(pad);
}
