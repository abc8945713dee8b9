import { connect } from 'node:net';
import { stampsOf } from './encoder.ts';
import type { Server } from './servers.ts';

export type Join = {
  /** From the first packet to the first whole frame, in milliseconds. */
  readonly ms: number;
  /** How long before that frame was sent by the encoder, in seconds. */
  readonly age: number;
};

/** One listener that joins and goes with the first sound. */
export function joinOnce({ port, path }: Server): Promise<Join> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let heard = Buffer.alloc(0);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bench.example\r\nUser-Agent: Player/1.0\r\n\r\n`);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${path} was closed before a sound`)));
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk]);
      const [first, second] = stampsOf(heard);
      // The frame is whole when the next one has begun.
      if (first === undefined || second === undefined) return;
      resolve({ ms: performance.now() - began, age: (Date.now() - first) / 1000 });
      socket.destroy();
    });
  });
}

/** How old the first and the last sound of a segment are when it can first be fetched, in seconds. */
export async function hlsAges(
  { port, path }: Server,
  segments: number,
): Promise<{ first: number; last: number }[]> {
  const playlist = `http://127.0.0.1:${port}${path}/live.m3u8`;
  const ages: { first: number; last: number }[] = [];
  let known: string | undefined;
  while (ages.length < segments) {
    await new Promise((resolve) => void setTimeout(resolve, 50));
    const response = await fetch(playlist);
    const text = await response.text();
    const newest = response.ok
      ? text
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
          .at(-1)
      : undefined;
    if (newest === undefined || newest === known) continue;
    const bytes = Buffer.from(await (await fetch(new URL(newest, playlist))).arrayBuffer());
    const stamps = stampsOf(bytes);
    const now = Date.now();
    // The segment that was there already when the measuring began tells nothing.
    if (known !== undefined)
      ages.push({ first: (now - (stamps[0] ?? 0)) / 1000, last: (now - (stamps.at(-1) ?? 0)) / 1000 });
    known = newest;
  }
  return ages;
}
