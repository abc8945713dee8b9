import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt) as (password: string, salt: Buffer, bytes: number) => Promise<Buffer>;

/** `scrypt$salt$key`; node's defaults (N 16384, r 8, p 1). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, 32);
  return `scrypt$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** What was found right a moment ago is known by its digest: encoders send their password with every title. */
const known = new Map<string, string>();

export async function checkPassword(password: string, stored: string): Promise<boolean> {
  const digest = createHash('sha256').update(password).digest('base64');
  if (known.get(stored) === digest) return true;
  const [kind, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64');
  const right = timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), 32), expected);
  if (right) {
    if (known.size > 500) known.clear();
    known.set(stored, digest);
  }
  return right;
}

/** A password to paste into an encoder: 130 bits, no characters that are mistaken or that an address would need to escape. */
export function newPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  let text = '';
  while (text.length < 26) {
    const [byte = 255] = randomBytes(1);
    if (byte < 248) text += alphabet[byte % 31] ?? '';
  }
  return text;
}

/** Wrong passwords from one address: ten a minute, then none is looked at. */
export function makeFailureLimit(now: () => number): {
  blocked(key: string): boolean;
  failed(key: string): void;
} {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    blocked: (key) => {
      const found = failures.get(key);
      return found !== undefined && found.until > now() && found.count >= 10;
    },
    failed: (key) => {
      const found = failures.get(key);
      if (failures.size > 10_000) failures.clear();
      if (found === undefined || found.until <= now()) failures.set(key, { count: 1, until: now() + 60_000 });
      else found.count += 1;
    },
  };
}
