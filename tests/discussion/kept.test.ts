import { expect, test } from 'vitest';
import { toJson } from '../../src/base/json.ts';
import { newsroomCounts } from '../../src/features/discussion/counts.views.ts';
import { commentCounts, threadsPage } from '../../src/features/discussion/discussion.views.ts';
import { changeState } from '../../src/features/discussion/discussion.ts';
import { putComments } from '../../src/features/imports/engine/imports.store.ts';
import { placeKept } from '../../src/features/imports/engine/place-kept.ts';
import { eachDatabase } from '../support/database.ts';
import { discussionOn } from '../support/discussion.ts';

type KeptRow = Parameters<typeof putComments>[1][number];

eachDatabase('comments', (open) => {
  test('that an edition kept which had no discussions come in place, from wherever it stopped, and once', async () => {
    const db = await open();
    const room = await discussionOn(db);
    const article = await room.paper.story();
    const other = await room.paper.story({ headline: 'Another' });
    const row = (n: number, more: Partial<KeptRow> = {}): KeptRow => ({
      id: `0190${String(n).padStart(4, '0')}`,
      origin: 'old.example',
      external_id: `comment:${n}`,
      article_id: article,
      parent_external_id: null,
      author_name: `Reader ${n}`,
      author_email: null,
      author_url: null,
      body: toJson([`Comment ${n}.`]),
      state: 'approved',
      written_at: `2014-05-0${n}T10:00:00.000Z`,
      ...more,
    });
    await db.write((tx) =>
      putComments(tx, [
        // Answers stand before what they answer, as files have them.
        row(1, { parent_external_id: 'comment:5' }),
        row(2),
        row(3, { article_id: other, state: 'pending' }),
        row(4, { state: 'spam' }),
        row(5, { parent_external_id: 'comment:2' }),
      ]),
    );
    const turnOf = (options = {}) => placeKept(db, room.clock, { batch: 2, ...options });
    // A process that goes after its first batch; another goes on, and both may be at it.
    await turnOf({ batches: 1 })();
    await Promise.all([turnOf()(), turnOf()()]);
    const shown = async () => {
      const { threads } = await threadsPage(db.read, article, { sort: 'oldest', limit: 20, replies: 5 });
      return threads.map(({ top, replies }) => [top, ...replies].map((each) => each.author?.name));
    };
    expect(await shown()).toEqual([['Reader 2', 'Reader 5', 'Reader 1']]);
    expect(Object.fromEntries(await commentCounts(db.read, [article, other]))).toEqual({ [article]: 3 });
    expect((await newsroomCounts(db.read, [other])).get(other)).toMatchObject({ visible: 0, held: 1 });
    // What a moderator decided since stays decided.
    const { id } = await db.read
      .selectFrom('comments')
      .select('id')
      .where('external_id', '=', 'comment:1')
      .executeTakeFirstOrThrow();
    await db.write((tx) => changeState(tx, db, { commentId: id, to: 'removed', at: room.clock.now() }));
    await turnOf()();
    expect(await shown()).toEqual([['Reader 2', 'Reader 5']]);
  });
});
