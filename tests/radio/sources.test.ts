import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { connectEncoder, listenTo } from '../support/radio/clients.ts';
import { radioSite, until } from '../support/radio/radio-site.ts';
import { mp3Bytes, mp3Frames } from '../support/radio/sounds.ts';
import { cutterFor } from '../../src/features/radio/frames/cutter.ts';

const chunked = (bytes: Buffer): Buffer => {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 1000) {
    const piece = bytes.subarray(at, at + 1000);
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
};

test('encoders of every kind get on the air, and what they send is what is heard', async () => {
  await using radio = await radioSite();
  const bytes = mp3Bytes(60);
  const sent = mp3Frames(60).map(({ bytes: frame }) => frame.toString('hex'));
  const expect100 = ['Host: x', 'Expect: 100-continue'];
  const kinds = [
    { head: 'SOURCE /live ICE/1.0', headers: [], body: bytes, says: 'HTTP/1.0 200' },
    { head: 'PUT /live HTTP/1.1', headers: expect100, body: bytes, says: '100 Continue' },
    {
      head: 'PUT /live HTTP/1.1',
      headers: [...expect100, 'Transfer-Encoding: chunked'],
      body: chunked(bytes),
      says: '100 Continue',
    },
    { head: 'PUT /live HTTP/1.1', headers: ['Host: x'], body: bytes, says: '200 OK' },
  ];
  for (const [n, kind] of kinds.entries()) {
    const slug = `live${n}`;
    await radio.mount({ slug });
    const name = `${kind.head} ${kind.headers.join(' ')}`;
    const encoder = await connectEncoder(radio.sourcePort, {
      ...kind,
      head: kind.head.replace('/live', `/${slug}`),
    });
    await until(() => encoder.said().includes('\r\n\r\n'));
    expect(encoder.said(), name).toContain(kind.says);
    const stop = encoder.play(kind.body, 24_000);
    await until(() => radio.station.find(slug)?.mount.onAir.origin === 'encoder');
    const player = await listenTo(radio.port, `/radio/${slug}.mp3`);
    await until(() => player.sound().length > 40_000);
    player.stop();
    stop();
    const heard = cutterFor('mp3');
    const frames = heard.push(player.sound()).map(({ bytes: frame }) => frame.toString('hex'));
    expect(heard.skipped, `${name} is heard in whole frames`).toBe(0);
    const first = sent.indexOf(frames[0] ?? '');
    expect(frames, `${name} is heard without a gap`).toEqual(sent.slice(first, first + frames.length));
    encoder.socket.end();
    await encoder.closed;
    await until(() => radio.station.find(slug)?.mount.session === undefined);
  }
});

test('wrong passwords, strange mounts and requests that are none are refused in one line', async () => {
  await using radio = await radioSite();
  await radio.mount({ slug: 'live' });
  const said = async (given: Parameters<typeof connectEncoder>[1]): Promise<string> => {
    const encoder = await connectEncoder(radio.sourcePort, given);
    await encoder.closed;
    return encoder.said().split('\r\n')[0] ?? '';
  };
  expect(await said({ password: 'wrong' })).toContain('401');
  expect(await said({ head: 'SOURCE /other ICE/1.0' })).toContain('401');
  expect(await said({ head: 'BREW /live HTTP/1.1' })).toContain('405');
  expect(await said({ headers: [`X-Long: ${'x'.repeat(5000)}`] })).toContain('431');
  expect(
    await said({ head: 'PUT /live HTTP/1.1', headers: ['Content-Length: 5', 'Transfer-Encoding: chunked'] }),
  ).toContain('400');
  expect(await said({ head: 'not http at all' })).toContain('400');
  for (let n = 0; n < 10; n += 1) await said({ password: `guess${n}` });
  expect(await said({}), 'who guesses is not even checked').toContain('429');
});

test('a second encoder waits its turn, one with the right takes over, and the same one comes back', async () => {
  await using radio = await radioSite();
  await radio.mount({ slug: 'live' });
  const mount = radio.station.find('live')?.mount;
  const first = await connectEncoder(radio.sourcePort);
  first.play(mp3Bytes(20), 16_000);
  await until(() => mount?.onAir.origin === 'encoder');
  const second = await connectEncoder(radio.sourcePort);
  await second.closed;
  expect(second.said()).toContain('403');
  const boss = await connectEncoder(radio.sourcePort, { user: 'boss' });
  boss.play(mp3Bytes(20, 2), 16_000);
  await first.closed;
  expect(mount?.session?.username).toBe('boss');
  const third = await connectEncoder(radio.sourcePort);
  await third.closed;
  expect(third.said(), 'and cannot be pushed off by one without').toContain('403');
});

test('titles reach listeners between the sound, whatever their character set', async () => {
  await using radio = await radioSite();
  await radio.mount({ slug: 'live', name: 'Station' });
  const encoder = await connectEncoder(radio.sourcePort);
  encoder.send(mp3Bytes(4));
  encoder.play(mp3Bytes(30, 3), 40_000);
  await until(() => radio.station.find('live')?.mount.onAir.origin === 'encoder');
  const player = await listenTo(radio.sourcePort, '/live', { icy: true });
  const update = (query: string, password = 'correct-horse'): Promise<Response> =>
    fetch(`http://127.0.0.1:${radio.sourcePort}/admin/metadata?mode=updinfo&mount=/live&${query}`, {
      headers: { authorization: `Basic ${Buffer.from(`source:${password}`).toString('base64')}` },
    });
  expect((await update('song=Ann%20-%20One', 'wrong')).status).toBe(401);
  const answer = await update('song=Bj%C3%B6rk%20-%20J%C3%B3ga');
  expect(await answer.text()).toContain('<return>1</return>');
  await until(() => player.titles().includes('Björk - Jóga'));
  await update('song=Caf%E9&charset=ISO-8859-1');
  await until(() => player.titles().includes('Café'));
  await update('song=It%27s%20%27quoted%27%3B%20really');
  await until(() => player.titles().some((title) => title.startsWith("It's 'quoted")));
  const heard = cutterFor('mp3');
  heard.push(player.sound());
  expect(heard.skipped, 'the sound is whole without the titles').toBe(0);
  expect(radio.station.find('live')?.mount.onAir.title.artist).toBe('');
});

test('Shoutcast encoders connect with a password line', async () => {
  await using radio = await radioSite();
  await radio.mount({ slug: 'live' });
  const socket = connect({ host: '127.0.0.1', port: radio.station.shoutcastPort ?? 0 });
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
  socket.write('correct-horse\r\n');
  await until(() => said.startsWith('OK2'));
  socket.write('icy-name:Old\r\nicy-br:128\r\n\r\n');
  const sound = setInterval(() => socket.write(mp3Bytes(0.5)), 200);
  await until(() => radio.station.find('live')?.mount.onAir.origin === 'encoder');
  clearInterval(sound);
  socket.destroy();
});
