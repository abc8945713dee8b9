import type { QueueCounts, QueueItem } from '../../contract/moderation-answers.ts';
import { queueNames, type QueueName, type ReportCategory } from '../../contract/moderation.ts';
import type { Reader } from '../../storage/db.ts';
import type { CommentRow } from './room.ts';
import { lastDecisions, named, namesOf } from './decisions.views.ts';
import { authorsOf } from './people.views.ts';
import { authorKeyOf } from './people.ts';
import { claimsOn } from './queue.store.ts';
import { headlinesOf, textOf } from './texts.views.ts';

/** The counts of the queues, as kept. */
export async function queueCounts(db: Reader): Promise<QueueCounts> {
  const rows = await db.selectFrom('moderation_counts').selectAll().execute();
  const counts = { reported: 0, pending: 0, appealed: 0, new: 0, notices: 0 };
  for (const row of rows) if (row.queue in counts) counts[row.queue as keyof QueueCounts] = Number(row.items);
  return counts;
}

export type QueueQuery = {
  readonly queue: QueueName;
  readonly limit: number;
  readonly after: { readonly at: string; readonly id: string } | undefined;
  readonly articleId?: string | undefined;
  readonly now: string;
  readonly language: string;
};

/** A page of a queue, who waited longest first; of `new`, the newest first. */
export async function queuePage(db: Reader, query: QueueQuery): Promise<QueueItem[]> {
  const { queue, limit, after } = query;
  const newest = queue === 'new';
  let select = db
    .selectFrom('moderation_queue')
    .selectAll()
    .where('queue', '=', queue)
    .orderBy('entered_at', newest ? 'desc' : 'asc')
    .orderBy('comment_id', newest ? 'desc' : 'asc')
    .limit(limit);
  if (query.articleId !== undefined) select = select.where('article_id', '=', query.articleId);
  if (after !== undefined) {
    const beyond = newest ? '<' : '>';
    select = select.where((eb) =>
      eb.or([
        eb('entered_at', beyond, after.at),
        eb.and([eb('entered_at', '=', after.at), eb('comment_id', beyond, after.id)]),
      ]),
    );
  }
  const entries = await select.execute();
  const items = await itemsOf(
    db,
    entries.map((entry) => entry.comment_id),
    query,
  );
  return entries.flatMap((entry) => {
    const item = items.get(entry.comment_id);
    return item === undefined ? [] : [{ ...item, enteredAt: entry.entered_at }];
  });
}

type View = { readonly now: string; readonly language: string };

/** What a queue shows of each comment, by id. An id of an appeal against a ban is one of an item too. */
export async function itemsOf(
  db: Reader,
  ids: readonly string[],
  view: View,
): Promise<Map<string, QueueItem>> {
  if (ids.length === 0) return new Map();
  const comments = await db.selectFrom('comments').selectAll().where('id', 'in', ids).execute();
  const appeals = await db
    .selectFrom('moderation_appeals')
    .selectAll()
    .where('state', '=', 'open')
    .where((eb) => eb.or([eb('comment_id', 'in', ids), eb('id', 'in', ids)]))
    .execute();
  const entries = await db
    .selectFrom('moderation_queue')
    .selectAll()
    .where('comment_id', 'in', ids)
    .execute();
  const claims = await claimsOn(db, { commentIds: ids, now: view.now });
  const decisions = await lastDecisions(db, ids, view.language);
  const appealed = appeals.length
    ? await db
        .selectFrom('moderation_decisions')
        .select(['id', 'decided_by'])
        .where(
          'id',
          'in',
          appeals.map((appeal) => appeal.decision_id),
        )
        .execute()
    : [];
  const names = await namesOf(db, [
    ...[...claims.values()].map((claim) => claim.user_id),
    ...appealed.map((row) => row.decided_by),
  ]);
  const articles = await headlinesOf(
    db,
    comments.map((comment) => comment.article_id),
  );
  const keys = [...comments.map(authorKeyOf), ...appeals.map((appeal) => appeal.author_key)];
  const authors = await authorsOf(db, { keys, comments, now: view.now });
  const reports = await reportsBy(db, ids);
  const notes = await notesOn(db, ids);
  const shownAppeal = (appeal: (typeof appeals)[number]) => ({
    id: appeal.id,
    body: appeal.body,
    state: appeal.state,
    answer: appeal.answer,
    decisionId: appeal.decision_id,
    decidedBefore: named(names, appealed.find((row) => row.id === appeal.decision_id)?.decided_by ?? null),
    createdAt: appeal.created_at,
  });
  const result = new Map<string, QueueItem>();
  const common = (id: string) => {
    const claim = claims.get(id);
    const mine = entries.filter((entry) => entry.comment_id === id);
    return {
      id,
      queues: queueNames.filter((queue) => mine.some((entry) => entry.queue === queue)),
      enteredAt: mine.map((entry) => entry.entered_at).sort()[0] ?? '',
      reports: reports.get(id) ?? [],
      decision: decisions.get(id) ?? null,
      claim:
        claim === undefined
          ? null
          : { by: { id: claim.user_id, name: names.get(claim.user_id) ?? '' }, until: claim.claimed_until },
      notes: notes.get(id) ?? 0,
    };
  };
  for (const comment of comments) {
    const author = authors.get(authorKeyOf(comment));
    if (author === undefined) continue;
    const appeal = appeals.find((each) => each.comment_id === comment.id);
    result.set(comment.id, {
      ...common(comment.id),
      ...commentParts(comment),
      article: articles.get(comment.article_id) ?? { id: comment.article_id, headline: '', path: null },
      author: { ...author, name: comment.author_name || author.name },
      appeal: appeal === undefined ? null : shownAppeal(appeal),
    });
  }
  for (const appeal of appeals) {
    const author = authors.get(appeal.author_key);
    if (appeal.comment_id !== null || author === undefined) continue;
    result.set(appeal.id, {
      ...common(appeal.id),
      article: { id: '', headline: '', path: null },
      author,
      state: 'rejected',
      text: '',
      language: 'en',
      parentId: null,
      featured: false,
      edits: 0,
      createdAt: appeal.created_at,
      appeal: shownAppeal(appeal),
    });
  }
  return result;
}

function commentParts(comment: CommentRow) {
  return {
    state: comment.state,
    text: textOf(comment),
    language: comment.language ?? 'en',
    parentId: comment.parent_id,
    featured: comment.featured_at !== null,
    edits: Number(comment.edit_count),
    createdAt: comment.created_at,
  };
}

async function reportsBy(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, { category: ReportCategory; count: number }[]>> {
  const rows = await db
    .selectFrom('moderation_reports')
    .select(['comment_id', 'category', (eb) => eb.fn.countAll().as('count')])
    .where('comment_id', 'in', ids)
    .where('state', '=', 'open')
    .groupBy(['comment_id', 'category'])
    .orderBy('category')
    .execute();
  const found = new Map<string, { category: ReportCategory; count: number }[]>();
  for (const row of rows)
    found.set(row.comment_id, [
      ...(found.get(row.comment_id) ?? []),
      { category: row.category as ReportCategory, count: Number(row.count) },
    ]);
  return found;
}

async function notesOn(db: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('moderation_notes')
    .select(['subject_id', (eb) => eb.fn.countAll().as('count')])
    .where('subject_kind', '=', 'comment')
    .where('subject_id', 'in', ids)
    .groupBy('subject_id')
    .execute();
  return new Map(rows.map((row) => [row.subject_id, Number(row.count)]));
}
