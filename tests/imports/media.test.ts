import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runImport } from '../../src/features/imports/engine/engine.ts';
import type { FileSources } from '../../src/features/imports/engine/files.ts';
import { memorySource } from '../../src/features/imports/input/source.ts';
import { readWxr } from '../../src/features/imports/wxr/wxr.ts';
import { makeOutbound } from '../../src/http/outbound.ts';
import { openArchiveHouse, wxr } from '../support/archive.ts';
import { eachDatabase } from '../support/database.ts';
import { testFolder } from './program.ts';

/** The smallest PNG there is: one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function oldSite(): Promise<{ origin: string; port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.statusCode = request.url?.endsWith('.png') === true ? 200 : 404;
    response.setHeader('content-type', 'image/png').end(png);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the server has no port');
  return { origin: `http://127.0.0.1:${at.port}`, port: at.port, asked };
}

const attachment = (
  origin: string,
  path: string,
): string => `<item><title>Harbour</title><wp:post_id>7</wp:post_id>
<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><excerpt:encoded>The harbour at dawn</excerpt:encoded>
<wp:attachment_url>${origin}/wp-content/uploads/${path}</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value>${path}</wp:meta_value></wp:postmeta></item>`;

eachDatabase('the files of an import', (open) => {
  const bring = (house: Awaited<ReturnType<typeof openArchiveHouse>>, text: string, files: FileSources) =>
    runImport(house, { format: 'wxr', reader: readWxr, source: memorySource('old.xml', text), files });
  const assets = (house: Awaited<ReturnType<typeof openArchiveHouse>>) =>
    house.db.read.selectFrom('assets').select(['id', 'digest', 'caption', 'width']).execute();

  test('a library’s file is one asset, whether a body names it by its entry or by its address, and in a later file too', async () => {
    const house = await openArchiveHouse(await open());
    const site = await oldSite();
    const outbound = makeOutbound({ ports: [site.port], allow: (_address, port) => port === site.port });
    const url = `${site.origin}/wp-content/uploads/2015/01/harbour.png`;
    const body = `<p>A.</p><figure><img src="${url}"/></figure>`;
    const extra = attachment(site.origin, '2015/01/harbour.png');
    const post = (id: number, text: string) => ({
      id,
      title: `Story ${id}`,
      body: text,
      link: `https://old.example/story-${id}/`,
    });
    const first = await bring(
      house,
      wxr([post(1, body), post(2, body.replace('<img', '<img class="wp-image-7"'))], { extra }),
      { outbound },
    );
    expect(first.ledger).toMatchObject({ missing: 0, kinds: { asset: { in: 1, kept: 1 } } });
    await bring(house, wxr([post(3, body)]), { outbound });
    const [asset, ...others] = await assets(house);
    expect(others).toEqual([]);
    expect(asset).toMatchObject({ caption: 'The harbour at dawn', width: 1 });
    expect(site.asked).toEqual(['/wp-content/uploads/2015/01/harbour.png']);
    for (const n of [1, 2, 3])
      expect(JSON.stringify((await house.version(`Story ${n}`)).body)).toContain(`"asset":"${asset?.id}"`);
  });

  test('no private address is asked, and the words of the file stay', async () => {
    const house = await openArchiveHouse(await open());
    const site = await oldSite();
    const { ledger } = await bring(
      house,
      wxr([{ id: 1, title: 'Story', body: '<p>A.</p>' }], { extra: attachment(site.origin, 'harbour.png') }),
      { outbound: makeOutbound() },
    );
    expect(ledger).toMatchObject({ missing: 1, dropped: { 'missing media': 1 } });
    expect(site.asked).toEqual([]);
    expect(await assets(house)).toMatchObject([{ digest: null, caption: 'The harbour at dawn' }]);
  });

  test('the folder of uploads is used before any address, and nothing outside it', async () => {
    const folder = testFolder();
    const uploads = join(folder, 'uploads');
    mkdirSync(join(uploads, '2015'), { recursive: true });
    writeFileSync(join(uploads, '2015/harbour.png'), png);
    writeFileSync(join(folder, 'secret.png'), png);
    const house = await openArchiveHouse(await open());
    const story = [{ id: 1, title: 'Story', body: '<p>A.</p>' }];
    const found = await bring(
      house,
      wxr(story, { extra: attachment('https://old.example', '2015/harbour.png') }),
      { uploads },
    );
    expect(found.ledger).toMatchObject({ missing: 0, kinds: { asset: { kept: 1 } } });
    for (const path of [
      '../secret.png',
      '..%2Fsecret.png',
      '2015/../../secret.png',
      join(folder, 'secret.png'),
    ]) {
      const other = await openArchiveHouse(await open());
      const { ledger } = await bring(other, wxr(story, { extra: attachment('https://old.example', path) }), {
        uploads,
      });
      expect(ledger.missing, path).toBe(1);
      expect((await assets(other)).map((asset) => asset.digest)).toEqual([null]);
    }
  });
});
