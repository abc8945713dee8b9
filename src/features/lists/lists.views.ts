import { type ArticleSummaryView, summariesOf } from '../articles/articles.newsroom.views.ts';
import type { Reader } from '../../storage/db.ts';

const EACH = 20;

export type MyDesk = {
  readonly drafts: ArticleSummaryView[];
  readonly returned: ArticleSummaryView[];
  readonly assigned: ArticleSummaryView[];
  readonly scheduled: (ArticleSummaryView & { readonly at: string })[];
  readonly published: ArticleSummaryView[];
};

/** What waits for a person: each list by its own index, the latest changed first. */
export async function myDesk(db: Reader, userId: string): Promise<MyDesk> {
  const mine = (column: 'created_by' | 'assignee') =>
    db
      .selectFrom('articles')
      .select('id')
      .where(column, '=', userId)
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(EACH);
  const [begun, held, waiting, published] = await Promise.all([
    mine('created_by').where('state', '=', 'draft').execute(),
    mine('assignee').where('state', 'in', ['draft', 'desk', 'ready', 'published']).limit(100).execute(),
    db
      .selectFrom('schedules')
      .innerJoin('articles', 'articles.id', 'schedules.article_id')
      .select(['articles.id', 'schedules.publish_at'])
      .where('schedules.state', '=', 'waiting')
      .where((eb) =>
        eb.or([
          eb('articles.created_by', '=', userId),
          eb('articles.assignee', '=', userId),
          eb('schedules.created_by', '=', userId),
        ]),
      )
      .orderBy('schedules.publish_at')
      .limit(EACH)
      .execute(),
    mine('created_by').where('state', '=', 'published').execute(),
  ]);
  const heldRows = await summariesOf(db, idsOf(held));
  const back = await returnedOf(db, idsOf(held));
  const returned = heldRows.filter((row) => back.has(row.id));
  const assigned = heldRows.filter((row) => !back.has(row.id) && row.stage !== null && row.stage !== 'draft');
  const taken = new Set(returned.map((row) => row.id));
  const hours = new Map(waiting.map((row) => [row.id, row.publish_at]));
  const scheduled = await summariesOf(db, idsOf(waiting));
  return {
    drafts: (await summariesOf(db, idsOf(begun))).filter((row) => !taken.has(row.id)),
    returned: returned.slice(0, EACH),
    assigned: assigned.slice(0, EACH),
    scheduled: scheduled.map((row) => ({ ...row, at: hours.get(row.id) ?? '' })),
    published: await summariesOf(db, idsOf(published)),
  };
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);

/** Of these articles those whose last step was that a desk sent them back. */
async function returnedOf(db: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('desk_moves')
    .select(['article_id', 'action'])
    .where('article_id', 'in', [...ids])
    .orderBy('id')
    .execute();
  const last = new Map(rows.map((row) => [row.article_id, row.action]));
  return new Set(ids.filter((id) => last.get(id) === 'return'));
}

/** People of the house by name; `text` is found at the beginning of any part of it. */
export async function peoplePage(
  db: Reader,
  page: { text: string | undefined; limit: number; after: { name: string; id: string } | undefined },
): Promise<{ id: string; name: string; role: string }[]> {
  let rows = db
    .selectFrom('users')
    .select(['id', 'name', 'role'])
    .where('role', '<>', 'reader')
    .where('disabled', '=', 0);
  if (page.text !== undefined) {
    const text = page.text.toLowerCase().replace(/[\\%_]/g, '');
    rows = rows.where((eb) =>
      eb.or([
        eb(eb.fn('lower', ['name']), 'like', `${text}%`),
        eb(eb.fn('lower', ['name']), 'like', `% ${text}%`),
      ]),
    );
  }
  const { after } = page;
  if (after !== undefined)
    rows = rows.where((eb) => eb(eb.refTuple('name', 'id'), '>', eb.tuple(after.name, after.id)));
  return rows.orderBy('name').orderBy('id').limit(page.limit).execute();
}
