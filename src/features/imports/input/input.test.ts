import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../base/problem.ts';
import type { JsonPath } from './json.ts';
import { readJson } from './json.ts';
import { memorySource } from './source.ts';
import { readXml } from './xml.ts';

/** The texts of the leaves of an XML file, or the one line of its refusal. */
async function xml(content: string | Uint8Array): Promise<string[] | string> {
  const texts: string[] = [];
  let text = '';
  const sink = {
    open: () => void (text = ''),
    text: (piece: string) => void (text += piece),
    close: () => {
      if (text !== '') texts.push(text);
      text = '';
    },
  };
  const notices: string[] = [];
  try {
    const reading = readXml(memorySource('f.xml', content).open(), {
      name: 'f.xml',
      sink,
      take: () => [],
      onForbidden: (count) => notices.push(`${count} forbidden`),
    });
    for await (const _ of reading) expect(_).toBeUndefined();
    return [...texts, ...notices];
  } catch (error) {
    if (error instanceof Problem) return error.line;
    throw error;
  }
}

const bytes = (text: string, map: (code: number) => number[]): Uint8Array =>
  new Uint8Array(Array.from(text).flatMap((char) => map(char.codePointAt(0) ?? 0)));

test('encodings: UTF-16 by its mark, others by their declaration', async () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><a>Привет</a>';
  expect(await xml(bytes(`\uFEFF${text}`, (c) => [c & 255, c >> 8]))).toEqual(['Привет']);
  expect(await xml(bytes(`\uFEFF${text}`, (c) => [c >> 8, c & 255]))).toEqual(['Привет']);
  const cyrillic = bytes('<?xml version="1.0" encoding="windows-1251"?><a>Привет</a>', (c) => [
    c < 128 ? c : c - 0x410 + 0xc0,
  ]);
  expect(await xml(cyrillic)).toEqual(['Привет']);
  const latin = bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u0093é\u0094</a>', (c) => [c]);
  expect(await xml(latin)).toEqual(['“é”']);
});

test('bytes that are not what the declaration says are refused with their place', async () => {
  const wrong = bytes('<?xml version="1.0" encoding="UTF-8"?><a>é</a>', (c) => [c]);
  expect(await xml(wrong)).toBe(
    'f.xml is not valid UTF-8 near byte 42. Convert it to UTF-8, or declare the encoding it has.',
  );
  expect(await xml('<?xml version="1.0" encoding="klingon"?><a/>')).toContain('klingon');
});

test.each([
  ['<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', 'DOCTYPE'],
  ['<?xml version="1.0"?>\n<!-- x --> <!doctype html><html/>', 'DOCTYPE'],
  ['<a><b>text', 'cut short: it ends inside <a> <b>'],
  ['<a><b>text</b', 'cut short: it ends inside <a> <b>'],
  ['<a><b>text</a>', 'not well-formed: unexpected close tag'],
  ['<a>'.repeat(10_000), 'deeper than 256'],
  ['', 'empty'],
  ['   ', 'empty'],
  ['<?xml version="1.0"?><!-- ', 'ends before its root'],
  ['{"json": 1}', 'is not XML'],
  ['plain text', 'is not XML'],
])('refused in one line: %.30s', async (content, part) => {
  const got = await xml(content);
  expect(got).toContain(part);
  expect(got).not.toContain('\n');
});

test('what exporters get wrong and loses nothing is borne: control characters, bare ampersands, prefixes', async () => {
  expect(await xml('\n <?xml version="1.0"?><a>b\u0008\u0001c</a>')).toEqual(['bc', '2 forbidden']);
  expect(await xml('<a>AT&T & B &nbsp; &amp;</a>')).toEqual(['AT&T & B &nbsp; &']);
  expect(await xml('<a><x:b>c</x:b></a>')).toEqual(['c']);
});

async function json(text: string, options: { chunk?: number; many?: boolean } = {}): Promise<unknown> {
  const found: [JsonPath, unknown][] = [];
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    const all = new TextEncoder().encode(text);
    const size = options.chunk ?? all.length + 1;
    for (let i = 0; i < all.length; i += size) yield all.subarray(i, i + size);
  };
  const from = options.many === true ? 1 : 0;
  try {
    for await (const pair of readJson<[JsonPath, unknown]>(pieces(), {
      name: 'f.json',
      ...(options.many === true ? { many: true } : {}),
      enter: (path) => path.length - from < 2,
      value: (path, value) => [[path, value]],
    }))
      found.push(pair);
  } catch (error) {
    if (error instanceof Problem) return error.line;
    throw error;
  }
  return found;
}

test('JSON is read as a stream, wherever its bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string(), fc.array(fc.jsonValue())),
      fc.integer({ min: 1, max: 7 }),
      async (value, chunk) => {
        const expected: unknown[] = [];
        for (const [key, list] of Object.entries(value))
          for (const [i, item] of list.entries()) expected.push([[key, i], JSON.parse(JSON.stringify(item))]);
        expect(await json(JSON.stringify(value, null, chunk % 2), { chunk })).toEqual(expected);
      },
    ),
  );
});

test('newline-delimited JSON', async () => {
  expect(await json('{"a":1}\n[2]\n3\n', { many: true })).toEqual([
    [[0, 'a'], 1],
    [[1, 0], 2],
    [[2], 3],
  ]);
});

test.each([
  ['{"a":[1,', 'cut short'],
  ['{"a":"x', 'cut short'],
  ['{"a":tru}', 'cannot be read'],
  ['{"a" 1}', 'colon'],
  ['{"a":1 "b":2}', 'comma'],
  ['{a:1}', 'a name should'],
  ['{"a":1} x', 'more after its end'],
  ['', 'empty'],
  ['<html>', 'begins no value'],
  ['['.repeat(10_000), 'deeper than 512'],
])('JSON refused in one line: %.20s', async (text, part) => {
  const got = await json(text);
  expect(got).toContain(part);
  expect(got).not.toContain('\n');
});
