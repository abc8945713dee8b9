import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TrustProxy } from '../config/config.ts';
import { limitKey, makeClientAddress, truncatedAddress } from './client-address.ts';
import { limits } from './limits.ts';
import { makeRateLimiter } from './rate-limit.ts';

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress } as Socket,
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});
const networks = (...list: string[]): TrustProxy => ({ kind: 'networks', networks: list });

test.each<[TrustProxy, string, string | undefined, string]>([
  [{ kind: 'none' }, '10.0.0.1', '6.6.6.6', '10.0.0.1'],
  [{ kind: 'none' }, '::ffff:10.0.0.1', undefined, '10.0.0.1'],
  [{ kind: 'hops', hops: 1 }, '10.0.0.1', '6.6.6.6, 5.5.5.5', '5.5.5.5'],
  [{ kind: 'hops', hops: 2 }, '10.0.0.1', '6.6.6.6, 5.5.5.5', '6.6.6.6'],
  [{ kind: 'hops', hops: 9 }, '10.0.0.1', '6.6.6.6', '6.6.6.6'],
  [{ kind: 'hops', hops: 1 }, '10.0.0.1', 'nonsense', '10.0.0.1'],
  [networks('10.0.0.0/8'), '10.0.0.1', '6.6.6.6, 10.0.0.2', '6.6.6.6'],
  [networks('10.0.0.0/8'), '10.0.0.1', '6.6.6.6, 5.5.5.5', '5.5.5.5'],
  [networks('10.0.0.0/8'), '8.8.8.8', '6.6.6.6', '8.8.8.8'],
  [networks('::1'), '::1', '[2001:db8::7]:443', '2001:db8::7'],
  [networks('127.0.0.1'), '127.0.0.1', '6.6.6.6:1234', '6.6.6.6'],
])('%j believes %s saying %s to be %s', (trust, remote, forwarded, address) => {
  expect(makeClientAddress(trust)(from(remote, forwarded))).toBe(address);
});

test('a client cannot choose its address by what it sends, whatever it sends', () => {
  const tell = makeClientAddress({ kind: 'hops', hops: 1 });
  fc.assert(
    fc.property(fc.string(), fc.ipV4(), (sent, real) => {
      // What the one trusted proxy does: it appends the address it sees.
      expect(tell(from('10.0.0.1', `${sent}, ${real}`))).toBe(real);
    }),
  );
});

test('one IPv6 subscriber is one caller, and logs keep networks', () => {
  expect(limitKey('2001:db8:1:2::5')).toBe(limitKey('2001:db8:1:2:ffff::1'));
  expect(limitKey('2001:db8:1:2::5')).not.toBe(limitKey('2001:db8:1:3::5'));
  expect(limitKey('1.2.3.4')).toBe('1.2.3.4');
  expect(truncatedAddress('203.0.113.77')).toBe('203.0.113.0');
  expect(truncatedAddress('2001:db8:1:2::5')).toBe('2001:db8:1::');
  expect(truncatedAddress('')).toBe('');
});

test('an allowance is used up, refused with the time to wait, and comes back with it', () => {
  let now = 0;
  const limiter = makeRateLimiter({ now: () => now });
  const { burst, perMinute } = limits['sign-in'].account;
  for (let count = 0; count < burst; count += 1) limiter.account('sign-in', 'a');
  const wait = Math.ceil(60 / perMinute);
  expect(() => limiter.account('sign-in', 'a')).toThrow(
    expect.objectContaining({ kind: 'rate-limited', retryAfter: wait }),
  );
  limiter.account('sign-in', 'b');
  limiter.address('sign-in', 'a');
  now = wait * 1000;
  limiter.account('sign-in', 'a');
  expect(() => limiter.account('sign-in', 'a')).toThrow('Too many requests');
});

test('callers without end take no memory without end, and the one who is refused stays refused', () => {
  const limiter = makeRateLimiter({ now: () => 0, maxKeys: 100 });
  const refused = (): boolean => {
    try {
      limiter.address('sign-in', 'bad');
      return false;
    } catch {
      return true;
    }
  };
  while (!refused());
  for (let index = 0; index < 1000; index += 1) {
    limiter.address('sign-in', `other ${index}`);
    expect(limiter.size()).toBeLessThanOrEqual(100);
    expect(refused()).toBe(true);
  }
});
