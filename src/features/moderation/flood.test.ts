import type { Kysely, KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { moderationOn } from '../../../tests/support/moderation.ts';
import { submitComment } from '../discussion/discussion.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { makeModerator } from './moderation.ts';

/** Stops who reads from a table: says so, and goes on when told. */
function stoppedAt(
  table: string,
  arrived: PromiseWithResolvers<void>,
  goOn: PromiseWithResolvers<void>,
): KyselyPlugin {
  const stopped = new WeakSet<object>();
  return {
    transformQuery: ({ node, queryId }) => {
      if (JSON.stringify(node).includes(`"name":"${table}"`)) stopped.add(queryId);
      return node;
    },
    transformResult: async ({ result, queryId }) => {
      if (stopped.has(queryId)) {
        arrived.resolve();
        await goOn.promise;
      }
      return result;
    },
  };
}

eachDatabase('a flood', (open) => {
  test('of copies that differ in a number and an address lets one through, though all arrive at once', async () => {
    await using on = await moderationOn(await open());
    const articleId = await on.paper.story();
    const writers = await Promise.all(Array.from({ length: 40 }, (_, n) => on.reader(`Flooder ${n}`)));
    const room = { db: on.db, clock: on.clock, moderator: makeModerator(on) };
    const posted = await Promise.all(
      writers.map((writer, n) => {
        const text = `Buy number ${n} at shop${n}.example or cheap-${n}.com and be happy with it every day`;
        return submitComment(room, { articleId, writer, text });
      }),
    );
    expect(posted.filter(({ state }) => state === 'visible')).toHaveLength(1);
    const rules = posted.map(({ verdict }) => verdict?.rule);
    expect(rules.filter((rule) => rule === 'repeats.near')).toHaveLength(39);
    // Those that come when the first are in the database are seen as well, by any process.
    const later = await on.say(
      await on.reader('Another'),
      articleId,
      'Buy number 77 at shop5.example or cheap-9.com and be happy with it every day',
    );
    expect([later.state, later.verdict?.rule]).toEqual(['held', 'repeats.near']);
  });

  test('lets its first comment through though the second is written sooner', async () => {
    await using on = await moderationOn(await open());
    const articleId = await on.paper.story();
    const [first, second] = [await on.reader('First'), await on.reader('Second')];
    const moderator = makeModerator(on);
    const text = (n: number): string => `Buy number ${n} at shop${n}.example and be happy with it every day`;
    const entered = Promise.withResolvers<void>();
    const overtaken = Promise.withResolvers<void>();
    const slow = {
      ...on.db,
      read: (on.db.read as Kysely<Tables>).withPlugin(stoppedAt('moderation_people', entered, overtaken)),
    };
    const waiting = submitComment(
      { db: slow, clock: on.clock, moderator },
      { articleId, writer: first, text: text(1) },
    );
    await entered.promise;
    const sooner = await submitComment(
      { db: on.db, clock: on.clock, moderator },
      { articleId, writer: second, text: text(2) },
    );
    overtaken.resolve();
    expect([(await waiting).state, sooner.state]).toEqual(['visible', 'held']);
  });

  test('of one account at once is held from the eleventh comment on', async () => {
    await using on = await moderationOn(await open());
    const articleId = await on.paper.story();
    const writer = await on.reader('Hasty');
    const room = { db: on.db, clock: on.clock, moderator: makeModerator(on) };
    const words = 'apple pear plum cherry quince medlar grape lemon orange lime melon fig date'.split(' ');
    const posted = await Promise.all(
      words.map((word) => submitComment(room, { articleId, writer, text: `${word} for me` })),
    );
    expect(posted.filter(({ state }) => state === 'visible')).toHaveLength(10);
    expect(posted.filter(({ verdict }) => verdict?.rule === 'rate.minute')).toHaveLength(3);
  });

  test('is not what a request is that is sent twice at once', async () => {
    await using on = await moderationOn(await open());
    await on.set({ slowMode: { seconds: 60 } });
    const articleId = await on.paper.story();
    const writer = await on.reader('Ann');
    const room = { db: on.db, clock: on.clock, moderator: makeModerator(on) };
    const text = 'The bridge has been closed for two years now';
    const twice = await Promise.all(
      [1, 2, 3].map(() => submitComment(room, { articleId, writer, text, key: 'one request' })),
    );
    expect(twice.map(({ id, state }) => [id, state])).toEqual(
      twice.map(() => [twice[0]?.id, 'visible'] as const),
    );
  });

  test('is not what people are who all give their results', async () => {
    await using on = await moderationOn(await open());
    const articleId = await on.paper.story();
    for (const [name, text] of [
      ['Ann', 'My tip: 2:1, 3:0, 1:1, 0:2'],
      ['Bob', 'My tip: 1:1, 2:0, 4:1, 0:0'],
    ] as const)
      expect((await on.say(await on.reader(name), articleId, text)).state).toBe('visible');
  });
});
