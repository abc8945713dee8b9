import { expect, test } from 'vitest';
import { base32, matchingStep, stepAt, totpCode, totpUri } from './totp.ts';

const SECRET = base32(Buffer.from('12345678901234567890'));

test('codes are those of RFC 6238, appendix B', () => {
  const vectors = [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ] as const;
  for (const [seconds, code] of vectors) expect(totpCode(SECRET, stepAt(seconds * 1000))).toBe(code);
  expect(SECRET).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});

test('a code is taken half a minute early or late, and never again', () => {
  const ms = 1_700_000_000_000;
  const now = stepAt(ms);
  for (const step of [now - 1, now, now + 1])
    expect(matchingStep(totpCode(SECRET, step), { secret: SECRET, ms, lastStep: 0 })).toBe(step);
  expect(matchingStep(totpCode(SECRET, now + 2), { secret: SECRET, ms, lastStep: 0 })).toBeUndefined();
  expect(matchingStep(totpCode(SECRET, now), { secret: SECRET, ms, lastStep: now })).toBeUndefined();
  for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
    expect(matchingStep(code, { secret: SECRET, ms, lastStep: 0 })).toBeUndefined();
  expect(totpUri({ secret: SECRET, account: 'a&b@c.example', site: 'The Courier' })).toBe(
    `otpauth://totp/The%20Courier:a%26b%40c.example?secret=${SECRET}&issuer=The%20Courier`,
  );
});
