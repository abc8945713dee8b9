import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret of 160 bits in base32, as RFC 4226 §4 recommends. */
export function newTotpSecret(): string {
  return base32(randomBytes(20));
}

/** RFC 4648 §6, without padding. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(held >> bits) & 31] ?? '';
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? out : out + (ALPHABET[(held << (5 - bits)) & 31] ?? '');
}

function fromBase32(text: string): Buffer {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    held = (held << 5) | ALPHABET.indexOf(char);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 255);
    }
    held &= (1 << bits) - 1;
  }
  return Buffer.from(out);
}

/** The code of a time step: RFC 6238 over HMAC-SHA-1, which is what authenticators know. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac[19] ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

export function stepAt(ms: number): number {
  return Math.floor(ms / 1000 / STEP_SECONDS);
}

/**
 * The step whose code this is: now, or one before or after for clocks that differ (RFC 6238 §5.2); undefined when it is none, or not later
 * than `lastStep`, whose code has been used.
 */
export function matchingStep(
  code: string,
  at: { readonly secret: string; readonly ms: number; readonly lastStep: number },
): number | undefined {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const now = stepAt(at.ms);
  const matches = [now - 1, now, now + 1].filter((step) =>
    timingSafeEqual(Buffer.from(totpCode(at.secret, step)), Buffer.from(digits)),
  );
  return matches.find((step) => step > at.lastStep);
}

/** What the QR code says to an authenticator (the key URI format). */
export function totpUri(input: {
  readonly secret: string;
  readonly account: string;
  readonly site: string;
}): string {
  const label = `${encodeURIComponent(input.site)}:${encodeURIComponent(input.account)}`;
  const query = new URLSearchParams({ secret: input.secret, issuer: input.site });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
