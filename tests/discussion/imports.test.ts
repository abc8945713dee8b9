import { expect, test } from 'vitest';
import { putRedirects } from '../../src/features/articles/articles.ts';
import {
  commentCounts,
  featuredComments,
  threadsPage,
} from '../../src/features/discussion/discussion.views.ts';
import { changeState, exportComments, recountDiscussions } from '../../src/features/discussion/discussion.ts';
import { readCoral } from '../../src/features/imports/comments/coral.ts';
import { readDisqus } from '../../src/features/imports/comments/disqus.ts';
import { readRemark42 } from '../../src/features/imports/comments/remark42.ts';
import { runImport } from '../../src/features/imports/engine/engine.ts';
import { memorySource } from '../../src/features/imports/input/source.ts';
import type { ImportReader } from '../../src/features/imports/item.ts';
import { eachDatabase } from '../support/database.ts';
import { discussionOn, type TestDiscussion } from '../support/discussion.ts';

const post = (id: number, more: string): string => `
  <post dsq:id="${id}"><id/><createdAt>2014-05-0${id}T10:00:00Z</createdAt>
    <isApproved>true</isApproved><thread dsq:id="7"/>${more}</post>`;
const author = (name: string): string =>
  `<author><email>${name}@e.example</email><name>${name}</name><isAnonymous>false</isAnonymous><username>${name}</username></author>`;

const disqus = (path: string): string => `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
  <category dsq:id="1"><forum>old</forum><title>General</title></category>
  <thread dsq:id="7"><id>12 https://old.example/?p=12</id><forum>old</forum><category dsq:id="1"/>
    <link>https://old.example${path}</link><title>A story</title><message/><createdAt>2014-05-01T09:00:00Z</createdAt>${author('Ed')}</thread>
  <thread dsq:id="8"><id/><forum>old</forum><link>https://old.example/never-here</link><createdAt>2014-05-01T09:00:00Z</createdAt></thread>
  ${post(2, `<message><![CDATA[<p>An answer with <a href="javascript:x">a link</a>.</p>]]></message><isDeleted>false</isDeleted><isSpam>false</isSpam>${author('Ben')}<parent dsq:id="1"/>`)}
  ${post(1, `<message><![CDATA[<p>The <b>first</b>.</p><p>Two paragraphs.</p>]]></message><isDeleted>false</isDeleted><isSpam>false</isSpam>${author('Ada')}`)}
  ${post(3, `<message><![CDATA[<p>Taken back.</p>]]></message><isDeleted>true</isDeleted><isSpam>false</isSpam>${author('Cyd')}`)}
  ${post(4, `<message><![CDATA[<p>Under what was taken back.</p>]]></message><isDeleted>false</isDeleted><isSpam>false</isSpam>${author('Dot')}<parent dsq:id="3"/>`)}
  ${post(5, `<message><![CDATA[<p>Buy now.</p>]]></message><isDeleted>false</isDeleted><isSpam>true</isSpam>${author('Eve')}`)}
  <post dsq:id="6"><id/><message>Lost.</message><createdAt>2014-05-06T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>${author('Fay')}<thread dsq:id="8"/></post>
</disqus>`;

const remark = (path: string): string =>
  [
    '{"version":1,"users":[],"posts":[]}',
    JSON.stringify({
      id: 'b',
      pid: 'a',
      text: '<p>An answer.</p>',
      user: { name: 'Ben', id: 'x' },
      locator: { site: 's', url: `https://old.example${path}` },
      time: '2018-01-02T10:00:00Z',
      score: 1,
      votes: {},
    }),
    JSON.stringify({
      id: 'a',
      pid: '',
      text: '<p>First.</p>',
      user: { name: 'Ada', id: 'y' },
      locator: { site: 's', url: `https://old.example${path}` },
      time: '2018-01-01T10:00:00Z',
    }),
    JSON.stringify({
      id: 'c',
      pid: '',
      text: '',
      delete: true,
      user: { name: 'deleted', id: 'deleted' },
      locator: { site: 's', url: `https://old.example${path}` },
      time: '2018-01-03T10:00:00Z',
    }),
  ].join('\n');

const coral = (path: string): string =>
  [
    {
      id: 'c2',
      storyID: 's1',
      authorID: 'u2',
      parentID: 'c1',
      status: 'NONE',
      createdAt: { $date: '2020-01-02T10:00:00Z' },
      revisions: [{ body: 'Old.' }, { body: '<div>An answer.</div>' }],
    },
    {
      id: 'c1',
      storyID: 's1',
      authorID: 'u1',
      status: 'APPROVED',
      createdAt: { $date: '2020-01-01T10:00:00Z' },
      revisions: [{ body: 'First.' }],
    },
    {
      id: 'c3',
      storyID: 's1',
      authorID: 'u1',
      status: 'REJECTED',
      createdAt: { $date: '2020-01-03T10:00:00Z' },
      revisions: [{ body: 'Not nice.' }],
    },
    {
      id: 'c4',
      storyID: 's1',
      authorID: 'u1',
      status: 'PREMOD',
      createdAt: { $date: '2020-01-04T10:00:00Z' },
      revisions: [{ body: 'Waits.' }],
    },
    { id: 's1', url: `https://old.example${path}`, tenantID: 't' },
    { id: 'u1', username: 'Ada', email: 'ada@e.example' },
    { id: 'u2', username: 'Ben' },
  ]
    .map((row) => JSON.stringify(row))
    .join('\n');

async function bring(
  room: TestDiscussion,
  format: string,
  given: { reader: ImportReader; text: string; name?: string },
) {
  const { db, clock, paper } = room;
  const media = { db, clock, blobs: undefined as never };
  return runImport(
    { db, clock, press: paper.press, media },
    {
      format,
      reader: given.reader,
      source: memorySource(given.name ?? `${format}.file`, given.text),
      files: { uploads: undefined, outbound: undefined },
    },
  );
}

/** In the former house the article was at this path. */
async function stoodAt({ db, clock }: TestDiscussion, path: string, article: string): Promise<void> {
  await db.write((tx) =>
    putRedirects(tx, [
      { from_path: path, to_path: null, article_id: article, status: 301, created_at: clock.now() },
    ]),
  );
}

eachDatabase('discussions of other houses', (open) => {
  test.each([
    ['disqus', readDisqus, disqus, { in: 6, visible: 3, names: ['Dot', 'Ada'] }],
    ['remark42', readRemark42, remark, { in: 3, visible: 2, names: ['Ada'] }],
    ['coral', readCoral, coral, { in: 4, visible: 2, names: ['Ada'] }],
  ] as const)('%s comes in place, adds up, and comes once', async (format, reader, text, wanted) => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    const old = '/2014/05/a-story';
    await stoodAt(room, old, article);
    const given = { reader, text: text(`${old}/`) };
    const first = await bring(room, format, given);
    expect(first.ledger.in).toBe(wanted.in);
    expect(first.ledger.in).toBe(
      first.ledger.kept + Object.values(first.ledger.dropped).reduce((sum, n) => sum + n, 0),
    );
    expect((await commentCounts(db.read, [article])).get(article)).toBe(wanted.visible);
    const { threads } = await threadsPage(db.read, article, { sort: 'newest', limit: 20, replies: 5 });
    const tops = threads
      .filter((thread) => thread.top.author !== undefined)
      .map((thread) => thread.top.author?.name);
    expect(
      threads.flatMap((thread) => [thread.top, ...thread.replies]).map((each) => each.author?.name),
    ).toContain('Ben');
    expect(tops).toContain('Ada');
    expect(threads.find((thread) => thread.top.author?.name === 'Ada')?.replies[0]?.author?.name).toBe('Ben');
    expect(threads.find((thread) => thread.top.author?.name === 'Ada')?.top.at.slice(0, 4)).toMatch(
      /201[48]|2020/,
    );
    await bring(room, format, given);
    expect((await commentCounts(db.read, [article])).get(article)).toBe(wanted.visible);
    const out: Record<string, unknown>[] = [];
    for await (const each of exportComments(db.read, { origin: 'https://paper.example' })) out.push(each);
    expect(JSON.stringify(out)).not.toContain('javascript:');
    expect(out.every((each) => each['origin'] !== null)).toBe(true);
  });

  test.each([
    ['disqus', readDisqus, disqus, 3],
    ['remark42', readRemark42, remark, 2],
    ['coral', readCoral, coral, 2],
  ] as const)(
    "%s: tomorrow's backup has another name and the same comments, wherever their address leads by then",
    async (format, reader, text, visible) => {
      const db = await open();
      const room = await discussionOn(db);
      const [article, other] = [await room.paper.story(), await room.paper.story({ headline: 'Another' })];
      const leadsTo = (id: string) => stoodAt(room, '/story', id);
      await leadsTo(article);
      await bring(room, format, { reader, text: text('/story'), name: 'backup-20260101.gz' });
      await bring(room, format, { reader, text: text('/story'), name: 'backup-20260102.gz' });
      expect((await commentCounts(db.read, [article])).get(article)).toBe(visible);
      await leadsTo(other);
      const { ledger } = await bring(room, format, { reader, text: `${text('/story')}\n`, name: 'later.gz' });
      expect(ledger.in).toBe(ledger.kept + Object.values(ledger.dropped).reduce((sum, n) => sum + n, 0));
      expect(Object.fromEntries(await commentCounts(db.read, [article, other]))).toEqual({
        [article]: visible,
      });
    },
  );

  test('what was taken back or let through there meanwhile is so here, unless it was decided here', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    await stoodAt(room, '/story', article);
    const rows = [
      { id: 's1', url: 'https://old.example/story' },
      ...['c1', 'c2', 'c3', 'c4'].map((id, i) => ({
        id,
        storyID: 's1',
        ...(id === 'c2' ? { parentID: 'c1' } : {}),
        status: id === 'c3' || id === 'c4' ? 'PREMOD' : 'NONE',
        createdAt: { $date: `2020-01-0${i + 1}T10:00:00Z` },
        revisions: [{ body: `Words of ${id}.` }],
      })),
    ];
    const file = (change: (row: object & { id: string }) => object) => ({
      reader: readCoral,
      text: rows.map((row) => JSON.stringify(change(row))).join('\n'),
    });
    await bring(
      room,
      'coral',
      file((row) => row),
    );
    const state = async () => {
      const found = await db.read.selectFrom('comments').selectAll().orderBy('external_id').execute();
      return found.map((row) => row.state);
    };
    expect(await state()).toEqual(['visible', 'visible', 'held', 'held']);
    const c4 = await db.read
      .selectFrom('comments')
      .select('id')
      .where('external_id', '=', 'comment:c4')
      .executeTakeFirstOrThrow();
    await db.write((tx) => changeState(tx, db, { commentId: c4.id, to: 'rejected', at: room.clock.now() }));
    const later = file((row) =>
      row.id === 's1'
        ? row
        : row.id === 'c1'
          ? { ...row, revisions: [], deletedAt: { $date: '2020-02-01T10:00:00Z' } }
          : { ...row, status: 'APPROVED' },
    );
    for (let times = 0; times < 2; times += 1) {
      await bring(room, 'coral', later);
      expect(await state()).toEqual(['deleted', 'visible', 'visible', 'rejected']);
      expect((await commentCounts(db.read, [article])).get(article)).toBe(2);
    }
    for (const table of ['comments', 'imported_comments'] as const)
      expect(JSON.stringify(await db.read.selectFrom(table).selectAll().execute())).not.toContain(
        'Words of c1',
      );
    expect((await recountDiscussions(db, room.clock.now())).mended).toBe(0);
  });

  test('keep where words led to, and bring no names or ids that turn the page around or stop a database', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    await stoodAt(room, '/story', article);
    const text = JSON.stringify({
      id: 'a\u0000b',
      pid: '',
      text: '<p>See <a href="https://x.example/long/path">https://x.exam...</a>, <a href="https://y.example/">this</a>.<br>And <a href="javascript:alert(1)">that</a>.</p>',
      user: { name: 'A\u202Eda\u0000', id: 'y' },
      locator: { site: 's', url: 'https://old.example/story' },
      time: '2018-01-01T10:00:00Z',
    });
    await bring(room, 'remark42', { reader: readRemark42, text });
    const { threads } = await threadsPage(db.read, article, { sort: 'oldest', limit: 20, replies: 5 });
    expect(threads[0]?.top).toMatchObject({
      author: { name: 'Ada' },
      body: {
        content: [
          {
            content: [
              { type: 'text', text: 'See ' },
              { type: 'text', text: 'https://x.example/long/path', href: 'https://x.example/long/path' },
              { type: 'text', text: ', this (' },
              { type: 'text', text: 'https://y.example/', href: 'https://y.example/' },
              { type: 'text', text: ').' },
              { type: 'break' },
              { type: 'text', text: 'And that.' },
            ],
          },
        ],
      },
    });
  });

  test.each(['/2014/Story/amp/', '/2014/STORY/index.html', '/2014/story/?amp=1', '/2014/Story'])(
    'are found by another way to the same page: %s',
    async (way) => {
      const db = await open();
      const room = await discussionOn(db);
      const article = await room.paper.story();
      await stoodAt(room, '/2014/story', article);
      await bring(room, 'remark42', { reader: readRemark42, text: remark(way) });
      expect((await commentCounts(db.read, [article])).get(article)).toBeGreaterThan(0);
    },
  );

  test.each([
    [
      'coral',
      readCoral,
      coral('/story').replace('"status":"NONE"', '"status":"NONE","tags":[{"type":"FEATURED"}]'),
    ],
    ['remark42', readRemark42, remark('/story').replace('"score":1', '"score":1,"pin":true')],
  ] as const)('%s: what was picked there is picked here, and counted', async (format, reader, text) => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    await stoodAt(room, '/story', article);
    for (let times = 0; times < 2; times += 1) {
      await bring(room, format, { reader, text: text + '\n'.repeat(times) });
      expect((await featuredComments(db.read, article)).map((comment) => comment.author?.name)).toEqual([
        'Ben',
      ]);
      expect((await recountDiscussions(db, room.clock.now())).mended).toBe(0);
    }
  });

  test('what people did with comments is no comment, though it names a story', async () => {
    const action = { id: 'x', actionType: 'REACTION', commentID: 'c1', storyID: 's1', userID: 'u1' };
    const text = `${coral('/story')}\n${JSON.stringify(action)}`;
    const kinds: string[] = [];
    for await (const item of readCoral(memorySource('coral', text))) kinds.push(item.kind);
    expect(kinds).toEqual(['comment', 'comment', 'comment', 'comment']);
  });
});
