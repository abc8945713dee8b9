import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
  bits,
  type Der,
  explicit,
  implicit,
  integer,
  octets,
  oid,
  sequence,
  set,
  text,
  time,
  yes,
} from './der.ts';

/** What signs Content Credentials: a key and its certificates, the signer's first. */
export type Credential = {
  /** PKCS #8, PEM. */
  readonly secretKey: string;
  /** DER, base64. */
  readonly chain: readonly string[];
};

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const YEARS_MS = 20 * 365.25 * 86_400_000;

/**
 * Makes a house's own credential: a certificate authority and, signed by it, a signer's certificate as the C2PA profile asks for
 * (C2PA 2.1 §14.5.1: P-256, digitalSignature, an extended key usage, never self-signed). Nobody else vouches for it: validators say that the
 * credentials are valid and their signer unknown, until the house gets a certificate that is on a trust list.
 */
export function makeCredential(name: string, now: Date): Credential {
  const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [authority, signer] = [keys(), keys()];
  const spki = (key: typeof signer): Buffer => key.publicKey.export({ type: 'spki', format: 'der' });
  const authorityKey = authority.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const issuer = nameOf(name, 'Content Credentials authority');
  const root = certificate({
    issuer,
    subject: issuer,
    key: spki(authority),
    issuerKey: spki(authority),
    signWith: authorityKey,
    now,
    own: [
      extension('2.5.29.19', sequence(yes), true),
      extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
    ],
  });
  const leaf = certificate({
    issuer,
    subject: nameOf(name, 'Content Credentials'),
    key: spki(signer),
    issuerKey: spki(authority),
    signWith: authorityKey,
    now,
    own: [
      extension('2.5.29.19', sequence(), true),
      extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.4'))),
    ],
  });
  return {
    secretKey: signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chain: [leaf, root].map((der) => der.toString('base64')),
  };
}

function certificate(of: {
  issuer: Der;
  subject: Der;
  key: Buffer;
  issuerKey: Buffer;
  signWith: string;
  now: Date;
  own: readonly Der[];
}): Der {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const extensions = [
    ...of.own,
    extension('2.5.29.14', octets(keyId(of.key))),
    extension('2.5.29.35', sequence(implicit(0, keyId(of.issuerKey)))),
  ];
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_SHA256,
    of.issuer,
    sequence(time(new Date(of.now.getTime() - 86_400_000)), time(new Date(of.now.getTime() + YEARS_MS))),
    of.subject,
    of.key,
    explicit(3, sequence(...extensions)),
  );
  return sequence(body, ECDSA_SHA256, bits(sign('sha256', body, createPrivateKey(of.signWith))));
}

/** RFC 5280 §4.2.1.2, method 1: SHA-1 of the public key's bits, which name it and secure nothing. */
function keyId(spki: Buffer): Buffer {
  return createHash('sha1').update(spki.subarray(-65)).digest();
}

function extension(id: string, value: Der, critical = false): Der {
  return critical ? sequence(oid(id), yes, octets(value)) : sequence(oid(id), octets(value));
}

function nameOf(organisation: string, common: string): Der {
  const part = (id: string, value: string): Der => set(sequence(oid(id), text(value.slice(0, 64))));
  return sequence(part('2.5.4.10', organisation), part('2.5.4.3', common));
}
