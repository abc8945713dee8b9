import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

test('lines end where JSON Lines end, wherever the stream is cut', async () => {
  const lines = [JSON.stringify({ a: 'x\u2028y\u2029z\u0085' }), '', '{"b":"ü€😀"}', 'last'];
  const bytes = new TextEncoder().encode(`${lines[0]}\r\n\n${lines[2]}\n${lines[3]}`);
  for (const step of [1, 2, 3, 7, bytes.length]) {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    }
    const found: string[] = [];
    for await (const line of linesOf(chunks())) found.push(line);
    expect(found, `${step} bytes at a time`).toEqual(lines);
  }
});
