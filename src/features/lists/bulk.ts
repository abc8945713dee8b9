import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { ArticleContent } from '../../contract/article.ts';
import type { BulkAction } from '../../contract/lists.ts';
import { type Actor, may } from '../../contract/permissions.ts';
import type { Db, Tx } from '../../storage/db.ts';
import {
  type ArticleRow,
  checkMayWrite,
  lockArticles,
  restoreWork,
  reviseArticle,
} from '../articles/articles.ts';
import { revisionOf } from '../articles/articles.newsroom.views.ts';
import { act, type WorkOrder } from '../desks/desks.ts';
import { insertOperation, markUndone } from './lists.store.ts';

type Work = Pick<ArticleRow, 'state' | 'stage' | 'desk' | 'assignee'>;

/** What was done to one article, with all that undoing it needs. */
type Item = { readonly id: string } & (
  | { readonly kind: 'content'; readonly before: number; readonly after: number }
  | { readonly kind: 'work'; readonly before: Work; readonly after: Work; readonly revision: number }
);

export type Refused = { readonly id: string; readonly headline: string; readonly why: string };
export type Bulk = {
  readonly id: string;
  readonly done: number;
  readonly unchanged: number;
  readonly refused: readonly Refused[];
};
type Room = { readonly db: Pick<Db, 'dialect'>; readonly clock: Clock };

/**
 * Does one thing to many articles in one transaction. What an article does not allow is refused for that one alone, with the reason; of
 * the others it is written down how they were.
 */
export async function doBulk(
  tx: Tx,
  room: Room,
  order: { actor: Actor; action: BulkAction; articles: readonly string[] },
): Promise<Bulk> {
  const ids = [...new Set(order.articles)];
  const rows = await lockArticles(tx, ids);
  const items: Item[] = [];
  const refused: Refused[] = [];
  let unchanged = 0;
  for (const id of ids) {
    const row = rows.get(id);
    if (row === undefined) {
      refused.push({ id, headline: '', why: 'There is no such article.' });
      continue;
    }
    try {
      const item = await one(tx, room, { ...order, row });
      if (item === undefined) unchanged += 1;
      else items.push(item);
    } catch (cause) {
      // Every refusal comes before anything of the article is written.
      if (!(cause instanceof Problem)) throw cause;
      refused.push({ id, headline: row.headline, why: cause.line });
    }
  }
  const id = newId();
  await insertOperation(tx, {
    id,
    user_id: order.actor.userId,
    action: toJson(order.action),
    items: toJson(items),
    done: items.length,
    created_at: room.clock.now(),
    undone_at: null,
  });
  return { id, done: items.length, unchanged, refused };
}

type One = { actor: Actor; action: BulkAction; row: ArticleRow };

async function one(tx: Tx, room: Room, { actor, action, row }: One): Promise<Item | undefined> {
  const work = workOrder(action);
  if (work !== undefined) {
    const before = workOf(row);
    if (isSo(before, action)) return undefined;
    await act(tx, room, { actor, articleId: row.id, order: work });
    return {
      id: row.id,
      kind: 'work',
      before,
      after: workOf(await rowOf(tx, row.id)),
      revision: row.revision_number,
    };
  }
  if (!may(actor, 'articles:write'))
    throw new Problem('forbidden', 'This needs the permission articles:write.');
  await checkMayWrite(tx, actor, row.id);
  const content = (await revisionOf(tx, { articleId: row.id, revision: row.revision_number }))?.content;
  if (content === undefined) throw new Error(`article ${row.id} lacks its revision ${row.revision_number}`);
  const changed = await reviseArticle(
    tx,
    { clock: room.clock, by: actor.userId },
    { articleId: row.id, content: edited(content, action), expected: row.revision_number },
  );
  return changed.revision_number === row.revision_number
    ? undefined
    : { id: row.id, kind: 'content', before: row.revision_number, after: changed.revision_number };
}

function workOrder(action: BulkAction): WorkOrder | undefined {
  if (action.kind === 'desk') return { action: 'move', desk: action.desk };
  if (action.kind === 'assign') return { action: 'assign', to: action.to };
  return action.kind === 'ready' ? { action: 'ready' } : undefined;
}

function isSo(work: Work, action: BulkAction): boolean {
  if (action.kind === 'desk') return work.desk === action.desk;
  if (action.kind === 'assign') return work.assignee === action.to;
  return action.kind === 'ready' && (work.state === 'ready' || work.stage === 'ready');
}

function edited(content: ArticleContent, action: BulkAction): ArticleContent {
  switch (action.kind) {
    case 'section': {
      const { section: _, ...rest } = content;
      return action.section === null ? rest : { ...rest, section: action.section };
    }
    case 'urgency':
      return { ...content, urgency: action.urgency };
    case 'add-concept':
      return { ...content, concepts: [...new Set([...content.concepts, action.concept])] };
    case 'remove-concept':
      return { ...content, concepts: content.concepts.filter((id) => id !== action.concept) };
    case 'add-storyline':
      return { ...content, storylines: [...new Set([...content.storylines, action.storyline])] };
    case 'remove-storyline':
      return { ...content, storylines: content.storylines.filter((id) => id !== action.storyline) };
    case 'desk':
    case 'assign':
    case 'ready':
      return content;
  }
}

function workOf(row: ArticleRow): Work {
  return { state: row.state, stage: row.stage, desk: row.desk, assignee: row.assignee };
}

async function rowOf(tx: Tx, id: string): Promise<ArticleRow> {
  return tx.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/**
 * Puts articles back as they were before an operation. An article on which somebody has worked since is left as it is and named.
 * @throws Problem `not-found`, `forbidden`, `conflict` when it has been undone already
 */
export async function undoBulk(
  tx: Tx,
  room: Room,
  { actor, id }: { actor: Actor; id: string },
): Promise<Omit<Bulk, 'id' | 'unchanged'>> {
  const row = await tx.selectFrom('bulk_operations').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined || row.user_id !== actor.userId)
    throw new Problem('not-found', `You have done nothing by the name ${id}.`);
  if (!(await markUndone(tx, id, room.clock.now())))
    throw new Problem('conflict', 'This has been undone already.');
  const items = fromJson<Item[]>(row.items as string);
  const rows = await lockArticles(
    tx,
    items.map((item) => item.id),
  );
  const refused: Refused[] = [];
  let done = 0;
  for (const item of items) {
    const article = rows.get(item.id);
    if (article === undefined) continue;
    if (!(await putBack(tx, room, { item, article, by: actor.userId })))
      refused.push({
        id: item.id,
        headline: article.headline,
        why: 'Somebody has worked on it since, and that stays.',
      });
    else done += 1;
  }
  return { done, refused };
}

async function putBack(
  tx: Tx,
  room: Room,
  { item, article, by }: { item: Item; article: ArticleRow; by: string },
): Promise<boolean> {
  if (item.kind === 'content') {
    if (article.revision_number !== item.after) return false;
    const before = await revisionOf(tx, { articleId: item.id, revision: item.before });
    if (before === undefined) return false;
    await reviseArticle(
      tx,
      { clock: room.clock, by },
      { articleId: item.id, content: before.content, expected: item.after },
    );
    return true;
  }
  const now = workOf(article);
  const same = (['state', 'stage', 'desk', 'assignee'] as const).every((key) => now[key] === item.after[key]);
  if (!same) return false;
  await restoreWork(tx, item.id, { ...item.before, now: room.clock.now() });
  return true;
}
