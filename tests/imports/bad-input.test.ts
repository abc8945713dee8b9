import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDb, sqliteFile } from '../../src/storage/open.ts';
import { wxr } from '../support/archive.ts';
import { dateline, testFolder } from './program.ts';

const whole = wxr([{ id: 1, title: 'One', body: '<p>A naïve word.</p>' }]);

test('each bad file is refused in one line, with an exit code, and nothing of it is kept', async () => {
  const folder = testFolder();
  const data = join(folder, 'data');
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  mkdirSync(join(folder, 'directory'));
  const bad: Readonly<Record<string, string[]>> = {
    truncated: ['wxr', file('truncated.xml', whole.slice(0, -60))],
    doctype: ['wxr', file('doctype.xml', whole.replace('<rss', '<!DOCTYPE rss [<!ENTITY a "b">]><rss'))],
    encoding: ['wxr', file('encoding.xml', Buffer.from(whole, 'latin1'))],
    deep: ['wxr', file('deep.xml', `<rss>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</rss>`)],
    empty: ['wxr', file('empty.xml', '')],
    zip: ['wxr', file('export.zip', Buffer.from('504b0304140000000800', 'hex'))],
    directory: ['wxr', join(folder, 'directory')],
    absent: ['wxr', join(folder, 'absent.xml')],
    'a binary': ['ghost', file('binary.json', Buffer.from([0, 255, 1, 254, 0, 7]))],
    'cut JSON': ['ghost', file('cut.json', '{"db":[{"data":{"posts":[')],
    'another format': ['ninjs', file('other.json', '{"type": 5')],
    'a private address': ['feed', 'http://127.0.0.1:9/feed.xml'],
    'no such format': ['docx', file('x.docx', 'x')],
  };
  for (const [name, args] of Object.entries(bad)) {
    const { code, stdout, stderr } = await dateline(data, ['import', ...args]);
    expect
      .soft({ name, lines: stderr.trimEnd().split('\n').length, stdout }, stderr)
      .toEqual({ name, lines: 1, stdout: '' });
    expect.soft(code, name).toBeGreaterThan(0);
    expect.soft(stderr.trim(), name).not.toBe('');
  }
  const db = await openDb({ kind: 'sqlite', file: sqliteFile(data) });
  try {
    for (const table of ['import_runs', 'import_items', 'articles', 'assets'] as const)
      expect(await db.read.selectFrom(table).selectAll().execute()).toEqual([]);
  } finally {
    await db.close();
  }
});

test('missing media: the articles are kept, one line says what lacks, the exit code tells, and the folder of uploads fills it in', async () => {
  const folder = testFolder();
  const data = join(folder, 'data');
  const picture = 'https://old.example/wp-content/uploads/2015/01/harbour.png';
  const file = join(folder, 'old.xml');
  writeFileSync(
    file,
    wxr([{ id: 1, title: 'Harbour', body: `<p>A.</p><figure><img src="${picture}" alt="Boats"/></figure>` }]),
  );
  const uploads = join(folder, 'uploads');
  mkdirSync(join(uploads, '2015/01'), { recursive: true });
  const args = ['import', 'wxr', file, '--no-fetch', '--uploads', uploads];
  const first = await dateline(data, args);
  expect(first).toMatchObject({ code: 1, stderr: expect.stringMatching(/^1 file [^\n]*\n$/) as string });
  // The smallest PNG there is: one pixel.
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  writeFileSync(join(uploads, '2015/01/harbour.png'), Buffer.from(png, 'base64'));
  const second = await dateline(data, args);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  const db = await openDb({ kind: 'sqlite', file: sqliteFile(data) });
  try {
    const assets = await db.read.selectFrom('assets').select(['mime', 'alt', 'width']).execute();
    expect(assets).toEqual([{ mime: 'image/png', alt: 'Boats', width: 1 }]);
  } finally {
    await db.close();
  }
});
