import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentStates, reactionKinds } from '../../src/contract/comments.ts';
import {
  changeState,
  editComment,
  forgetPerson,
  reactTo,
  recountDiscussions,
} from '../../src/features/discussion/discussion.ts';
import { commentCounts } from '../../src/features/discussion/discussion.views.ts';
import { countedFrom } from '../../src/features/discussion/recount.store.ts';
import { scoreOf } from '../../src/features/discussion/score.ts';
import { eachDatabase } from '../support/database.ts';
import { discussionOn } from '../support/discussion.ts';

type Step =
  | { do: 'post'; who: number; under: number }
  | { do: 'state'; which: number; to: number }
  | { do: 'react'; which: number; who: number; kind: number; on: boolean };

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('post' as const), who: fc.nat(3), under: fc.nat(30) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('state' as const), which: fc.nat(30), to: fc.nat(4) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('react' as const),
        which: fc.nat(30),
        who: fc.nat(3),
        kind: fc.nat(3),
        on: fc.boolean(),
      }),
    },
  ),
  { minLength: 10, maxLength: 30 },
);

eachDatabase('counts of a discussion', (open) => {
  test('are what its comments say after any operations in parallel, and recounting finds nothing to mend', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const people = await Promise.all(['Ada', 'Ben', 'Cyd', 'Dot'].map((name) => room.person(name)));
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const article = await room.paper.story();
        const ids: string[] = [];
        const run = async (step: Step): Promise<void> => {
          const at = room.clock.now();
          const id = 'which' in step ? ids[step.which % Math.max(1, ids.length)] : undefined;
          const who = 'who' in step ? people[step.who] : undefined;
          if (step.do === 'post' && who !== undefined) {
            const parentId = step.under < ids.length ? ids[step.under] : undefined;
            ids.push((await room.say(who, article, `Words ${ids.length}.`, { parentId })).id);
          } else if (step.do === 'state' && id !== undefined) {
            const to = commentStates[step.to] ?? 'visible';
            await db.write((tx) => changeState(tx, db, { commentId: id, to, at }));
          } else if (step.do === 'react' && id !== undefined && who !== undefined) {
            const kind = reactionKinds[step.kind] ?? 'up';
            await db.write((tx) =>
              reactTo(tx, db, { commentId: id, userId: who.userId, kind, on: step.on, at }),
            );
          }
        };
        // Eight at a time; what one makes impossible for another is refused, and changes nothing.
        for (let i = 0; i < given.length; i += 8)
          await Promise.allSettled(given.slice(i, i + 8).map((step) => run(step as Step)));
        const thread = await db.read
          .selectFrom('discussion_threads')
          .selectAll()
          .where('article_id', '=', article)
          .executeTakeFirst();
        if (thread === undefined) return;
        const counted = await countedFrom(db.read, article);
        expect({
          visible: thread.visible_count,
          held: thread.held_count,
          rejected: thread.rejected_count,
          removed: thread.removed_count,
          deleted: thread.deleted_count,
          featured: thread.featured_count,
        }).toEqual(counted);
        expect((await commentCounts(db.read, [article])).get(article) ?? 0).toBe(counted.visible);
        const rows = await db.read
          .selectFrom('comments')
          .selectAll()
          .where('article_id', '=', article)
          .execute();
        for (const row of rows) {
          const below = rows.filter(
            (other) =>
              other.path !== row.path && other.path.startsWith(row.path) && other.state === 'visible',
          ).length;
          expect([row.descendants, row.listed]).toEqual([
            below,
            row.state === 'visible' || below > 0 ? 1 : 0,
          ]);
        }
        expect((await recountDiscussions(db, room.clock.now())).mended).toBe(0);
      }),
      { numRuns: 6 },
    );
  });

  test('stand when 200 votes of one account come at once, and when the same comment is sent 50 times', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    const [ada, ben] = [await room.person('Ada'), await room.person('Ben')];
    const posts = await Promise.all(
      Array.from({ length: 50 }, () => room.say(ada, article, 'Once.', { key: 'the-same-key' })),
    );
    expect(new Set(posts.map((post) => post.id)).size).toBe(1);
    expect(posts.filter((post) => !post.repeated)).toHaveLength(1);
    const id = posts[0]?.id ?? '';
    const at = room.clock.now();
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        db.write((tx) =>
          reactTo(tx, db, {
            commentId: id,
            userId: ben.userId,
            kind: i % 2 === 0 ? 'up' : 'thanks',
            on: true,
            at,
          }),
        ),
      ),
    );
    const row = await db.read.selectFrom('comments').selectAll().executeTakeFirstOrThrow();
    expect([row.up_count, row.down_count, row.thanks_count, row.score]).toEqual([1, 0, 1, scoreOf(1, 0)]);
    await db.write((tx) => forgetPerson(tx, db, { userId: ben.userId, at }));
    const after = await db.read.selectFrom('comments').selectAll().executeTakeFirstOrThrow();
    expect([after.up_count, after.thanks_count, after.score]).toEqual([0, 0, scoreOf(0, 0)]);
  });

  test('a key that is used for other words is refused, not answered with the words of before', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    const [ada, ben] = [await room.person('Ada'), await room.person('Ben')];
    const first = await room.say(ada, article, 'Once.', { key: 'the-same-key' });
    const answers = await Promise.allSettled([
      room.say(ada, article, 'Once.', { key: 'the-same-key' }),
      room.say(ada, article, 'Something else.', { key: 'the-same-key' }),
      room.say(ada, article, 'Once.', { key: 'the-same-key', parentId: first.id }),
      room.say(ben, article, 'Something else.', { key: 'the-same-key' }),
    ]);
    expect(
      answers.map((answer) =>
        answer.status === 'fulfilled' ? answer.value.repeated : (answer.reason as { kind: string }).kind,
      ),
    ).toEqual([true, 'conflict', 'conflict', false]);
    // Edited since, it is still known by what was sent.
    await editComment(room, { id: first.id, writer: ada, text: 'Once more.' });
    expect((await room.say(ada, article, 'Once.', { key: 'the-same-key' })).id).toBe(first.id);
    // Of two that come at one moment, one is said, and the other is refused.
    const both = await Promise.allSettled(
      ['One.', 'Two.'].map((text) => room.say(ada, article, text, { key: 'another-key' })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await commentCounts(db.read, [article])).get(article)).toBe(3);
  });

  test('a person who is forgotten leaves gaps without a name or a word', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    const [ada, ben] = [await room.person('Ada Byron'), await room.person('Ben Nevis')];
    const first = await room.say(ada, article, 'A secret of Ada.');
    await room.say(ben, article, 'To @Ada Byron: indeed.', { parentId: first.id });
    await db.write((tx) => forgetPerson(tx, db, { userId: ada.userId, at: room.clock.now() }));
    const everything = JSON.stringify([
      await db.read.selectFrom('comments').selectAll().execute(),
      await db.read.selectFrom('comment_edits').selectAll().execute(),
      await db.read.selectFrom('discussion_people').selectAll().execute(),
    ]);
    expect(everything).not.toContain('secret');
    expect(everything).not.toContain('"name":"Ada Byron"');
    const rows = await db.read.selectFrom('comments').select(['state', 'listed']).orderBy('path').execute();
    expect(rows).toEqual([
      { state: 'deleted', listed: 1 },
      { state: 'visible', listed: 1 },
    ]);
  });
});

test('the order by best is a bound of confidence, not a sum', () => {
  expect(scoreOf(150, 0)).toBeGreaterThan(scoreOf(600, 400));
  expect(scoreOf(60, 40)).toBeGreaterThan(scoreOf(2, 0));
  expect(scoreOf(0, 0)).toBeGreaterThan(scoreOf(1, 9));
  expect(scoreOf(1000, 10)).toBeGreaterThan(scoreOf(10, 0));
});
