import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import type { Entry } from './order.ts';
import { inTimeOrder } from './order.ts';

const at = (minute: number): Entry => ({
  kind: 'comment',
  externalId: `comment:${minute}`,
  article: 'at https://old.example/story',
  author: { name: 'Ada' },
  writtenAt: new Date(minute * 60_000).toISOString(),
  paragraphs: ['Words in\u2028two lines.\r\n'],
  state: 'approved',
  type: 'comment',
});
const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('dateline-comments-'));

test('a file that begins with its newest comments is in order as a whole, however little of it is held', async () => {
  const before = left();
  const newestFirst = Array.from({ length: 103 }, (_, i) => at(103 - i));
  async function* entries(): AsyncGenerator<Entry> {
    yield* newestFirst;
  }
  const all: Entry[] = [];
  for await (const entry of inTimeOrder(entries(), 10)) all.push(entry);
  expect(all).toEqual(newestFirst.toReversed());
  // One that is left half-way leaves nothing behind.
  for await (const _ of inTimeOrder(entries(), 10)) break;
  expect(left()).toEqual(before);
});
