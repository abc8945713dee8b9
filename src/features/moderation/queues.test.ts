import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { moderationOn, type TestModeration } from '../../../tests/support/moderation.ts';
import { changeState } from '../discussion/discussion.ts';
import type { Ruled } from '../../contract/moderation.ts';

const step = fc.oneof(
  fc.record({ act: fc.constant('say' as const), held: fc.boolean() }),
  fc.record({ act: fc.constant('report' as const), which: fc.nat(9), by: fc.nat(3) }),
  fc.record({
    act: fc.constant('rule' as const),
    which: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
    action: fc.constantFrom('approve', 'reject', 'hold'),
    second: fc.boolean(),
  }),
  fc.record({ act: fc.constant('claim' as const), which: fc.nat(9), second: fc.boolean() }),
  fc.record({ act: fc.constant('undo' as const), second: fc.boolean() }),
  fc.record({ act: fc.constant('delete' as const), which: fc.nat(9) }),
);

/** The kept counts are the rows that are there, and a person's counts are those of their comments. */
async function agree(on: TestModeration): Promise<void> {
  const kept = await on.db.read
    .selectFrom('moderation_counts')
    .selectAll()
    .where('queue', '!=', 'notices')
    .execute();
  const rows = await on.db.read.selectFrom('moderation_queue').selectAll().execute();
  for (const { queue, items } of kept)
    expect([queue, Number(items)]).toEqual([queue, rows.filter((row) => row.queue === queue).length]);
  const states = new Map(
    (await on.db.read.selectFrom('comments').select(['id', 'state']).execute()).map((row) => [
      row.id,
      row.state,
    ]),
  );
  const pending = rows.filter((row) => row.queue === 'pending').map((row) => states.get(row.comment_id));
  expect(new Set([...pending, 'held'])).toEqual(new Set(['held']));
}

eachDatabase('queues', (open) => {
  test('are counted exactly, whatever people do and in whatever order', async () => {
    await using on = await moderationOn(await open());
    const article = await on.paper.story();
    const ann = await on.reader('Ann');
    const reporters = await Promise.all(Array.from({ length: 4 }, () => on.api.person('reader')));
    let said = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const ids: string[] = [];
        const decisions: string[] = [];
        const at = (n: number): string | undefined => ids[n % Math.max(1, ids.length)];
        for (const one of steps) {
          const token = 'second' in one && one.second ? on.second.token : on.moderator.token;
          if (one.act === 'say') {
            said += 1;
            const text = one.held ? `SHOUTING ABOUT SOMETHING NEW ${said}` : `Remark number ${said}`;
            ids.push((await on.say(ann, article, text)).id);
          } else if (one.act === 'undo') {
            const last = decisions.pop();
            if (last !== undefined)
              await on.api.ask(`POST /api/v1/moderation/decisions/${last}/undo`, token, { payload: {} });
          } else if (one.act === 'rule') {
            const comments = [...new Set(one.which.flatMap((n) => at(n) ?? []))];
            if (comments.length === 0) continue;
            const payload = {
              comments,
              action: one.action,
              ...(one.action === 'reject' ? { standard: 'subject' } : {}),
            };
            const answer = await on.api.ask('POST /api/v1/moderation/decisions', token, { payload });
            if (answer.statusCode !== 200) throw new Error(answer.body);
            for (const each of (answer.json() as { results: Ruled[] }).results)
              if (each.decisionId !== undefined) decisions.push(each.decisionId);
          } else {
            const id = at(one.which);
            if (id === undefined) continue;
            if (one.act === 'report')
              await on.api.ask(`POST /api/v1/comments/${id}/reports`, reporters[one.by]?.token, {
                payload: { category: 'spam' },
              });
            else if (one.act === 'claim')
              await on.api.ask('POST /api/v1/moderation/claims', token, { payload: { comments: [id] } });
            else
              await on.db
                .write((tx) => changeState(tx, on.db, { commentId: id, to: 'deleted', at: on.clock.now() }))
                .catch(() => undefined);
          }
          // The limits of reporting are for others to test.
          on.clock.advance(60_000);
        }
        await on.follow();
        await agree(on);
      }),
      { numRuns: 6 },
    );
  });
});
