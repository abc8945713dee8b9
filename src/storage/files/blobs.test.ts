import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Blobs, type BlobsConfig, openBlobs } from './blobs.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const collect = async (blobs: Blobs): Promise<{ digest: string; bytes: number }[]> => {
  const out = [];
  for await (const blob of blobs.list()) out.push(blob);
  return out;
};

const folder = mkdtempSync(join(tmpdir(), 'dateline-blobs-'));
const store = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'media', configs: [] }],
});
let port = 0;
beforeAll(async () => {
  port = (await store.run()).port;
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const keys = { region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', kind: 's3' as const };
let made = 0;
const configs: Record<string, () => BlobsConfig> = {
  disk: () => ({ kind: 'disk', folder: join(folder, `disk${(made += 1)}`) }),
  s3: () => ({ ...keys, endpoint: `http://127.0.0.1:${port}`, bucket: 'media', prefix: `p${(made += 1)}/` }),
};

describe.each(['disk', 's3'])('blobs on %s', (kind) => {
  const open = (): Blobs => openBlobs((configs[kind] as () => BlobsConfig)());

  test('gives back the bytes that were put, from a buffer and from a stream', async () => {
    const blobs = open();
    const bytes = randomBytes(3_000_001);
    const digest = sha256(bytes);
    expect(await blobs.put(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]))).toEqual({
      digest,
      bytes: bytes.length,
    });
    const stream = await blobs.get(digest);
    expect(stream && (await buffer(stream)).equals(bytes)).toBe(true);
    const small = Buffer.from('small');
    await blobs.put(small, { digest: sha256(small) });
    expect(await blobs.size(sha256(small))).toBe(5);
    const empty = await blobs.put(Buffer.alloc(0));
    expect(await blobs.size(empty.digest)).toBe(0);
  });

  test('gives a range', async () => {
    const blobs = open();
    const { digest } = await blobs.put(Buffer.from('0123456789'));
    const part = await blobs.get(digest, { range: { start: 2, end: 4 } });
    expect(part && (await buffer(part)).toString()).toBe('234');
  });

  test('says plainly what is not there, also for names that are no digests', async () => {
    const blobs = open();
    const nothing = sha256(randomBytes(8));
    expect(await blobs.get(nothing)).toBeUndefined();
    expect(await blobs.has(nothing)).toBe(false);
    await blobs.delete(nothing);
    for (const name of ['../../etc/passwd', '', 'ABC', `${nothing}/x`]) {
      expect(await blobs.get(name)).toBeUndefined();
      expect(await blobs.has(name)).toBe(false);
      await blobs.delete(name);
    }
  });

  test('refuses bytes that are not those announced and keeps nothing of them', async () => {
    const blobs = open();
    const wanted = sha256(Buffer.from('wanted'));
    await expect(blobs.put(Buffer.from('other'), { digest: wanted })).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await collect(blobs)).toEqual([]);
  });

  test('a source that breaks off leaves nothing', async () => {
    const blobs = open();
    const torn = Readable.from(
      (async function* () {
        yield randomBytes(100_000);
        throw new Error('the line went dead');
      })(),
    );
    await expect(blobs.put(torn)).rejects.toThrow('the line went dead');
    expect(await collect(blobs)).toEqual([]);
  });

  test('putting twice, at once too, keeps one; delete removes it', async () => {
    const blobs = open();
    const bytes = randomBytes(50_000);
    const results = await Promise.all([1, 2, 3, 4].map(() => blobs.put(Buffer.from(bytes))));
    expect(new Set(results.map((result) => result.digest)).size).toBe(1);
    expect(await collect(blobs)).toEqual([{ digest: sha256(bytes), bytes: bytes.length }]);
    await blobs.delete(sha256(bytes));
    expect(await blobs.has(sha256(bytes))).toBe(false);
  });

  test('lists everything, ordered', async () => {
    const blobs = open();
    const digests = [];
    for (let i = 0; i < 12; i += 1) digests.push((await blobs.put(Buffer.from(`blob ${i}`))).digest);
    expect((await collect(blobs)).map((blob) => blob.digest)).toEqual(digests.sort());
  });
});

test('a write that was killed on disk shows nowhere', async () => {
  const config = configs['disk']?.() as { kind: 'disk'; folder: string };
  const blobs = openBlobs(config);
  writeFileSync(join(config.folder, 'incoming', 'half'), 'half');
  expect(await collect(blobs)).toEqual([]);
  await blobs.put(Buffer.from('whole'));
  expect(readdirSync(join(config.folder, 'incoming'))).toEqual(['half']);
});

test('an object store that is busy is asked again, and one that refuses says why in one line', async () => {
  const seen: string[] = [];
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      seen.push(`${request.method} ${request.headers['if-none-match'] ?? ''}`);
      if (seen.length < 3) response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      else if (seen.length === 3) response.writeHead(200).end();
      else response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const blobs = openBlobs({ ...keys, endpoint, bucket: 'media', prefix: '' });
  await blobs.put(Buffer.from('patience'));
  expect(seen).toEqual(['PUT *', 'PUT *', 'PUT *']);
  await expect(blobs.put(Buffer.from('refused'))).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'The media store refused: SignatureDoesNotMatch.',
  });
  server.close();
});
