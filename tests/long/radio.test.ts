import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cutterFor, tell } from '../../src/features/radio/frames/cutter.ts';
import { connectEncoder, type Hearing, listenTo } from '../support/radio/clients.ts';
import { findProgram } from '../support/radio/programs.ts';
import { PASSWORD, type RadioSite, radioSite, until } from '../support/radio/radio-site.ts';
import { mp3Bytes } from '../support/radio/sounds.ts';

function run(program: 'ffmpeg' | 'liquidsoap' | 'icecast2', args: readonly string[]): ChildProcess {
  const child = spawn(findProgram(program), args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const SOUND = ['-re', '-f', 'lavfi', '-i', 'sine=f=330:r=44100'];
const codings = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '128k', '-content_type', 'audio/mpeg', '-f', 'mp3'],
  aac: ['-c:a', 'aac', '-b:a', '96k', '-content_type', 'audio/aac', '-f', 'adts'],
  opus: ['-c:a', 'libopus', '-b:a', '64k', '-content_type', 'audio/ogg', '-f', 'ogg'],
} as const;

const originOf = (radio: RadioSite, slug: string) => radio.station.find(slug)?.mount.onAir.origin;

test.for([
  ['mp3', '0'],
  ['mp3', '1'],
  ['aac', '0'],
  ['opus', '0'],
] as const)('ffmpeg sends %s as it is (legacy %s), and it is heard and listed', async ([format, legacy]) => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  await radio.mount({ slug: 'live' });
  const target = `icecast://source:${PASSWORD}@127.0.0.1:${radio.sourcePort}/live`;
  const child = run('ffmpeg', [
    '-v',
    'error',
    ...SOUND,
    '-ac',
    '2',
    ...codings[format],
    '-legacy_icecast',
    legacy,
    target,
  ]);
  await until(() => originOf(radio, 'live') === 'encoder');
  const player = await listenTo(radio.port, '/radio/live');
  await until(() => player.sound().length > 30_000);
  expect(tell(player.sound())).toBe(format);
  const cutter = cutterFor(format);
  expect(cutter.push(player.sound()).length).toBeGreaterThan(50);
  expect(cutter.skipped).toBe(0);
  await until(async () => (await fetch(`${radio.address}/radio/live/live.m3u8`)).status === 200);
  child.kill('SIGKILL');
  await until(() => originOf(radio, 'live') === 'off');
});

test.for(['source', 'put'] as const)('liquidsoap sends by %s', async (method) => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  await radio.mount({ slug: 'live' });
  const folder = mkdtempSync(join(tmpdir(), 'dateline-liq-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, 'station.liq');
  writeFileSync(
    script,
    `settings.init.allow_root.set(true)\ns = sine()\noutput.icecast(%mp3, fallible=true, method="${method}", host="127.0.0.1", port=${radio.sourcePort}, password="${PASSWORD}", mount="/live", s)\n`,
  );
  const child = run('liquidsoap', [script]);
  await until(() => originOf(radio, 'live') === 'encoder');
  const player = await listenTo(radio.port, '/radio/live');
  await until(() => player.sound().length > 60_000);
  child.kill('SIGKILL');
});

test('an Icecast server is relayed, and again after it was away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-icecast-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const probe = await listenOnce();
  const config = join(folder, 'icecast.xml');
  writeFileSync(
    config,
    `<icecast><limits><clients>100</clients><sources>2</sources></limits><authentication><source-password>hackme</source-password><admin-user>admin</admin-user><admin-password>hackme</admin-password></authentication><hostname>localhost</hostname><listen-socket><port>${probe}</port><bind-address>127.0.0.1</bind-address></listen-socket><paths><logdir>${folder}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths><logging><accesslog>a.log</accesslog><errorlog>e.log</errorlog></logging><security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group></changeowner></security></icecast>`,
  );
  chmodSync(folder, 0o777);
  const start = () => run('icecast2', ['-c', config]);
  let server = start();
  const feed = () =>
    run('ffmpeg', [
      '-v',
      'error',
      ...SOUND,
      '-ac',
      '2',
      ...codings.mp3,
      `icecast://source:hackme@127.0.0.1:${probe}/far`,
    ]);
  await until(
    async () =>
      (await fetch(`http://127.0.0.1:${probe}/status-json.xsl`).catch(() => undefined))?.status === 200,
  );
  let encoder = feed();
  await using radio = await radioSite({
    env: { DATELINE_FFMPEG: 'off', DATELINE_RELAY_ALLOW: `127.0.0.1:${probe}` },
  });
  await radio.mount({ slug: 'live', relayUrl: `http://127.0.0.1:${probe}/far` });
  await until(() => originOf(radio, 'live') === 'relay');
  encoder.kill('SIGKILL');
  server.kill('SIGKILL');
  await until(() => originOf(radio, 'live') === 'off');
  server = start();
  await until(
    async () =>
      (await fetch(`http://127.0.0.1:${probe}/status-json.xsl`).catch(() => undefined))?.status === 200,
  );
  encoder = feed();
  await until(() => originOf(radio, 'live') === 'relay');
  encoder.kill('SIGKILL');
});

async function listenOnce(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a thousand encoder drops, garbage between and 500 stalled listeners: who listens stays and memory is bounded', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  await radio.mount({ slug: 'live' });
  const mount = radio.station.find('live')?.mount;
  const piece = mp3Bytes(1, 5);
  const garbage = Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) & 0xff));
  const first = await connectEncoder(radio.sourcePort);
  first.send(piece);
  await until(() => mount?.onAir.origin === 'encoder');
  const player = await listenTo(radio.port, '/radio/live', { keep: false });
  await until(() => player.bytes > 0);
  let gone = false;
  void player.ended.then(() => (gone = true));
  const stalled: Hearing[] = [];
  for (let n = 0; n < 500; n += 1) {
    const listener = await listenTo(radio.port, '/radio/live', { keep: false });
    listener.socket.pause();
    stalled.push(listener);
  }
  await until(() => mount?.channel.audience.size === 501);
  first.drop();
  await until(() => mount?.session === undefined);
  const back: number[] = [];
  let early = 0;
  for (let drop = 0; drop < 1000; drop += 1) {
    const heard = player.bytes;
    const began = performance.now();
    const encoder = await connectEncoder(radio.sourcePort);
    encoder.send(drop % 3 === 0 ? Buffer.concat([piece.subarray(0, 9000), garbage, piece]) : piece);
    await until(() => (player.bytes > heard + 8000 && encoder.said() !== '') || gone, 2);
    back.push(performance.now() - began);
    expect(encoder.said()).toContain('200 OK');
    encoder.drop();
    await until(() => mount?.session === undefined, 2);
    if (drop === 200) {
      globalThis.gc?.();
      early = process.memoryUsage().rss;
    }
  }
  expect(gone, 'the listener heard it all on one connection').toBe(false);
  expect(player.bytes).toBeGreaterThan(8_000_000);
  // Two seconds are promised for a machine that has nothing else to do; the median holds on others too.
  expect(back.toSorted((a, b) => a - b)[500]).toBeLessThan(2000);
  expect(process.memoryUsage().rss - early).toBeLessThan(150 * 1024 * 1024);
  expect(mount?.channel.audience.dropped, 'all who never read, and nobody else').toBe(500);
  expect(mount?.channel.audience.size).toBe(1);
  for (const listener of [player, ...stalled]) listener.stop();
}, 400_000);

test('a full disk takes nothing from who listens, and the recording goes on when there is room', async ({
  skip,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-radio-full-'));
  const disk = join(folder, 'data', 'radio');
  mkdirSync(disk, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const size = ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk];
  if (spawnSync('mount', size, { stdio: 'ignore' }).status !== 0)
    skip('needs the right to mount a small disk');
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(2 << 20));
  await using radio = await radioSite({ folder, env: { DATELINE_FFMPEG: 'off' } });
  // Before the site is stopped and its folder removed.
  using _disk = { [Symbol.dispose]: () => void spawnSync('umount', ['-l', disk]) };
  await radio.mount({ slug: 'live' });
  const channel = radio.station.find('live')?.mount.channel;
  const store = channel?.store;
  const piece = mp3Bytes(7, 5);
  let player: Hearing | undefined;
  let gone = false;
  /** Seven seconds of sound that are heard, and what was cut of them listed. */
  const send = async (): Promise<void> => {
    const heard = player?.bytes ?? 0;
    const encoder = await connectEncoder(radio.sourcePort);
    encoder.send(piece);
    await until(() => originOf(radio, 'live') === 'encoder');
    player ??= await listenTo(radio.port, '/radio/live', { keep: false });
    void player.ended.then(() => (gone = true));
    await until(() => (player?.bytes ?? 0) > heard + 50_000 || gone);
    encoder.drop();
    await until(() => radio.station.find('live')?.mount.session === undefined);
    await store?.flush();
  };
  for (let n = 0; n < 60 && store?.failing !== true; n += 1) await send();
  expect(store?.failing, 'the disk is full').toBe(true);
  const playlist = `${radio.address}/radio/live/live.m3u8`;
  for (let n = 0; n < 5; n += 1) await send();
  const text = await (await fetch(playlist)).text();
  const newest = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .at(-1);
  expect((await fetch(new URL(newest ?? '', playlist))).status, 'HLS goes on from memory').toBe(200);
  rmSync(ballast);
  for (let n = 0; n < 60 && store?.failing !== false; n += 1) await send();
  expect(store?.failing, 'it heals by itself').toBe(false);
  await send();
  expect(store?.segments.at(-1)?.place).toBe('disk');
  expect(gone, 'the listener heard it all on one connection').toBe(false);
  player?.stop();
});
