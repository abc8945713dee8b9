import { fromJson } from '../../base/json.ts';
import { type CommentDoc, commentText } from '../../contract/comment-doc.ts';
import type { CommentDetail } from '../../contract/moderation-answers.ts';
import type { ReportCategory } from '../../contract/moderation.ts';
import type { Reader } from '../../storage/db.ts';
import type { CommentRow } from './room.ts';
import { named, namesOf, showDecisions } from './decisions.views.ts';
import { notesOf } from './people.views.ts';
import { itemsOf } from './queue.views.ts';
import { textOf } from './texts.views.ts';

const ABOVE = 5;
const BELOW = 10;

/** A comment with everything around it that a decision needs. */
export async function commentDetail(
  db: Reader,
  view: { id: string; now: string; language: string },
): Promise<CommentDetail | undefined> {
  const item = (await itemsOf(db, [view.id], view)).get(view.id);
  if (item === undefined) return undefined;
  const decisions = await db
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('comment_id', '=', view.id)
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  const reports = await db
    .selectFrom('moderation_reports')
    .selectAll()
    .where('comment_id', '=', view.id)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
  const names = await namesOf(
    db,
    reports.map((row) => row.user_id),
  );
  const edits = await db
    .selectFrom('comment_edits')
    .selectAll()
    .where('comment_id', '=', view.id)
    .orderBy('edit_number')
    .limit(50)
    .execute();
  return {
    ...item,
    above: await above(db, item.parentId),
    below: await below(db, view.id),
    earlier: edits.map((edit) => ({
      text: commentText(fromJson(edit.body) as CommentDoc),
      editedAt: edit.edited_at,
    })),
    reportList: reports.map((row) => ({
      id: row.id,
      category: row.category as ReportCategory,
      details: row.details,
      by: named(names, row.user_id),
      state: row.state,
      createdAt: row.created_at,
    })),
    decisions: await showDecisions(db, decisions, view.language),
    noteList: await notesOf(db, { kind: 'comment', id: view.id }),
  };
}

function neighbour(row: CommentRow): CommentDetail['above'][number] {
  return {
    id: row.id,
    author: row.author_name,
    text: row.state === 'deleted' ? '' : textOf(row),
    state: row.state,
    createdAt: row.created_at,
    level: Number(row.level),
  };
}

async function above(db: Reader, parentId: string | null): Promise<CommentDetail['above']> {
  const found: CommentRow[] = [];
  for (let id = parentId; id !== null && found.length < ABOVE;) {
    const row: CommentRow | undefined = await db
      .selectFrom('comments')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) break;
    found.unshift(row);
    id = row.parent_id;
  }
  return found.map(neighbour);
}

async function below(db: Reader, id: string): Promise<CommentDetail['below']> {
  const rows = await db
    .selectFrom('comments')
    .selectAll()
    .where('parent_id', '=', id)
    .orderBy('id')
    .limit(BELOW)
    .execute();
  return rows.map(neighbour);
}
