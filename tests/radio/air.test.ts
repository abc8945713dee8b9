import { expect, test } from 'vitest';
import { createAsset, receiveBytes } from '../../src/features/media/media.ts';
import { cutterFor } from '../../src/features/radio/frames/cutter.ts';
import { connectEncoder, listenTo } from '../support/radio/clients.ts';
import { type RadioSite, radioSite, until } from '../support/radio/radio-site.ts';
import { mp3Bytes, mp3Frames } from '../support/radio/sounds.ts';

async function audioAsset(radio: RadioSite, bytes: Buffer): Promise<string> {
  const { house } = radio;
  const id = await house.db.write((tx) =>
    createAsset(tx, house.clock, { kind: 'audio', fileName: 'loop.mp3', caption: 'Back soon' }),
  );
  await receiveBytes(house.media, { id, bytes, mime: 'audio/mpeg' });
  return id;
}

test('when the encoder goes the fallback is heard on the same connection, and the encoder again when it returns', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  const asset = await audioAsset(radio, mp3Bytes(30, 9));
  await radio.mount({ slug: 'live', fallback: { kind: 'files', assets: [asset] } });
  const mount = radio.station.find('live')?.mount;
  await until(() => mount?.onAir.origin === 'fallback');
  const player = await listenTo(radio.port, '/radio/live', { icy: true });
  const loop = new Set(mp3Frames(30, 9).map(({ bytes }) => bytes.toString('hex')));
  const own = new Set(mp3Frames(60, 2).map(({ bytes }) => bytes.toString('hex')));
  for (let round = 0; round < 3; round += 1) {
    const encoder = await connectEncoder(radio.sourcePort);
    encoder.play(mp3Bytes(60, 2), 20_000);
    await until(() => mount?.onAir.origin === 'encoder');
    const before = player.sound().length;
    await until(() => player.sound().length > before + 16_000);
    encoder.drop();
    await until(() => mount?.onAir.origin === 'fallback');
    expect(mount?.session).toBeUndefined();
    const at = player.sound().length;
    await until(() => player.sound().length > at + 10_000);
  }
  await until(() => player.titles().includes('Back soon'));
  const heard = cutterFor('mp3').push(player.sound());
  const kinds = heard.map(({ bytes }) =>
    loop.has(bytes.toString('hex')) ? 'loop' : own.has(bytes.toString('hex')) ? 'own' : 'strange',
  );
  expect(kinds).not.toContain('strange');
  const changes = kinds.filter((kind, n) => n === 0 || kinds[n - 1] !== kind);
  expect(changes).toEqual(['loop', 'own', 'loop', 'own', 'loop', 'own', 'loop']);
  // Players of HLS are told of each change, for the timestamps begin anew.
  const breaks = async (): Promise<number> => {
    const list = await (await fetch(`${radio.address}/radio/live/rewind.m3u8`)).text();
    return list.match(/^#EXT-X-DISCONTINUITY$/gm)?.length ?? 0;
  };
  await until(async () => (await breaks()) === 6);
  player.stop();
});

const numberOf = (text: string, name: string): number =>
  Number(new RegExp(`#${name}:(\\d+)`).exec(text)?.[1] ?? -1);
const namesOf = (text: string): string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('playlists, segments and numbers go on over a restart, and name the break', async () => {
  let radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  try {
    await radio.mount({ slug: 'live' });
    const read = async (path: string): Promise<Response> => fetch(radio.address + path);
    const listOf = async (): Promise<string> => (await read('/radio/live/live.m3u8')).text();
    expect((await read('/radio/live.m3u8')).status, 'nothing has been on').toBe(404);
    let encoder = await connectEncoder(radio.sourcePort);
    encoder.play(mp3Bytes(60), 32_000);
    await until(async () => namesOf(await listOf()).length >= 2);
    const multivariant = await read('/radio/live.m3u8');
    expect(multivariant.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(await multivariant.text()).toMatch(
      /BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="mp4a\.40\.34"\n\/radio\/live\/live\.m3u8/,
    );
    const before = await listOf();
    const [name = ''] = namesOf(before);
    const segment = await read(`/radio/live/${name}`);
    expect(segment.headers.get('cache-control')).toContain('immutable');
    expect(segment.headers.get('access-control-allow-origin')).toBe('*');
    const bytes = Buffer.from(await segment.arrayBuffer());
    expect((await read(`/radio/live/${name.replace(/-.*\./, '-0.')}`)).status, 'a made-up time').toBe(404);
    radio = await radio.restart();
    const after = await listOf();
    expect(numberOf(after, 'EXT-X-MEDIA-SEQUENCE')).toBe(numberOf(before, 'EXT-X-MEDIA-SEQUENCE'));
    expect(namesOf(after).slice(0, namesOf(before).length)).toEqual(namesOf(before));
    expect(Buffer.from(await (await read(`/radio/live/${name}`)).arrayBuffer()).equals(bytes)).toBe(true);
    encoder = await connectEncoder(radio.sourcePort);
    encoder.play(mp3Bytes(60, 4), 32_000);
    const known = namesOf(after).length;
    await until(async () => namesOf(await listOf()).length > known);
    const later = await listOf();
    expect(later.match(/#EXT-X-DISCONTINUITY$/gm)).toHaveLength(1);
    const seqs = namesOf(later).map((each) => Number(each.split('-')[0]));
    expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
    encoder.drop();
  } finally {
    await radio[Symbol.asyncDispose]();
  }
});

test('who listens is counted, bots apart, players of HLS by their requests, and nobody is named', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  const mountId = await radio.mount({ slug: 'live' });
  const encoder = await connectEncoder(radio.sourcePort);
  encoder.play(mp3Bytes(60), 20_000);
  await until(() => radio.station.find('live')?.mount.onAir.origin === 'encoder');
  const person = await listenTo(radio.port, '/radio/live');
  const bot = await listenTo(radio.port, '/radio/live', {
    agent: 'Googlebot/2.1 (+http://www.google.com/bot.html)',
  });
  await until(() => person.bytes > 0 && bot.bytes > 0);
  await until(
    async () =>
      (
        await fetch(`${radio.address}/radio/live/live.m3u8`, {
          headers: { 'user-agent': 'AppleCoreMedia/1.0' },
        })
      ).status === 200,
  );
  const { counter } = radio.station;
  const ask = (method: string, path: string): Promise<Response> =>
    fetch(radio.address + path, { method, headers: { 'user-agent': 'AppleCoreMedia/1.0' } });
  expect(counter.listenersNow(mountId), 'one look at a playlist is not listening').toBe(1);
  await ask('GET', '/radio/live/live.m3u8');
  expect(counter.listenersNow(mountId)).toBe(2);
  // Neither those who ask without taking, nor those who fetch ahead, are there.
  const head = await ask('HEAD', '/radio/live');
  expect(head.status).toBe(200);
  await ask('HEAD', '/radio/live/live.m3u8');
  const early = new AbortController();
  const ahead = await fetch(`${radio.address}/radio/live`, {
    headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0', 'sec-purpose': 'prefetch' },
    signal: early.signal,
  });
  expect(ahead.status).toBe(200);
  expect(counter.listenersNow(mountId)).toBe(2);
  early.abort();
  await until(async () => {
    await ask('GET', '/radio/live/rewind.m3u8');
    counter.tick();
    return person.bytes > 220_000;
  }, 250);
  person.stop();
  bot.stop();
  await until(() => radio.station.find('live')?.mount.channel.audience.size === 0);
  const [people, bots] = [counter.take(), []].flat().toSorted((a, b) => (a.audience < b.audience ? 1 : -1));
  expect(people?.audience).toBe('people');
  expect(bots?.audience).toBe('bots');
  expect(people?.peak).toBe(2);
  expect(bots?.peak).toBe(1);
  expect(people?.seconds).toBeGreaterThan(1);
  encoder.drop();
});
