import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { equalBytes, fromBase64, sha256, toBase64, toHex, utf8 } from './bytes.ts';

/** C2SP signed notes with Ed25519 signatures (type 0x01), and their verifier keys. */

const ED25519 = 1;
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const MAX_NOTE_BYTES = 1_000_000;

export type Verifier = {
  readonly name: string;
  readonly keyId: Uint8Array;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
};

/** A verifier with the 32-byte seed (RFC 8032) that signs for it. */
export type Signer = Verifier & { readonly seed: Uint8Array };

/** Names carry no white space and no plus, which separate the parts of keys and signature lines. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\u0085]/u.test(name);
}

export function makeVerifier(name: string, publicKey: Uint8Array): Verifier {
  const keyId = sha256(name, '\n', Uint8Array.of(ED25519), publicKey).subarray(0, 4);
  return { name, publicKey, keyId };
}

export function makeSigner(name: string, seed: Uint8Array): Signer {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return { ...makeVerifier(name, der.subarray(SPKI.length)), seed };
}

/** A new key from the system's randomness. */
export function generateSigner(name: string): Signer {
  const der = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  return makeSigner(name, der.subarray(PKCS8.length));
}

/** `<name>+<key id, 8 hexadecimal digits>+<base64 of type and key>`. */
export function writeVkey({ name, keyId, publicKey }: Verifier): string {
  return `${name}+${toHex(keyId)}+${toBase64(Buffer.concat([Uint8Array.of(ED25519), publicKey]))}`;
}

/** Reads an Ed25519 verifier key; undefined unless every part is canonical and the id belongs to the key. */
export function readVkey(text: string): Verifier | undefined {
  // Base64 has plus signs of its own, so only the first two divide.
  const [, name = '', encoded = ''] = /^([^+]*)\+[^+]*\+(.*)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded, 33);
  if (!isKeyName(name) || bytes?.[0] !== ED25519) return undefined;
  const verifier = makeVerifier(name, bytes.subarray(1));
  return writeVkey(verifier) === text ? verifier : undefined;
}

export function signBytes(signer: Signer, message: string): Uint8Array {
  return sign(null, Buffer.from(message), privateKey(signer.seed));
}

export function verifyBytes(verifier: Verifier, message: string, signature: Uint8Array): boolean {
  const key = createPublicKey({
    key: Buffer.concat([SPKI, verifier.publicKey]),
    format: 'der',
    type: 'spki',
  });
  return signature.length === 64 && verify(null, Buffer.from(message), key, signature);
}

/** Signs `text`, which ends in a newline. */
export function signNote(text: string, signer: Signer): string {
  if (!text.endsWith('\n')) throw new Error('the text of a note ends in a newline');
  const signature = Buffer.concat([signer.keyId, signBytes(signer, text)]);
  return `${text}\n— ${signer.name} ${toBase64(signature)}\n`;
}

/** A note's text after its signature held, or the reason why it is not to be trusted. */
export type OpenedNote = { readonly text: string } | { readonly fault: string };

/** Opens a note: at least one signature of `verifier` must hold; those of unknown keys (witnesses) are passed over. */
export function openNote(bytes: Uint8Array, verifier: Verifier): OpenedNote {
  const note = bytes.length > MAX_NOTE_BYTES ? undefined : utf8(bytes);
  // oxlint-disable-next-line no-control-regex -- the specification forbids exactly these
  if (note === undefined || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    return { fault: 'it is not UTF-8 text without control characters' };
  }
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return { fault: 'it has no signature' };
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  let held = false;
  for (const line of lines) {
    const match = /^— (\S+) (\S+)$/u.exec(line);
    const signature = fromBase64(match?.[2] ?? '');
    const name = match?.[1] ?? '';
    if (!isKeyName(name) || signature === undefined || signature.length < 5) {
      return { fault: 'a signature line is malformed' };
    }
    if (name !== verifier.name || !equalBytes(signature.subarray(0, 4), verifier.keyId)) continue;
    if (!verifyBytes(verifier, text, signature.subarray(4))) {
      return { fault: `the signature of ${verifier.name} does not hold` };
    }
    held = true;
  }
  return held ? { text } : { fault: `it has no signature of ${writeVkey(verifier)}` };
}

function privateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}
