import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseEncoding, matchesTag, readRange } from './conditional.ts';
import { cacheKey, readAddress, readQuery } from './address.ts';
import { makeMatcher } from './match.ts';

test.each([
  ['/', '/'],
  ['/a/b', '/a/b'],
  ['/%61', '/a'],
  ['/%d0%b0', '/%D0%B0'],
  ['/e%CC%81', '/%C3%A9'],
  ['http://news.example/a?x=1', '/a'],
  ['http://news.example', '/'],
  ['/@a', '/%40a'],
])('%s is the address %s', (target, path) => {
  expect(readAddress(target)).toMatchObject({ kind: 'address', path });
});

test.each([
  ['//evil.example/a', '/evil.example/a'],
  ['/a/', '/a'],
  ['/a//b', '/a/b'],
  ['/a/./b/../c', '/a/c'],
  ['/%2e%2e/%2e/etc', '/etc'],
  ['/a/?q=1', '/a?q=1'],
  ['//', '/'],
  ['///evil.example//', '/evil.example'],
])('%s has moved to %s', (target, location) => {
  expect(readAddress(target)).toEqual({ kind: 'moved', location });
});

test.each([
  '/%',
  '/%zz',
  '/%ff',
  '/a%2fb',
  '/a%5cb',
  '/%00',
  '/a%0d%0ab',
  '*',
  '',
  'a',
  'javascript:1',
  '/a#b',
  '/é',
  '/a b',
])('%j is no address', (target) => {
  expect(readAddress(target)).toMatchObject({ kind: 'bad', status: 400 });
});

test('a long target is refused as such', () => {
  expect(readAddress(`/${'a'.repeat(3000)}`)).toMatchObject({ kind: 'bad', status: 414 });
});

test('where a request is sent on to is an address of this site, and one that stays', () => {
  const piece = fc.constantFrom(
    '/',
    '.',
    '..',
    '%2e',
    '%2F',
    '\\',
    '%5c',
    'a',
    '@',
    ':',
    'evil.example',
    '?',
    '%20',
    '%',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const address = readAddress(`/${pieces.join('')}`);
      if (address.kind !== 'moved') return;
      expect(address.location).toMatch(/^\/(?![/\\])/);
      expect(readAddress(address.location).kind).toBe('address');
    }),
  );
});

test('the key of a page is itself read as that page', () => {
  fc.assert(
    fc.property(
      fc.webPath(),
      fc.dictionary(fc.constantFrom('q', 'after'), fc.string({ unit: 'grapheme', maxLength: 20 })),
      (path, given) => {
        const address = readAddress(path);
        if (address.kind !== 'address') return;
        const known = ['after', 'q'];
        const query = readQuery(new URLSearchParams(given).toString(), known) ?? {};
        const key = cacheKey(address.path, query);
        const again = readAddress(key);
        if (again.kind !== 'address') throw new Error(`${key} is no address`);
        expect(cacheKey(again.path, readQuery(again.search, known) ?? {})).toBe(key);
      },
    ),
  );
});

test('of a query only the known keys count, in the order of the route', () => {
  expect(readQuery('utm=1&b=2&a=1&a=9&c=&b=%zz', ['a', 'b', 'c'])).toEqual({ a: '1', b: '2' });
  expect(readQuery(`a=${'x'.repeat(600)}`, ['a'])).toBeUndefined();
});

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['BR', 'br'],
  ['x-gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['gzip;q=0', 'identity'],
  ['identity', 'identity'],
  ['identity;q=1, gzip;q=0.5', 'identity'],
  ['deflate', 'identity'],
  ['br;q=x', 'br'],
  ['br ; q = 0.000', 'identity'],
  [',,;q=1', 'identity'],
])('Accept-Encoding %j chooses %s', (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"x", W/"a" ,"y"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  ['"aa"', false],
])('If-None-Match %s names "a": %s', (header, named) => {
  expect(matchesTag(header, '"a"')).toBe(named);
});

test.each([
  [undefined, 'whole'],
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=90-', { start: 90, end: 99 }],
  ['bytes=90-999', { start: 90, end: 99 }],
  ['bytes=-5', { start: 95, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=9-1', 'whole'],
  ['bytes=0-1,5-6', 'whole'],
  ['items=0-1', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=99999999999999999999-', 'unsatisfiable'],
])('Range %j of 100 bytes is %j', (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});

const patterns = [
  '/',
  '/:page',
  '/s/:code',
  '/s/:code/qr.svg',
  '/:section/:y/:m/:d/:slug',
  '/:section/:y/:m/:d/:slug.json',
  '/record/*',
  '/record/checkpoint',
  '/og/card-:id.png',
];

test.each([
  ['/', '/', {}],
  ['/about', '/:page', { page: 'about' }],
  ['/s/abc', '/s/:code', { code: 'abc' }],
  ['/s/abc/qr.svg', '/s/:code/qr.svg', { code: 'abc' }],
  [
    '/a/2015/01/21/x.json',
    '/:section/:y/:m/:d/:slug.json',
    { section: 'a', y: '2015', m: '01', d: '21', slug: 'x' },
  ],
  ['/a/2015/01/21/x', '/:section/:y/:m/:d/:slug', { section: 'a', y: '2015', m: '01', d: '21', slug: 'x' }],
  ['/record/checkpoint', '/record/checkpoint', {}],
  ['/record/tile/0/000', '/record/*', { rest: 'tile/0/000' }],
  ['/og/card-7.png', '/og/card-:id.png', { id: '7' }],
  ['/og/card-.png', undefined, undefined],
  ['/s/a/b/c/d/e/f', undefined, undefined],
])('%s is matched by %s', (path, pattern, params) => {
  const match = makeMatcher(patterns.map((text) => ({ pattern: text })));
  const found = match(path === '/' ? [] : path.slice(1).split('/'));
  expect([found?.route.pattern, found?.params]).toEqual([pattern, params]);
});

test('two routes of one shape are a mistake', () => {
  expect(() => makeMatcher([{ pattern: '/:a/x' }, { pattern: '/:b/x' }])).toThrow('the same pattern');
});
