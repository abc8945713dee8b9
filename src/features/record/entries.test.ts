import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitmentOf, readBundle, readEntry, writeBundle, writeEntry } from './entries.ts';

const entry = {
  v: 1,
  article: '0198c7c8-0000-7000-8000-000000000000',
  version: 2,
  reason: 'correction',
  publishedAt: '2015-01-21T10:32:00.000Z',
  recordedAt: '2026-11-24T00:00:00.000Z',
  commitment: commitmentOf(new Uint8Array(32), '{}'),
} as const;

test('a leaf is one canonical text, and reads back from that alone', () => {
  const text = writeEntry(entry);
  expect(Object.keys(JSON.parse(text) as object)).toEqual([
    'article',
    'commitment',
    'publishedAt',
    'reason',
    'recordedAt',
    'v',
    'version',
  ]);
  expect(readEntry(text)).toEqual(entry);
  expect(readEntry(`${text} `)).toBeUndefined();
  expect(readEntry(text.replace('"v":1', '"v":2'))).toBeUndefined();
  expect(readEntry(text.replace('correction', 'whim'))).toBeUndefined();
  expect(readEntry(`{"a":1,${text.slice(1)}`)).toBeUndefined();
});

test('a commitment is SHA-256 over its domain, the salt and the text', () => {
  // Reckoned with coreutils: (printf 'dateline/record/v1\n'; head -c 32 /dev/zero; printf '{}') | openssl dgst -sha256 -binary | base64
  expect(entry.commitment).toBe('lCN20IladtUMwbf8MfFS9Wkk7HeCDPbdw1Vfumg7H9w=');
});

test('bundles carry any entries of up to 65,535 bytes, and end where they end', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 20 }), (texts) => {
      const bundle = writeBundle(texts);
      expect(readBundle(bundle)?.map((bytes) => Buffer.from(bytes).toString())).toEqual(texts);
      expect(texts.length === 0 || readBundle(bundle.subarray(0, -1)) === undefined).toBe(true);
      expect(readBundle(Buffer.concat([bundle, Uint8Array.of(0)]))).toBeUndefined();
    }),
  );
  const longest = 'x'.repeat(65_535);
  expect(readBundle(writeBundle([longest, 'y']))?.map((bytes) => bytes.length)).toEqual([65_535, 1]);
  expect(() => writeBundle([`${longest}x`])).toThrow(RangeError);
});
