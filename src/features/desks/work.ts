import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { WORK_MOVED } from '../../contract/events.ts';
import type { Actor } from '../../contract/permissions.ts';
import {
  type Hand,
  judge,
  type Piece,
  type Refusal,
  workflow,
  type WorkflowAction,
} from '../../contract/workflow.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { type ArticleRow, lockArticles, setWork, stageOf, standingOf } from '../articles/articles.ts';
import { deleteApproval, deleteTick, insertMove, putApproval, putTick } from './desks.store.ts';
import { deskOf, type DeskView, handOf } from './desks.views.ts';

export type WorkRoom = { readonly db: Pick<Db, 'dialect'>; readonly clock: Clock };

/** A step on an article's way that changes no version. */
export type WorkOrder = { readonly note?: string | undefined; readonly revision?: number | undefined } & (
  | { readonly action: 'submit'; readonly desk?: string | undefined }
  | { readonly action: 'move'; readonly desk: string | null }
  | { readonly action: 'assign'; readonly to: string | null }
  | { readonly action: 'return'; readonly note: string }
  | { readonly action: 'take-back' | 'claim' | 'ready' | 'reopen' }
  | { readonly action: 'approve'; readonly revision: number; readonly withdraw?: boolean | undefined }
  | { readonly action: 'check'; readonly item: string; readonly done: boolean }
);

export function pieceOf(row: ArticleRow, desk: DeskView | undefined): Piece {
  return {
    stage: stageOf(row) ?? 'draft',
    standing: standingOf(row),
    createdBy: row.created_by,
    assignee: row.assignee,
    ...(desk === undefined ? {} : { desk }),
  };
}

/** @throws Problem `forbidden` or `conflict` that says why somebody may not do this now */
export function checkJudged(action: WorkflowAction, hand: Hand, piece: Piece): void {
  const verdict = judge(action, hand, piece);
  if (!verdict.may) throw refusalOf(action, verdict.because, piece);
}

/** Whether somebody may do something to an article as it stands, by their role and their desks. @throws Problem */
export async function checkMay(
  tx: Reader,
  actor: Actor,
  { action, articleId }: { action: WorkflowAction; articleId: string },
): Promise<{ row: ArticleRow; desk: DeskView | undefined }> {
  const row = await tx.selectFrom('articles').selectAll().where('id', '=', articleId).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no article ${articleId}.`);
  const desk = await deskOf(tx, row.desk);
  checkJudged(action, await handOf(tx, actor, desk), pieceOf(row, desk));
  return { row, desk };
}

function refusalOf(action: WorkflowAction, because: Refusal, piece: Piece): Problem {
  const what = `“${action}”`;
  switch (because) {
    case 'permission':
      return new Problem('forbidden', `${what} needs the permission ${workflow[action].permission}.`);
    case 'own':
      return new Problem(
        'forbidden',
        'The article is somebody else’s, and contributors act on their own.',
        'Ask an editor to assign it to you.',
      );
    case 'desk':
      return new Problem(
        'forbidden',
        piece.desk === undefined
          ? `${what} of an article on no desk is for editors and for whose it is.`
          : `${what} is for the people of its desk.`,
        'Ask one of them, or to be put on the desk.',
      );
    case 'lead':
      return new Problem('forbidden', `${what} is for editors and for the lead of its desk.`);
    case 'standing':
      return new Problem(
        'conflict',
        piece.standing === 'unpublished'
          ? 'The article has not been published, so there is nothing to withdraw.'
          : `The article is ${piece.standing === 'taken_down' ? 'taken down' : piece.standing} and does not take ${what}.`,
      );
    case 'no-desk':
    case 'stage':
      return new Problem(
        'conflict',
        `${what} does not fit: the work stands at “${piece.stage}”.`,
        `It fits at ${workflow[action].stages.map((stage) => `“${stage}”`).join(', ')}.`,
      );
  }
}

/** Does one step. @throws Problem `forbidden`, `conflict`, `precondition-failed` when the text has moved on. */
export async function act(
  tx: Tx,
  room: WorkRoom,
  { actor, articleId, order }: { actor: Actor; articleId: string; order: WorkOrder },
): Promise<void> {
  const row = (await lockArticles(tx, [articleId])).get(articleId);
  if (row === undefined) throw new Problem('not-found', `There is no article ${articleId}.`);
  const desk = await deskOf(tx, row.desk);
  checkJudged(order.action, await handOf(tx, actor, desk), pieceOf(row, desk));
  if (order.revision !== undefined && order.revision !== row.revision_number)
    throw new Problem(
      'precondition-failed',
      `The article is at revision ${row.revision_number}, not ${order.revision}: someone has written since.`,
      'Read it again and decide on that.',
    );
  const now = room.clock.now();
  const by = actor.userId;
  if (order.action === 'check') {
    const known = desk?.rules.checklist.some((item) => item.key === order.item) ?? false;
    if (!known) throw new Problem('not-found', `The desk’s list has no item “${order.item}”.`);
    if (order.done)
      await putTick(tx, {
        article_id: row.id,
        item: order.item,
        revision_number: row.revision_number,
        created_by: by,
        created_at: now,
      });
    else await deleteTick(tx, { articleId: row.id, item: order.item });
    return;
  }
  if (order.action === 'approve') await approve(tx, row, { by, now, order });
  const change = await changeOf(tx, { order, row, desk, by });
  await setWork(tx, row, { ...change, now });
  await note(tx, room, { row, action: order.action, change, by, note: order.note ?? '' });
}

async function approve(
  tx: Tx,
  row: ArticleRow,
  { by, now, order }: { by: string; now: string; order: WorkOrder & { action: 'approve' } },
): Promise<void> {
  if (order.withdraw === true)
    return deleteApproval(tx, { articleId: row.id, revision: row.revision_number, by });
  const revision = await tx
    .selectFrom('article_revisions')
    .select('created_by')
    .where('article_id', '=', row.id)
    .where('revision_number', '=', row.revision_number)
    .executeTakeFirst();
  if (revision?.created_by === by)
    throw new Problem(
      'conflict',
      'You wrote this revision yourself; a second pair of eyes is somebody else’s.',
      'Ask a colleague to read and approve it.',
    );
  await putApproval(tx, {
    article_id: row.id,
    revision_number: row.revision_number,
    created_by: by,
    note: order.note ?? '',
    created_at: now,
  });
}

type Change = {
  stage?: 'draft' | 'desk' | 'ready' | 'scheduled';
  desk?: string | null;
  assignee?: string | null;
};

async function changeOf(
  tx: Tx,
  { order, row, desk, by }: { order: WorkOrder; row: ArticleRow; desk: DeskView | undefined; by: string },
): Promise<Change> {
  const { to } = workflow[order.action];
  const stage = to === undefined ? {} : { stage: to };
  switch (order.action) {
    case 'submit': {
      const slug = order.desk ?? desk?.slug;
      const wanted = await openDesk(tx, slug);
      return { ...stage, desk: wanted.slug, ...(wanted.slug === row.desk ? {} : { assignee: null }) };
    }
    case 'move':
      return order.desk === null
        ? { desk: null }
        : { desk: (await openDesk(tx, order.desk)).slug, assignee: null };
    case 'claim':
      return { assignee: by };
    case 'assign':
      if (order.to !== null) await checkStaff(tx, order.to);
      return { assignee: order.to };
    case 'return':
      // Back to who wrote it.
      return { ...stage, assignee: row.created_by };
    case 'take-back':
    case 'ready':
    case 'reopen':
    case 'approve':
    case 'check':
      return stage;
  }
}

async function openDesk(tx: Tx, slug: string | undefined): Promise<DeskView> {
  if (slug === undefined)
    throw new Problem('invalid', 'The article lies on no desk.', 'Say which desk it goes to.', {
      fields: { '/desk': 'is needed' },
    });
  const desk = await deskOf(tx, slug);
  if (desk === undefined || desk.closed)
    throw new Problem(
      'invalid',
      desk === undefined ? `There is no desk “${slug}”.` : `The desk ${desk.name} is closed.`,
      'Choose another.',
      { fields: { '/desk': desk === undefined ? 'is not a desk' : 'is closed' } },
    );
  return desk;
}

async function checkStaff(tx: Tx, userId: string): Promise<void> {
  const user = await tx
    .selectFrom('users')
    .select(['role', 'disabled'])
    .where('id', '=', userId)
    .executeTakeFirst();
  const writes =
    user !== undefined &&
    user.disabled === 0 &&
    ['contributor', 'reporter', 'editor', 'admin'].includes(user.role);
  if (!writes)
    throw new Problem('invalid', 'An article can be given to people of the house who write.', undefined, {
      fields: { '/to': 'is nobody who writes here' },
    });
}

/** Writes a step down, and tells those who follow. */
export async function note(
  tx: Tx,
  room: WorkRoom,
  step: { row: ArticleRow; action: string; change: Change; by: string | null; note: string },
): Promise<void> {
  const { row, action, change, by } = step;
  const from = stageOf(row) ?? 'draft';
  const id = newId();
  const assignee = change.assignee === undefined ? row.assignee : change.assignee;
  await insertMove(tx, {
    id,
    article_id: row.id,
    action,
    from_stage: from,
    to_stage: change.stage ?? from,
    desk: change.desk === undefined ? row.desk : change.desk,
    revision_number: row.revision_number,
    assignee,
    note: step.note,
    created_by: by,
    created_at: room.clock.now(),
  });
  await appendEvents(room.db, tx, [
    { topic: WORK_MOVED, payload: { moveId: id, articleId: row.id, action, by, assignee } },
  ]);
}
