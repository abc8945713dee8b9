import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFeed } from 'feedsmith';
import { expect, onTestFinished, test } from 'vitest';
import { createProgramme } from '../../src/features/radio/radio.ts';
import { findProgram } from '../support/radio/programs.ts';
import { type RadioSite, radioSite, until } from '../support/radio/radio-site.ts';
import { signedIn } from '../support/signed-in.ts';

/** Files as Debian's ffmpeg makes them: a tone of so many seconds. */
const codings = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '96k', '-metadata', 'title=A tone'],
  aac: ['-c:a', 'aac', '-b:a', '64k', '-f', 'adts'],
  m4a: ['-c:a', 'aac', '-b:a', '64k'],
  ogg: ['-c:a', 'libopus', '-b:a', '48k'],
} as const;
const types = { mp3: 'audio/mpeg', aac: 'audio/aac', m4a: 'audio/mp4', ogg: 'audio/ogg' } as const;
type Kind = keyof typeof codings;

function soundFile(kind: Kind | 'wav', seconds: number): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-sound-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, `tone.${kind}`);
  const coding = kind === 'wav' ? [] : codings[kind];
  const tone = ['-v', 'error', '-f', 'lavfi', '-i', `sine=f=440:r=48000:d=${seconds}`];
  execFileSync(findProgram('ffmpeg'), [...tone, ...coding, file]);
  return readFileSync(file);
}

async function producerOf(radio: RadioSite) {
  const { headers } = await signedIn(radio.house, 'producer');
  const call = async (method: string, path: string, given: { body?: unknown; etag?: string } = {}) => {
    const answer = await fetch(`${radio.address}/api/v1/${path}`, {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(given.etag === undefined ? {} : { 'if-match': given.etag }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(given.body ?? {}) }),
    });
    const body = (await answer.json()) as Record<string, unknown> & { id: string };
    return { status: answer.status, body, etag: answer.headers.get('etag') ?? '' };
  };
  const upload = async (fileName: string, bytes: Buffer, type: string): Promise<string> => {
    const { body } = await call('POST', 'assets', { body: { kind: 'audio', fileName } });
    const sent = await fetch(`${radio.address}/api/v1/assets/${body.id}/content`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': type },
      body: new Uint8Array(bytes),
    });
    expect(sent.status, await sent.text()).toBeLessThan(300);
    return body.id;
  };
  return { call, upload };
}

test('an episode is made of a file of each kind, with its length to the frame and its bytes in the feed', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off', DATELINE_ROLE: 'all' } });
  const { house, address } = radio;
  const origin = 'https://courier.example';
  const programme = await house.db.write((tx) =>
    createProgramme(tx, { db: house.db, clock: house.clock, origin }, { title: 'Tones', slug: 'tones' }),
  );
  const { call, upload } = await producerOf(radio);
  const made = new Map<string, { kind: Kind; bytes: number }>();
  for (const kind of Object.keys(codings) as Kind[]) {
    const bytes = soundFile(kind, 7);
    const audio = await upload(`tone.${kind}`, bytes, types[kind]);
    const path = `radio/programmes/${programme}/episodes/file`;
    const { status, body } = await call('POST', path, { body: { title: `Tone of ${kind}`, audio } });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ mime: types[kind], bytes: bytes.length, state: 'draft' });
    expect(Math.abs(Number(body['durationMs']) - 7000), kind).toBeLessThan(150);
    expect((await call('POST', `radio/episodes/${body.id}/publish`)).status).toBe(200);
    made.set(body.id, { kind, bytes: bytes.length });
  }
  const read = async () => {
    const parsed = parseFeed(await (await fetch(`${address}/podcast/tones/feed.xml`)).text());
    if (parsed.format !== 'rss') throw new Error('no RSS');
    return parsed.feed.items ?? [];
  };
  await until(async () => (await read()).length === 4);
  for (const item of await read()) {
    const { kind, bytes } = made.get(item.guid?.value ?? '') ?? { kind: 'mp3', bytes: 0 };
    const [enclosure] = item.enclosures ?? [];
    expect(enclosure).toMatchObject({ length: bytes, type: kind === 'm4a' ? 'audio/x-m4a' : types[kind] });
    expect(item.itunes?.duration).toBe(7);
    const served = address + new URL(enclosure?.url ?? '').pathname;
    const head = await fetch(served, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(bytes));
    expect(head.headers.get('accept-ranges')).toBe('bytes');
    const part = await fetch(served, { headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes}`);
  }

  // A new take of the first: the same episode, another sound.
  const [[id = ''] = []] = made;
  const take = await upload('take.mp3', soundFile('mp3', 3), 'audio/mpeg');
  const before = await call('GET', `radio/episodes/${id}`);
  const after = await call('PUT', `radio/episodes/${id}/sound`, { body: { audio: take }, etag: before.etag });
  expect(after.status, JSON.stringify(after.body)).toBe(200);
  await until(async () => (await read()).find(({ guid }) => guid?.value === id)?.itunes?.duration === 3);
  const transcript = {
    version: '1.0.0',
    segments: [{ speaker: 'Salma', startTime: 0, endTime: 2.5, body: 'A tone.' }],
  };
  const text = JSON.stringify(transcript);
  expect(
    (await call('PUT', `radio/episodes/${id}/transcript`, { body: { text, language: 'en' } })).status,
  ).toBe(200);
  await until(async () => {
    const item = (await read()).find(({ guid }) => guid?.value === id);
    return item?.podcast?.transcripts?.[0]?.type === 'application/json';
  });
  const url = `${address}/podcast/tones/tone-of-mp3/transcript.json`;
  expect(await (await fetch(url)).json()).toEqual(transcript);
});

test('a file that players of podcasts do not take is refused, and says why', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off', DATELINE_ROLE: 'all' } });
  const { house } = radio;
  const context = { db: house.db, clock: house.clock, origin: radio.address };
  const programme = await house.db.write((tx) => createProgramme(tx, context, { title: 'Tones' }));
  const { call, upload } = await producerOf(radio);
  const mp3 = soundFile('mp3', 5);
  const half = Buffer.concat([mp3.subarray(0, 2000), Buffer.alloc(mp3.length, 7)]);
  const m4a = soundFile('m4a', 5);
  for (const [name, bytes, type] of [
    ['tone.wav', soundFile('wav', 1), 'audio/wav'],
    ['half.mp3', half, 'audio/mpeg'],
    ['cut.m4a', m4a.subarray(0, m4a.length / 2), 'audio/mp4'],
  ] as const) {
    const audio = await upload(name, bytes, type);
    const path = `radio/programmes/${programme}/episodes/file`;
    const { status, body } = await call('POST', path, { body: { title: name, audio } });
    expect(status, name).toBe(415);
    expect(body['help']).toBe('Send MP3, AAC, M4A or Ogg Opus.');
  }
  expect((await call('GET', 'radio/episodes')).body['items']).toEqual([]);
});
