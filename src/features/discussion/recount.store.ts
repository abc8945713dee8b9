import { sql } from 'kysely';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { DISCUSSION_CHANGED } from '../../contract/events.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { endOf } from './comments.store.ts';
import { scoreOf } from './score.ts';
import { lockThread } from './threads.store.ts';

export type Recount = { readonly discussions: number; readonly mended: number };

type Counts = Record<'visible' | 'held' | 'rejected' | 'removed' | 'deleted' | 'featured', number>;

/** What the counts of a discussion must be, from its comments. */
export async function countedFrom(db: Reader, articleId: string): Promise<Counts> {
  const rows = await db
    .selectFrom('comments')
    .select((eb) => ['state', eb.fn.countAll().as('n'), eb.fn.count('featured_at').as('picked')])
    .where('article_id', '=', articleId)
    .groupBy('state')
    .execute();
  const of = (state: string): number => Number(rows.find((row) => row.state === state)?.n ?? 0);
  return {
    visible: of('visible'),
    held: of('held'),
    rejected: of('rejected'),
    removed: of('removed'),
    deleted: of('deleted'),
    featured: rows.reduce((sum, row) => sum + Number(row.picked), 0),
  };
}

/** Counts every discussion anew from its comments, one transaction each, and says how many were wrong. */
export async function recountDiscussions(db: Db, now: string): Promise<Recount> {
  let discussions = 0;
  let mended = 0;
  for (let after = ''; ;) {
    const rows = await db.read
      .selectFrom('discussion_threads')
      .select('article_id')
      .where('article_id', '>', after)
      .orderBy('article_id')
      .limit(200)
      .execute();
    if (rows.length === 0) return { discussions, mended };
    for (const { article_id } of rows) {
      discussions += 1;
      if (await db.write((tx) => recountOne(tx, db, { articleId: article_id, now }))) mended += 1;
    }
    after = rows.at(-1)?.article_id ?? after;
  }
}

async function recountOne(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  { articleId, now }: { articleId: string; now: string },
): Promise<boolean> {
  const kept = await lockThread(tx, articleId, { now });
  const counted = await countedFrom(tx, articleId);
  const wrongTree = await mendTree(tx, articleId);
  const wrongVotes = await mendReactions(tx, articleId);
  const wrong =
    wrongTree ||
    wrongVotes ||
    kept.visible_count !== counted.visible ||
    kept.held_count !== counted.held ||
    kept.rejected_count !== counted.rejected ||
    kept.removed_count !== counted.removed ||
    kept.deleted_count !== counted.deleted ||
    kept.featured_count !== counted.featured;
  if (!wrong) return false;
  await tx
    .updateTable('discussion_threads')
    .set({
      visible_count: counted.visible,
      held_count: counted.held,
      rejected_count: counted.rejected,
      removed_count: counted.removed,
      deleted_count: counted.deleted,
      featured_count: counted.featured,
    })
    .where('article_id', '=', articleId)
    .execute();
  await appendEvents(db, tx, [{ topic: DISCUSSION_CHANGED, payload: { articleId } }]);
  return true;
}

/** What stands below each comment, walked once along the order of the tree with a stack as deep as pages nest. */
async function mendTree(tx: Tx, articleId: string): Promise<boolean> {
  type Open = { id: string; path: string; state: string; listed: number; kept: number; below: number };
  const stack: Open[] = [];
  let wrong = false;
  const close = async (to: string): Promise<void> => {
    for (let top = stack.at(-1); top !== undefined && !to.startsWith(top.path); top = stack.at(-1)) {
      stack.pop();
      const listed = top.state === 'visible' || top.below > 0 ? 1 : 0;
      const parent = stack.at(-1);
      if (parent !== undefined) parent.below += top.below + (top.state === 'visible' ? 1 : 0);
      if (listed === top.listed && top.below === top.kept) continue;
      wrong = true;
      await tx
        .updateTable('comments')
        .set({ listed, descendants: top.below })
        .where('id', '=', top.id)
        .execute();
    }
  };
  for (let after = ''; ;) {
    const rows = await tx
      .selectFrom('comments')
      .select(['id', 'path', 'state', 'listed', 'descendants'])
      .where('article_id', '=', articleId)
      .where('path', '>', after)
      .orderBy('path')
      .limit(1000)
      .execute();
    for (const row of rows) {
      await close(row.path);
      stack.push({ ...row, kept: row.descendants, below: 0 });
    }
    if (rows.length === 0) break;
    after = rows.at(-1)?.path ?? after;
  }
  await close(endOf(''));
  return wrong;
}

async function mendReactions(tx: Tx, articleId: string): Promise<boolean> {
  const rows = await tx
    .selectFrom('comments as c')
    .select((eb) => {
      const counted = (kind: string) =>
        eb
          .selectFrom('comment_reactions as r')
          .select(sql<number>`count(*)`.as('n'))
          .whereRef('r.comment_id', '=', 'c.id')
          .where('r.kind', '=', kind);
      return [
        'c.id',
        'c.up_count',
        'c.down_count',
        'c.insight_count',
        'c.thanks_count',
        counted('up').as('up'),
        counted('down').as('down'),
        counted('insight').as('insight'),
        counted('thanks').as('thanks'),
      ];
    })
    .where('c.article_id', '=', articleId)
    .execute();
  let wrong = false;
  for (const row of rows) {
    const [up, down, insight, thanks] = [row.up, row.down, row.insight, row.thanks].map(Number) as [
      number,
      number,
      number,
      number,
    ];
    if (
      up === row.up_count &&
      down === row.down_count &&
      insight === row.insight_count &&
      thanks === row.thanks_count
    )
      continue;
    wrong = true;
    await tx
      .updateTable('comments')
      .set({
        up_count: up,
        down_count: down,
        insight_count: insight,
        thanks_count: thanks,
        score: scoreOf(up, down),
      })
      .where('id', '=', row.id)
      .execute();
  }
  return wrong;
}
