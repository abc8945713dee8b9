import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { discussionOn } from '../../../tests/support/discussion.ts';
import { changeState } from './discussion.ts';

eachDatabase('comments', (open) => {
  test('are counted, nested and found again by their key', async () => {
    const room = await discussionOn(await open());
    const article = await room.paper.story();
    const ada = await room.person('Ada Byron');
    const first = await room.say(ada, article, 'First *words*.', { key: 'one' });
    const again = await room.say(ada, article, 'First *words*.', { key: 'one' });
    expect(again).toEqual({ ...first, repeated: true });
    let parent = first.id;
    for (let i = 0; i < 6; i += 1)
      parent = (await room.say(ada, article, `Answer ${i} to @Ada Byron`, { parentId: parent })).id;
    const rows = await room.db.read.selectFrom('comments').selectAll().orderBy('path').execute();
    expect(rows.map((row) => [row.depth, row.level])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 3],
      [5, 3],
      [6, 3],
    ]);
    expect(rows.map((row) => row.descendants)).toEqual([6, 5, 4, 0, 0, 0, 0]);
    const thread = await room.db.read.selectFrom('discussion_threads').selectAll().executeTakeFirstOrThrow();
    expect(thread.visible_count).toBe(7);
    await room.db.write((tx) =>
      changeState(tx, room.db, { commentId: first.id, to: 'removed', at: room.clock.now() }),
    );
    const top = await room.db.read
      .selectFrom('comments')
      .select(['listed', 'state'])
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow();
    expect(top).toEqual({ listed: 1, state: 'removed' });
  });
});
