import { type Instant, systemClock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Db, Reader } from '../../storage/db.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import {
  generateSigner,
  isKeyName,
  makeSigner,
  type Signer,
  signBytes,
  verifyBytes,
  writeVkey,
} from './note.ts';
import { insertKey } from './record.store.ts';

const SEED_BYTES = 32;

/** The log's name: the site's address without its scheme, then `/record`: `dateline.example/record` (C2SP tlog-tiles). */
export function originName(siteAddress: string): string {
  const url = URL.parse(siteAddress);
  const name = url === null ? '' : `${url.host}${url.pathname.replace(/\/+$/, '')}/record`;
  if (url === null || url.host === '' || !isKeyName(name)) {
    throw new Problem(
      'invalid',
      `The record cannot be named after the address ${siteAddress}.`,
      'Give the site’s public address, as in https://paper.example.',
    );
  }
  return name;
}

/**
 * Makes the log's Ed25519 key the first time; afterwards the key and its name stay, whatever the address, because readers hold on to
 * them. `origin` is the site's address, `https://dateline.example`.
 */
export async function ensureRecordKey(db: Db, origin: string): Promise<{ origin: string; vkey: string }> {
  let signer = await readSigner(db.read);
  if (signer === undefined) {
    const fresh = generateSigner(originName(origin));
    const createdAt = systemClock.now();
    const publicKey = toBase64(fresh.publicKey);
    const seal = signBytes(fresh, sealText({ origin: fresh.name, publicKey, createdAt }));
    await db.write((tx) =>
      insertKey(tx, {
        origin: fresh.name,
        secret_key: toBase64(Buffer.concat([fresh.seed, seal])),
        public_key: publicKey,
        created_at: createdAt,
      }),
    );
    signer = await readSigner(db.read);
  }
  if (signer === undefined) throw new Error('the record’s key was not stored');
  return { origin: signer.name, vkey: writeVkey(signer) };
}

/**
 * The log's key; undefined before `ensureRecordKey`.
 * @throws Problem `conflict` when the stored row is not as it was written: signing with it would fork the log.
 */
export async function readSigner(db: Reader): Promise<Signer | undefined> {
  const row = await db.selectFrom('record_keys').selectAll().where('id', '=', 1).executeTakeFirst();
  if (row === undefined) return undefined;
  const secret = fromBase64(row.secret_key, SEED_BYTES + 64);
  const signer = secret === undefined ? undefined : makeSigner(row.origin, secret.subarray(0, SEED_BYTES));
  const sealed = sealText({ origin: row.origin, publicKey: row.public_key, createdAt: row.created_at });
  if (
    secret === undefined ||
    signer === undefined ||
    toBase64(signer.publicKey) !== row.public_key ||
    !verifyBytes(signer, sealed, secret.subarray(SEED_BYTES))
  ) {
    throw new Problem(
      'conflict',
      'The record’s key in the database has been altered.',
      'Restore table record_keys from a backup.',
    );
  }
  return signer;
}

function sealText(key: { origin: string; publicKey: string; createdAt: Instant }): string {
  return `dateline record key\n${key.origin}\n${key.publicKey}\n${key.createdAt}\n`;
}
