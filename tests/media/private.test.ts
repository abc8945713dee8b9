import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forgetPrivate } from '../../src/features/media/private/forget.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { pressPhoto } from '../support/pictures.ts';
import { played, recorded, tagsIn } from '../support/sound.ts';
import { upload } from '../support/uploads.ts';

const PLACE = '+59.9139+010.7522/';
const said = (tags: Record<string, string>): string[] =>
  Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
/** What every file says for the public, and what it must not. */
const tags = said({
  title: 'Harbour bells',
  artist: 'Lucian Marin',
  copyright: '© 2026 Meridian',
  comment: 'SECRET source',
  location: PLACE,
  'location-eng': PLACE,
  'com.apple.quicktime.location.ISO6709': PLACE,
  'com.apple.quicktime.model': 'SECRET phone',
  serial: 'SECRET 4242',
});

async function published(bytes: Buffer, type: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-private-'));
  try {
    writeFileSync(join(folder, 'file'), bytes);
    await forgetPrivate(join(folder, 'file'), type);
    return readFileSync(join(folder, 'file'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const files: [name: string, type: string, args: string[], video?: boolean][] = [
  ['v3.mp3', 'audio/mpeg', ['-id3v2_version', '3', '-write_id3v1', '1', ...tags]],
  ['v4.mp3', 'audio/mpeg', ['-id3v2_version', '4', '-write_apetag', '1', ...tags]],
  ['a.m4a', 'audio/mp4', ['-c:a', 'aac', ...tags]],
  ['late.mp4', 'video/mp4', [...x264, ...tags], true],
  ['early.mp4', 'video/mp4', [...x264, '-movflags', '+faststart', ...tags], true],
  ['keys.mov', 'video/mp4', [...x264, '-movflags', 'use_metadata_tags+faststart', ...tags], true],
  ['user.mov', 'video/mp4', [...x264, ...tags], true],
  ['parts.mp4', 'video/mp4', [...x264, '-movflags', 'frag_keyframe+empty_moov', ...tags], true],
  ['a.webm', 'video/webm', ['-c:v', 'libvpx', '-c:a', 'libopus', ...tags], true],
  ['live.webm', 'video/webm', ['-c:v', 'libvpx', '-c:a', 'libopus', '-live', '1', ...tags], true],
  ['a.opus', 'audio/ogg', ['-c:a', 'libopus', ...tags]],
  ['a.ogg', 'audio/ogg', ['-c:a', 'libvorbis', ...tags]],
  ['flac.oga', 'audio/ogg', ['-c:a', 'flac', ...tags]],
  ['a.flac', 'audio/flac', ['-c:a', 'flac', ...tags]],
  ['a.wav', 'audio/wav', [...tags]],
];

test.each(files)(
  '%s: what it says of place, device and source is gone, title, maker and rights stay, and it plays as before',
  async (name, type, args, video = false) => {
    const before = recorded(name, args, video);
    expect(before.toString('latin1')).toContain('SECRET');
    const after = await published(before, type);
    expect(after.length).toBe(before.length);
    for (const secret of ['SECRET', '59.9139']) expect(after.includes(secret), secret).toBe(false);
    expect(tagsIn(name, after)).toMatchObject({
      title: 'Harbour bells',
      artist: 'Lucian Marin',
      copyright: '© 2026 Meridian',
    });
    expect(
      Object.keys(tagsIn(name, after)).filter((key) => /location|comment|serial|model/.test(key)),
    ).toEqual([]);
    expect(played(name, after)).toBe(played(name, before));
    // Done once more it changes nothing.
    expect((await published(after, type)).equals(after)).toBe(true);
  },
);

/** An ID3v2.3 frame. */
function frame(id: string, content: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.write(id, 'latin1');
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function id3(frames: readonly Buffer[]): Buffer {
  const body = Buffer.concat(frames);
  const head = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0]);
  for (let i = 0; i < 4; i += 1) head[6 + i] = (body.length >> (7 * (3 - i))) & 0x7f;
  return Buffer.concat([head, body]);
}

test('objects and private frames of an MP3 go; chapters, the cover and its Content Credentials stay, without the cover’s Exif', async () => {
  const sound = recorded('bare.mp3', ['-write_xing', '0', '-id3v2_version', '0']);
  const cover = await pressPhoto(64, 48);
  expect(cover.includes('SecretCam')).toBe(true);
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
  const chapter = frame(
    'CHAP',
    Buffer.concat([
      latin('ch1\0'),
      Buffer.alloc(8),
      Buffer.alloc(8, 0xff),
      frame('TIT2', latin('\0Opening')),
      frame('PRIV', latin('owner\0SECRET in a chapter')),
    ]),
  );
  const whole = Buffer.concat([
    id3([
      frame('TIT2', latin('\0Harbour bells')),
      frame('GEOB', latin('\0application/json\0gps\0\0{"at":"SECRET"}')),
      frame('GEOB', latin('\0application/c2pa\0c2pa\0c2pa manifest store\0the manifest')),
      frame('PRIV', latin('com.example\0SECRET')),
      frame('TXXX', latin('\0GPS\0SECRET')),
      frame('TXXX', latin('\0LICENSE\0CC BY 4.0')),
      chapter,
      frame('APIC', Buffer.concat([latin('\0image/jpeg\0\x03\0'), cover])),
    ]),
    sound,
  ]);
  const after = await published(whole, 'audio/mpeg');
  expect(after.length).toBe(whole.length);
  const text = after.toString('latin1');
  for (const secret of ['SECRET', 'SecretCam', 'SN-4242']) expect(text).not.toContain(secret);
  for (const kept of ['the manifest', 'CC BY 4.0', 'Opening', 'image/jpeg']) expect(text).toContain(kept);
  expect(tagsIn('a.mp3', after)).toMatchObject({ title: 'Harbour bells' });
  expect(played('a.mp3', after)).toBe(played('a.mp3', whole));
});

test('a track of recorded positions goes out of a film with every position in it; the captions of another film stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-private-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const text = join(folder, 'text.srt');
  writeFileSync(
    text,
    '1\n00:00:00,000 --> 00:00:00,400\nSECRET 59.9139\n\n2\n00:00:00,500 --> 00:00:00,900\nSECRET 59.9140\n',
  );
  const film = ['-i', text, '-map', '0', '-map', '1', '-map', '2', '-c:s', 'mov_text', ...x264];
  const captioned = recorded('film.mp4', film, true);
  expect((await published(captioned, 'video/mp4')).includes('SECRET 59.9140')).toBe(true);
  // The same tables of samples as a telephone writes for positions; only the kind of track is another.
  const located = Buffer.from(captioned);
  located.write('meta', located.lastIndexOf('sbtl'), 'latin1');
  const after = await published(located, 'video/mp4');
  expect(after.includes('SECRET')).toBe(false);
  expect(after.length).toBe(located.length);
  expect(played('film.mp4', after)).toBe(played('film.mp4', captioned));
});

test('what says nothing private is kept byte for byte', async () => {
  const plain = said({ title: 'Harbour bells', copyright: '© 2026 Meridian' });
  // Into a QuickTime file ffmpeg writes which program made it.
  for (const [name, type, args, video = false] of files.filter(([each]) => each !== 'user.mov')) {
    const before = recorded(
      name,
      [...args.filter((arg, i) => arg !== '-metadata' && args[i - 1] !== '-metadata'), ...plain],
      video,
    );
    expect((await published(before, type)).equals(before), name).toBe(true);
  }
});

test('torn and lying files are never made longer, nor looked through for ever', async () => {
  for (const [name, type, args, video = false] of files) {
    const whole = recorded(name, args, video);
    for (const part of [0.01, 0.1, 0.5, 0.9]) {
      const torn = whole.subarray(0, Math.ceil(whole.length * part));
      expect((await published(torn, type)).length, name).toBe(torn.length);
    }
    const lying = Buffer.from(whole);
    lying.fill(0xff, 16, Math.min(400, whole.length));
    const after = await published(lying, type).catch((error: unknown) => error as Error);
    const sound = after instanceof Error ? /parts|larger/.test(after.message) : after.length === lying.length;
    expect(sound, `${name} ${String(after).slice(0, 200)}`).toBe(true);
  }
});

eachDatabase('sound and film', (open) => {
  test('are published without what their files say of the place, whoever brings them and however', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    for (const [name, , args, video = false] of files.filter(([each]) => /^(v3|keys|a\.webm)/.test(each))) {
      const { asset } = await upload(api, token, { name, bytes: recorded(name, args, video) });
      const { path } = (await api.ask(`GET /api/v1/assets/${asset}`, token)).json();
      const answer = await api.media.blobs.get(/([0-9a-f]{64})/.exec(path)?.[1] ?? '');
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer ?? []) chunks.push(chunk as Uint8Array);
      const given = Buffer.concat(chunks);
      expect(given.length).toBeGreaterThan(1000);
      expect(given.includes('59.9139')).toBe(false);
    }
  });

  test('a photograph sent as a mere file is not given out with all that it says', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    const made = await api.ask('POST /api/v1/assets', token, {
      payload: { kind: 'file', fileName: 'a.jpg' },
    });
    const sent = await api.ask(`PUT /api/v1/assets/${made.json().id}/content`, token, {
      headers: { 'content-type': 'image/jpeg' },
      payload: await pressPhoto(300, 200),
    });
    expect(sent.statusCode, sent.body).toBe(415);
    expect(sent.body).toContain('Register it as picture');
  });
});
