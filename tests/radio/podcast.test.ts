import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { createAsset, receiveBytes } from '../../src/features/media/media.ts';
import { createProgramme } from '../../src/features/radio/radio.ts';
import { connectEncoder } from '../support/radio/clients.ts';
import { type RadioSite, radioSite, until } from '../support/radio/radio-site.ts';
import { mp3Bytes } from '../support/radio/sounds.ts';
import { signedIn } from '../support/signed-in.ts';

type Element = {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
  all(name: string): Element[];
  one(name: string): Element;
};

const NAMESPACES = {
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
};

/** Reads XML strictly; every element must be there once where one asks for one. */
function parse(xml: string): Element {
  const parser = new SaxesParser();
  const make = (name: string, attributes: Record<string, string>): Element => ({
    name,
    attributes,
    children: [],
    text: '',
    all(wanted) {
      return this.children.filter((child) => child.name === wanted);
    },
    one(wanted) {
      const found = this.all(wanted);
      expect(found, `${wanted} in ${name}`).toHaveLength(1);
      return found[0] as Element;
    },
  });
  const open = [make('', {})];
  parser.on('error', (cause) => {
    throw cause;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = make(name, attributes);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (text: string): void => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return (open[0] as Element).one('rss');
}

/** Categories of Apple Podcasts that a newsroom takes, with what is below them. */
const CATEGORIES: Record<string, readonly string[]> = {
  News: [
    'Business News',
    'Daily News',
    'Entertainment News',
    'News Commentary',
    'Politics',
    'Sports News',
    'Tech News',
  ],
};

async function artwork({ house }: RadioSite): Promise<string> {
  const { db } = house;
  const id = await db.write((tx) =>
    createAsset(tx, house.clock, { kind: 'picture', fileName: 'cover.png', alt: 'A bridge' }),
  );
  const bytes = await sharp({ create: { width: 1600, height: 1600, channels: 3, background: '#204060' } })
    .png()
    .toBuffer();
  await receiveBytes(house.media, { id, bytes, mime: 'image/png' });
  await until(async () => {
    const made = db.read.selectFrom('renditions').select('width').where('asset_id', '=', id);
    return (await made.where('name', '=', 'square-w1400').execute()).length > 0;
  });
  return id;
}

test('a feed passes the rules of Apple and of the Podcast namespace, and what it points to is there', async () => {
  await using radio = await radioSite({ env: { DATELINE_FFMPEG: 'off', DATELINE_ROLE: 'all' } });
  const { house, address } = radio;
  const mount = await radio.mount({ slug: 'live' });
  const origin = 'https://courier.example';
  const asset = await artwork(radio);
  const programme = await house.db.write((tx) =>
    createProgramme(
      tx,
      { db: house.db, clock: house.clock, origin },
      {
        title: 'The Bridge <at> Noon & after',
        hosts: ['Tomas Rieck'],
        asset,
        category: 'News > Daily News',
        ownerEmail: 'radio@courier.example',
      },
    ),
  );
  const { headers } = await signedIn(house, 'producer');
  const call = async (method: string, path: string, body?: unknown) => {
    const before = await fetch(`${address}/api/v1/radio/${path.replace(/\/(publish|transcript)$/, '')}`, {
      headers,
    });
    const answer = await fetch(`${address}/api/v1/radio/${path}`, {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(before.headers.has('etag') ? { 'if-match': before.headers.get('etag') ?? '' } : {}),
      },
      body: JSON.stringify(body ?? {}),
    });
    const text = await answer.text();
    expect(answer.status, text).toBeLessThan(300);
    return JSON.parse(text) as { id: string };
  };
  const encoder = await connectEncoder(radio.sourcePort);
  const began = Date.now();
  encoder.send(mp3Bytes(30));
  const store = radio.station.byId(mount)?.mount.channel.store;
  await until(() => (store?.segments.length ?? 0) > 2);
  const { id } = await call('POST', `programmes/${programme}/episodes`, {
    title: 'First & foremost',
    mount,
    season: 1,
    number: 1,
    from: new Date(began - 60_000).toISOString(),
    to: new Date(began + 60_000).toISOString(),
  });
  encoder.drop();
  await call('PUT', `episodes/${id}`, {
    title: 'First & foremost',
    season: 1,
    number: 1,
    chapters: [
      { startMs: 0, title: 'Hello' },
      { startMs: 4000, title: 'The bridge', url: 'https://courier.example/bridge' },
    ],
  });
  const vtt = 'WEBVTT\n\n00:00.000 --> 00:04.000\nHello\n';
  await call('PUT', `episodes/${id}/transcript`, { text: vtt, language: 'en' });
  await call('POST', `episodes/${id}/publish`);

  const { slug } = await house.db.read
    .selectFrom('radio_programmes')
    .select('slug')
    .where('id', '=', programme)
    .executeTakeFirstOrThrow();
  const read = async () => {
    const response = await fetch(`${address}/podcast/${slug}/feed.xml`);
    expect(response.headers.get('content-type')).toContain('application/rss+xml');
    return parse(await response.text());
  };
  const rss = await read();
  expect(rss.attributes['version']).toBe('2.0');
  for (const [prefix, name] of Object.entries(NAMESPACES))
    expect(rss.attributes[`xmlns:${prefix}`]).toBe(name);
  const channel = rss.one('channel');

  expect(channel.one('title').text).toBe('The Bridge <at> Noon & after');
  for (const name of ['description', 'link', 'copyright', 'itunes:author'])
    expect(channel.one(name).text, name).not.toBe('');
  expect(channel.one('language').text).toMatch(/^[a-z]{2,3}(-[A-Za-z]{2})?$/);
  expect(channel.one('itunes:explicit').text).toBe('false');
  const category = channel.one('itunes:category');
  expect(CATEGORIES[category.attributes['text'] ?? '']).toContain(
    category.one('itunes:category').attributes['text'],
  );
  expect(channel.one('itunes:type').text).toMatch(/^(episodic|serial)$/);
  expect(channel.one('itunes:owner').one('itunes:email').text).toBe('radio@courier.example');
  const fetchOurs = (url: string): Promise<Response> => fetch(address + new URL(url).pathname);
  const cover = channel.one('itunes:image').attributes['href'] ?? '';
  expect(cover).toMatch(/\.(jpg|png)$/);
  const picture = await sharp(Buffer.from(await (await fetchOurs(cover)).arrayBuffer())).metadata();
  expect(picture).toMatchObject({ format: 'jpeg', space: 'srgb', width: 1400, height: 1400 });

  // The namespace's own example tells that its identifier is used as meant.
  const identifier = (feed: string): string => v5(feed, 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6');
  expect(identifier('mp3s.nashownotes.com/pc20rss.xml')).toBe('917393e3-1b1e-5cef-ace4-edaa54e1f810');
  expect(channel.one('podcast:guid').text).toBe(identifier(`courier.example/podcast/${slug}/feed.xml`));
  expect(channel.one('podcast:locked')).toMatchObject({
    text: 'yes',
    attributes: { owner: 'radio@courier.example' },
  });
  expect(channel.one('podcast:medium').text).toBe('podcast');
  expect(channel.one('podcast:person').text).toBe('Tomas Rieck');

  const item = channel.one('item');
  expect(item.one('title').text).toBe('First & foremost');
  expect(item.one('guid')).toMatchObject({ text: id, attributes: { isPermaLink: 'false' } });
  expect(item.one('pubDate').text).toMatch(
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} [\d:]{8} (GMT|[+-]\d{4})$/,
  );
  expect(item.one('itunes:explicit').text).toBe('false');
  expect(item.one('itunes:episodeType').text).toBe('full');
  expect(Number(item.one('itunes:duration').text)).toBeGreaterThan(5);
  const { url = '', length, type } = item.one('enclosure').attributes;
  expect(type).toBe('audio/mpeg');
  expect(new URL(url).pathname).toMatch(/\.mp3$/);
  const sound = await fetchOurs(url);
  expect(sound.headers.get('content-type')).toBe(type);
  expect(String((await sound.arrayBuffer()).byteLength)).toBe(length);
  const ranged = await fetch(address + new URL(url).pathname, { headers: { range: 'bytes=0-1' } });
  expect(ranged.status, 'Apple asks for byte ranges').toBe(206);
  const head = await fetch(address + new URL(url).pathname, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(length);

  const chapters = item.one('podcast:chapters').attributes;
  expect(chapters['type']).toBe('application/json+chapters');
  expect(await (await fetchOurs(chapters['url'] ?? '')).json()).toMatchObject({
    version: '1.2.0',
    chapters: [
      { startTime: 0, title: 'Hello' },
      { startTime: 4, title: 'The bridge' },
    ],
  });
  const transcript = item.one('podcast:transcript').attributes;
  expect(transcript).toMatchObject({ type: 'text/vtt', language: 'en' });
  expect(await (await fetchOurs(transcript['url'] ?? '')).text()).toBe(vtt);

  // Whatever is said of an episode later, players know it again.
  await call('PUT', `episodes/${id}`, { title: 'Second thoughts' });
  await until(async () => (await read()).one('channel').one('item').one('title').text === 'Second thoughts');
  const again = (await read()).one('channel');
  expect(again.one('item').one('guid').text).toBe(id);
  expect(again.one('podcast:guid').text).toBe(channel.one('podcast:guid').text);
});
