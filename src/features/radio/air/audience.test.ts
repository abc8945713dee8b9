import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { Audience, type Listener } from './audience.ts';
import { metadataBlock } from './icy.ts';

async function pair(port: number, accepted: Socket[]): Promise<{ client: Socket; server: Socket }> {
  const client = connect({ host: '127.0.0.1', port });
  await once(client, 'connect');
  while (accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const server = accepted.pop();
  if (server === undefined) throw new Error('nobody came');
  return { client, server };
}

async function room(queueBytes: number) {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const audience = new Audience({ queueBytes });
  onTestFinished(() => audience.close());
  const gone: string[] = [];
  const join = async (icy = false, first: readonly Buffer[] = []): Promise<Socket> => {
    const { client, server: socket } = await pair(port, accepted);
    audience.add(
      { socket, icy, bot: false, key: '12345678', now: 0, onEnd: (_: Listener, why) => gone.push(why) },
      first,
    );
    onTestFinished(() => void client.destroy());
    return client;
  };
  return { audience, join, gone };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('who never reads is dropped at a bounded queue; the others hear every byte in order', async () => {
  const { audience, join, gone } = await room(262_144);
  const readers = await Promise.all([join(), join(), join()]);
  const stalled = await Promise.all([join(), join()]);
  for (const client of stalled) client.pause();
  const heard = readers.map(() => ({ bytes: 0, sum: 0 }));
  for (const [n, client] of readers.entries())
    client.on('data', (chunk: Buffer) => {
      const mine = heard[n];
      if (mine === undefined) return;
      for (const byte of chunk) mine.sum = (Math.imul(mine.sum, 31) + byte) | 0;
      mine.bytes += chunk.length;
    });
  let sum = 0;
  let sent = 0;
  // Whoever reads keeps up; whoever does not fills the kernel's buffers first, some megabytes.
  while (audience.dropped < 2 && sent < 200_000_000) {
    const block = Buffer.alloc(16_384, sent % 251);
    for (const byte of block) sum = (Math.imul(sum, 31) + byte) | 0;
    audience.send(block);
    sent += block.length;
    while (heard.some(({ bytes }) => bytes < sent - 131_072)) await turn();
  }
  while (heard.some(({ bytes }) => bytes < sent)) await turn();
  expect(gone).toEqual(['stalled', 'stalled']);
  expect(audience.size).toBe(3);
  expect(heard).toEqual(readers.map(() => ({ bytes: sent, sum })));
});

test('who comes or goes while a block is given out neither misses nor repeats one for another', async () => {
  const { audience, join } = await room(1e7);
  const count = 700; // More than one turn of giving out.
  const clients = await Promise.all(Array.from({ length: count }, () => join()));
  const heard = clients.map(() => '');
  for (const [n, client] of clients.entries())
    client.on('data', (chunk: Buffer) => (heard[n] += chunk.toString('latin1')));
  audience.send(Buffer.from('a'));
  audience.send(Buffer.from('b'));
  for (const client of clients.slice(0, 50)) client.destroy();
  const late = await join(false, [Buffer.from('ab')]);
  let lateHeard = '';
  late.on('data', (chunk: Buffer) => (lateHeard += chunk.toString('latin1')));
  audience.send(Buffer.from('c'));
  audience.send(Buffer.from('d'));
  while (heard.slice(50).some((text) => text.length < 4) || lateHeard.length < 4) await turn();
  expect(new Set(heard.slice(50))).toEqual(new Set(['abcd']));
  expect(lateHeard).toBe('abcd');
});

test('a title is cut to what its length byte can say, at a whole character', () => {
  const block = metadataBlock('я'.repeat(5000));
  expect(block.readUInt8(0)).toBeGreaterThan(250);
  expect(block.length).toBe(1 + block.readUInt8(0) * 16);
  expect(block.toString('utf8', 1)).not.toContain('\uFFFD');
  expect(metadataBlock("a'; StreamUrl='x").toString('utf8', 1)).toMatch(
    /^StreamTitle='a’; StreamUrl='x';\0*$/,
  );
});
