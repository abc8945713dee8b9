import { expect, test } from 'vitest';
import { manualClock } from '../../src/base/clock.ts';
import {
  changeState,
  editComment,
  featureComment,
  followDiscussion,
  reactTo,
  submitComment,
  type Writer,
} from '../../src/features/discussion/discussion.ts';
import { makeModerator } from '../../src/features/moderation/moderation.ts';
import { crawl } from '../support/crawl.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { newsroomOn, type TestNewsroom } from '../support/newsroom.ts';
import { signedIn } from '../support/signed-in.ts';
import { type Answer, runSite } from '../support/site.ts';

const ORIGIN = 'https://paper.example';
/** In each comment, in what one said before its edit, and in the name of who says it. */
const CANARY = 'zqxkanarie';

type Discussed = { readonly id: string; readonly path: string; readonly comments: readonly string[] };

/** Every address of a story and of its discussion that can be guessed. */
function addresses({ id, path, comments }: Discussed): string[] {
  const [first = ''] = comments;
  return [
    path,
    `${path}.json`,
    `${path}/history`,
    `${path}/comments.xml`,
    `/oembed?url=${encodeURIComponent(ORIGIN + path)}`,
    `/report?about=${encodeURIComponent(ORIGIN + path)}`,
    ...['', '?sort=newest', '?sort=oldest', '?sort=best', `?thread=${first}`].map(
      (query) => `/discussion/${id}${query}`,
    ),
    `/discussion/${id}/write`,
    `/discussion/${id}/write?reply=${first}&quote=1`,
    `/discussion/${id}/follow`,
    ...['newest', 'oldest', 'best'].map((sort) => `/api/v1/discussions/${id}?sort=${sort}`),
    `/api/v1/discussions/${id}/mine?comments=${comments.join(',')}`,
    `/api/v1/discussions/${id}/people?q=z`,
    `/now/poll?topics=discussion:${id},article:${id},site&after=0`,
    `/now/numbers?ids=${id}`,
    ...comments.flatMap((comment) => [
      `/discussion/${id}/comment/${comment}`,
      ...['history', 'edit', 'delete', 'react', 'ignore', 'feature', 'posted', 'report'].map(
        (form) => `/discussion/${id}/comment/${comment}/${form}`,
      ),
      `/api/v1/discussions/${id}/threads/${comment}`,
      `/api/v1/comments/${comment}`,
      `/report?about=${encodeURIComponent(`${ORIGIN}/discussion/${id}/comment/${comment}`)}`,
    ]),
  ];
}

const ofTheSite = [
  '/',
  '/section/world',
  '/storyline/strike',
  ...['feed.xml', 'atom.xml', 'feed.json'].flatMap((file) => [`/${file}`, `/section/world/${file}`]),
  '/sitemap.xml',
  '/sitemap-news.xml',
  '/transparency',
  '/community-standards',
  '/api/v1/most-discussed',
  '/api/v1/most-read',
  '/api/v1/comments/export.jsonl',
  '/api/v1/discussion-counts',
  `/search?q=${CANARY}`,
  `/api/v1/search?q=${CANARY}`,
  '/now/poll?topics=site&after=0',
];

/** The addresses whose headers or body hold the canary; a page that repeats its own question does not. */
const leaks = (answers: Map<string, Answer>): string[] =>
  [...answers].flatMap(([path, { headers, body }]) => {
    const own = path.includes('/search?') ? body.replaceAll(CANARY, '') : body;
    return `${headers}${own}`.toLowerCase().includes(CANARY) ? [path] : [];
  });

eachDatabaseConfig('comments that nobody may see', (fresh) => {
  test('are in no public byte at the next request after a kill, a takedown or a decision', async () => {
    const config = await fresh();
    const clock = manualClock('2026-03-01T10:00:00.000Z');
    const paper: { on?: TestNewsroom } = {};
    const stories: Record<string, string> = {};
    await using site = await runSite({
      origin: ORIGIN,
      clock,
      env: { DATELINE_TRUST_PROXY: '1' },
      ...(config.kind === 'postgres' ? { postgres: config.url } : {}),
      fill: async ({ db }) => {
        const on = (paper.on = await newsroomOn(db, { origin: ORIGIN }));
        const section = await on.section('world');
        const storylines = [await on.storyline('strike')];
        for (const slug of ['standing', 'killed', 'taken-down'])
          stories[slug] = await on.story({ slug, section, storylines });
        stories['embargoed'] = await on.write({
          slug: 'embargoed',
          section,
          storylines,
          embargo: '2026-03-02T10:00:00Z',
        });
      },
    });
    const { house } = site;
    const { db } = house;
    const room = { db, clock, moderator: makeModerator(house) };
    const people = await Promise.all(
      [`Z${CANARY} Ann`, 'Bob', 'Carl', 'Bystander'].map((name) =>
        signedIn(house, 'reader', { https: true, name }),
      ),
    );
    const writers = people.map(({ id, name }): Extract<Writer, { kind: 'account' }> => {
      return { kind: 'account', userId: id, name, role: 'reader' };
    });
    const [ann, bob, carl] = writers;
    const bystander = people[3];
    if (ann === undefined || bob === undefined || carl === undefined || bystander === undefined)
      throw new Error('nobody is here');

    /** A discussion with an answer, an edit, a reaction, a follower and a featured comment. */
    const discuss = async (slug: string, words: string, by: typeof ann): Promise<Discussed> => {
      const id = stories[slug] ?? '';
      const say = async (writer: Writer, text: string, parentId?: string): Promise<string> => {
        clock.advance(20_000);
        const more = parentId === undefined ? {} : { parentId };
        return (await submitComment(room, { articleId: id, writer, text, ...more })).id;
      };
      const first = await say(by, `First ${words} of ${slug}`);
      await editComment(room, { id: first, writer: by, text: `Edited ${words} ${slug}` });
      const second = await say(bob, `> ${words}\n\n${words} ${slug} @${by.name}`, first);
      await db.write(async (tx) => {
        await reactTo(tx, db, {
          commentId: first,
          userId: bob.userId,
          kind: 'up',
          on: true,
          at: clock.now(),
        });
        await featureComment(tx, db, { commentId: first, on: true, by: bob, at: clock.now() });
        await followDiscussion(tx, { userId: bystander.id, articleId: id, on: true, at: clock.now() });
      });
      return { id, path: `/world/2026/03/01/${slug}`, comments: [first, second] };
    };
    const killed = await discuss('killed', CANARY, ann);
    const takenDown = await discuss('taken-down', CANARY, ann);
    const standing = await discuss('standing', 'nothing', carl);
    // Under the story that stands: one comment each that is held, removed and taken back.
    const unseen: string[] = [];
    for (const to of ['held', 'removed', 'deleted', 'rejected'] as const) {
      clock.advance(20_000);
      const text = `Unseen ${CANARY} ${to}`;
      const { id } = await submitComment(room, { articleId: standing.id, writer: bob, text });
      unseen.push(id);
    }
    const hidden: Discussed = { ...standing, comments: [...standing.comments, ...unseen] };
    const draft: Discussed = {
      id: stories['embargoed'] ?? '',
      path: '/world/2026/03/01/embargoed',
      comments: [],
    };
    const all = [killed, takenDown, hidden, draft];
    const known = [...ofTheSite, ...all.flatMap(addresses)];

    let asked = 0;
    /** Each request from another address, so that no limit stands before what is asked for. */
    const ask = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
      asked += 1;
      const answer = await fetch(site.address + path, {
        headers: { ...headers, 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}` },
        redirect: 'manual',
      });
      expect(answer.status, path).not.toBe(429);
      return {
        status: answer.status,
        headers: [...answer.headers].flat().join('\n'),
        body: await answer.text(),
      };
    };
    const askAll = async (paths: Iterable<string>, headers?: Record<string, string>) => {
      const answers = new Map<string, Answer>();
      for (const path of new Set(paths)) answers.set(path, await ask(path, headers));
      return answers;
    };
    const during = await crawl({ get: ask, origin: ORIGIN }, known);
    // Where they are before: a list that is wrong would find nothing afterwards, either.
    for (const { id, path, comments } of [killed, takenDown])
      for (const where of [
        path,
        `${path}/comments.xml`,
        `/discussion/${id}`,
        `/discussion/${id}?thread=${comments[0]}`,
        `/api/v1/discussions/${id}?sort=best`,
        ...comments.flatMap((comment) => [
          `/discussion/${id}/comment/${comment}`,
          `/api/v1/discussions/${id}/threads/${comment}`,
          `/api/v1/comments/${comment}`,
        ]),
        `/discussion/${id}/comment/${comments[0]}/history`,
      ])
        expect(during.get(where)?.body.toLowerCase(), where).toContain(CANARY);

    await db.write(async (tx) => {
      for (const [n, to] of (['held', 'removed', 'deleted', 'rejected'] as const).entries())
        await changeState(tx, db, { commentId: unseen[n] ?? '', to, at: clock.now() });
    });
    await paper.on?.withdraw(killed.id, 'kill');
    await paper.on?.withdraw(takenDown.id, 'takedown');
    expect(leaks(await askAll([...known, ...during.keys()]))).toEqual([]);
    expect(leaks(await askAll(known, bystander.headers))).toEqual([]);

    // Not even that there were any.
    for (const { id, path } of [killed, takenDown]) {
      const { numbers } = JSON.parse((await ask(`/now/numbers?ids=${id}`)).body) as {
        numbers: Record<string, { comments?: number }>;
      };
      expect(numbers[id]?.comments ?? 0).toBe(0);
      expect((await ask(`${path}/comments.xml`)).status).toBe(410);
      for (const where of ['/', '/section/world', '/feed.xml', '/api/v1/most-discussed'])
        expect((await ask(where)).body).not.toContain(path);
    }
    for (const id of [killed.id, takenDown.id, draft.id]) {
      expect((await ask(`/api/v1/discussions/${id}`)).status).toBe(404);
      await expect(submitComment(room, { articleId: id, writer: bob, text: 'Let me in' })).rejects.toThrow(
        'There is no discussion',
      );
    }
    expect((await ask(`/api/v1/discussions/${standing.id}`)).body).toContain('"count":2');
  });
});
