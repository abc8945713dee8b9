import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cutterFor, tell } from '../../src/features/radio/frames/cutter.ts';
import { connectEncoder, listenTo } from '../support/radio/clients.ts';
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
    `settings.init.allow_root := true\ns = sine()\noutput.icecast(%mp3, fallible=true, method="${method}", host="127.0.0.1", port=${radio.sourcePort}, password="${PASSWORD}", mount="/live", s)\n`,
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
  const { chmodSync } = await import('node:fs');
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

test('a thousand encoder drops and garbage between: the listeners stay and memory is bounded', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off' } });
  await radio.mount({ slug: 'other' });
  await radio.mount({ slug: 'live' });
  const player = await (async () => {
    const first = await connectEncoder(radio.sourcePort);
    first.send(mp3Bytes(1));
    await until(() => originOf(radio, 'live') === 'encoder');
    const listener = await listenTo(radio.port, '/radio/live', { keep: false });
    await until(() => listener.bytes > 0);
    first.drop();
    return listener;
  })();
  let gone = false;
  void player.ended.then(() => (gone = true));
  const piece = mp3Bytes(1, 5);
  const garbage = Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) & 0xff));
  let early = 0;
  for (let drop = 0; drop < 1000; drop += 1) {
    const encoder = await connectEncoder(radio.sourcePort);
    await until(() => encoder.said() !== '');
    expect(encoder.said()).toContain('200 OK');
    encoder.send(drop % 3 === 0 ? Buffer.concat([piece.subarray(0, 9000), garbage, piece]) : piece);
    await until(() => originOf(radio, 'live') === 'encoder');
    encoder.drop();
    await until(() => radio.station.find('live')?.mount.session === undefined);
    if (drop === 200) {
      globalThis.gc?.();
      early = process.memoryUsage().rss;
    }
  }
  expect(gone, 'the listener heard it all on one connection').toBe(false);
  expect(player.bytes).toBeGreaterThan(5_000_000);
  expect(process.memoryUsage().rss - early).toBeLessThan(150 * 1024 * 1024);
  expect(radio.station.find('live')?.mount.channel.audience.dropped).toBe(0);
  player.stop();
});
