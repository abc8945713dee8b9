import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { cutterFor, tell } from '../../src/features/radio/frames/cutter.ts';
import { listenTo } from '../support/radio/clients.ts';
import { findProgram } from '../support/radio/programs.ts';
import { PASSWORD, type RadioSite, radioSite, until } from '../support/radio/radio-site.ts';

const run = promisify(execFile);

/** Debian's ffmpeg on the air. Returns the way to cut it off. */
function broadcast(radio: RadioSite, coding: readonly string[]): () => void {
  const target = `icecast://source:${PASSWORD}@127.0.0.1:${radio.sourcePort}/live`;
  const sound = ['-v', 'error', '-re', '-f', 'lavfi', '-i', 'sine=f=330:r=44100', '-ac', '2'];
  const child = spawn(findProgram('ffmpeg'), [...sound, ...coding, target], { stdio: 'ignore' });
  const stop = (): void => void child.kill('SIGKILL');
  onTestFinished(stop);
  return stop;
}
const MP3 = ['-c:a', 'libmp3lame', '-b:a', '128k', '-content_type', 'audio/mpeg', '-f', 'mp3'];

/** Our own children that make a bit rate. */
function encodersOf(kbits: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return parent === process.pid && line.includes(`${kbits}k`) && line.includes('adts');
      } catch {
        return false; // It has gone in between.
      }
    });
}

type Listed = { uri: string; seconds: number; at: number; discontinuity: number };

/** A media playlist, read by the letter of RFC 8216. */
function readPlaylist(text: string): Listed[] {
  let discontinuity = Number(/#EXT-X-DISCONTINUITY-SEQUENCE:(\d+)/.exec(text)?.[1] ?? 0);
  let at = 0;
  let seconds = 0;
  const listed: Listed[] = [];
  for (const line of text.split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') discontinuity += 1;
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) at = Date.parse(line.slice(25));
    else if (line.startsWith('#EXTINF:')) seconds = Number.parseFloat(line.slice(8));
    else if (line !== '' && !line.startsWith('#')) listed.push({ uri: line, seconds, at, discontinuity });
  }
  return listed;
}

/** The timestamp of a packed audio segment, of its ID3 tag alone. */
function timestampOf(bytes: Buffer): bigint {
  expect(bytes.toString('latin1', 0, 3)).toBe('ID3');
  const owner = 'com.apple.streaming.transportStreamTimestamp\0';
  const at = bytes.indexOf(owner, 0, 'latin1');
  expect(at).toBeGreaterThan(0);
  return bytes.readBigUInt64BE(at + owner.length);
}

test('further bit rates are heard and listed, keep time with the mount over breaks, and come back when their encoder dies', async () => {
  await using radio = await radioSite();
  await radio.mount({ slug: 'live', bitRates: [64, 32] });
  const { address } = radio;
  const read = async (path: string): Promise<string> => (await fetch(address + path)).text();
  let stop = broadcast(radio, MP3);
  await until(async () => ((await read('/radio/live.m3u8')).match(/STREAM-INF/g) ?? []).length === 3);

  const multivariant = await read('/radio/live.m3u8');
  const variants = [...multivariant.matchAll(/#EXT-X-STREAM-INF:(.*)\n(.*)/g)].map(
    ([, said = '', uri = '']) => ({
      uri,
      codecs: /CODECS="([^"]*)"/.exec(said)?.[1],
      peak: Number(/(?:^|,)BANDWIDTH=(\d+)/.exec(said)?.[1]),
      average: Number(/AVERAGE-BANDWIDTH=(\d+)/.exec(said)?.[1]),
    }),
  );
  // MP3 in RFC 6381 is object type 34 of MPEG-4 audio, AAC-LC object type 2.
  expect(variants.map(({ uri, codecs }) => [uri, codecs])).toEqual([
    ['/radio/live/live.m3u8', 'mp4a.40.34'],
    ['/radio/live-64/live.m3u8', 'mp4a.40.2'],
    ['/radio/live-32/live.m3u8', 'mp4a.40.2'],
  ]);
  for (const [n, kbits] of [128, 64, 32].entries()) {
    expect((variants[n]?.average ?? 0) / 1000).toBeGreaterThan(kbits * 0.8);
    expect((variants[n]?.average ?? 0) / 1000).toBeLessThan(kbits * 1.25);
    expect(variants[n]?.peak).toBeGreaterThanOrEqual(variants[n]?.average ?? Infinity);
  }

  // A reader that is not ours.
  const probe = async (path: string): Promise<{ codec_name: string; sample_rate: string }[]> => {
    const asked = ['-v', 'error', '-of', 'json', '-show_entries', 'stream=codec_name,sample_rate'];
    const { stdout } = await run('/usr/bin/ffprobe', [...asked, address + path]);
    return (JSON.parse(stdout) as { streams: { codec_name: string; sample_rate: string }[] }).streams;
  };
  expect((await probe('/radio/live.m3u8')).map(({ codec_name }) => codec_name)).toEqual([
    'mp3',
    'aac',
    'aac',
  ]);

  const player = await listenTo(radio.port, '/radio/live-64', { icy: true });
  await until(() => player.sound().length > 30_000);
  expect(player.head()).toContain('audio/aac');
  expect(player.titles()).toContain('live');
  expect(tell(player.sound())).toBe('aac');
  const cutter = cutterFor('aac');
  const heard = cutter.push(player.sound());
  expect(cutter.skipped).toBe(0);
  expect(heard[0]?.info).toMatchObject({ rate: 44_100, channels: 2 });

  // The encoder of the station drops and another one follows; one of ours is killed.
  stop();
  await until(() => radio.station.find('live')?.mount.onAir.origin === 'off');
  stop = broadcast(radio, MP3);
  const lists = async (): Promise<Listed[][]> =>
    Promise.all(
      variants.map(async ({ uri }) => readPlaylist(await read(uri.replace('live.m3u8', 'rewind.m3u8')))),
    );
  const afterBreak = (list: readonly Listed[]): boolean =>
    list.filter(({ discontinuity }) => discontinuity > (list[0]?.discontinuity ?? 0)).length >= 2;
  await until(async () => (await lists()).every(afterBreak));
  const [victim] = encodersOf(64);
  expect(victim, 'the encoder of a bit rate is a child of ours').toBeDefined();
  process.kill(victim ?? 0, 'SIGKILL');
  await until(() => encodersOf(64).some((pid) => pid !== victim));
  const killed = Date.now();
  await until(async () => (await lists()).every((list) => (list.at(-1)?.at ?? 0) > killed));
  expect(player.socket.destroyed, 'who heard the bit rate hears it on').toBe(false);

  const all = await lists();
  for (const [n, list] of all.entries()) {
    // Rounded, none is longer than EXT-X-TARGETDURATION (RFC 8216 §4.3.3.1).
    expect(list.every(({ seconds }) => seconds > 0 && Math.round(seconds) <= 4)).toBe(true);
    for (const { uri, at } of list) {
      const bytes = Buffer.from(
        await (await fetch(`${address}/radio/${['live', 'live-64', 'live-32'][n]}/${uri}`)).arrayBuffer(),
      );
      // Timestamps of every bit rate are those of the same clock, so that a player may change over.
      const apart = (Number(timestampOf(bytes)) - ((at * 90) % 2 ** 33)) / 90;
      expect(Math.abs(apart), `${n} ${uri}`).toBeLessThan(20);
    }
  }
  // Matching content has matching discontinuity numbers (RFC 8216 §6.2.4).
  const [own = [], ...others] = all;
  const wrong = others.flat().filter(({ at, seconds, discontinuity }) => {
    const middle = at + seconds * 500;
    const same = own.find((one) => one.at <= middle && middle < one.at + one.seconds * 1000);
    return same !== undefined && same.discontinuity !== discontinuity;
  });
  expect(wrong).toEqual([]);
  player.stop();
  stop();
});

test('ffmpeg plays the playlist of each coding through, a break of the encoder included', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  await radio.mount({ slug: 'live' });
  const codings = [
    MP3,
    ['-c:a', 'aac', '-b:a', '96k', '-content_type', 'audio/aac', '-f', 'adts'],
    ['-c:a', 'libopus', '-b:a', '64k', '-content_type', 'audio/ogg', '-f', 'ogg'],
  ];
  const playlist = `${radio.address}/radio/live/live.m3u8`;
  const read = async (): Promise<Listed[]> => {
    const response = await fetch(playlist);
    return response.ok ? readPlaylist(await response.text()) : [];
  };
  for (const [n, coding] of codings.entries()) {
    const stop = broadcast(radio, coding);
    await until(async () => (await read()).filter(({ discontinuity }) => discontinuity === n).length >= 4);
    const into = ['-ac', '1', '-ar', '8000', '-f', 's16le', 'pipe:1'];
    const from = ['-v', 'error', '-live_start_index', '-2', '-i', playlist, '-t', '3'];
    const { stdout } = await run('/usr/bin/ffmpeg', from.concat(into), { encoding: 'buffer' });
    const loudest = Math.max(
      ...Array.from({ length: stdout.length >> 1 }, (_, at) => Math.abs(stdout.readInt16LE(at * 2))),
    );
    expect(loudest, coding[1]).toBeGreaterThan(1000);
    stop();
    await until(() => radio.station.find('live')?.mount.onAir.origin === 'off');
  }
});
