import { fromJson } from '../../base/json.ts';
import { type DeskAnswer, DeskRules, defaultRules, type PersonRef } from '../../contract/desks.ts';
import type { Hand } from '../../contract/workflow.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Reader } from '../../storage/db.ts';
import type { DeskRow } from './desks.store.ts';

export type DeskView = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly membersOnly: boolean;
  readonly closed: boolean;
  readonly rules: DeskRules;
};

const rulesOf = (row: DeskRow): DeskRules => {
  // A desk that was stored by another version may lack what has been added since.
  const parsed = DeskRules.safeParse(fromJson<unknown>(row.rules as string));
  return parsed.success ? parsed.data : defaultRules;
};

function toView(row: DeskRow): DeskView {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    membersOnly: row.members_only === 1,
    closed: row.closed === 1,
    rules: rulesOf(row),
  };
}

/** The desk that an article names; undefined when it names none, or one that is not kept as a desk. */
export async function deskOf(db: Reader, slug: string | null): Promise<DeskView | undefined> {
  if (slug === null) return undefined;
  const row = await db.selectFrom('desks').selectAll().where('slug', '=', slug).executeTakeFirst();
  return row === undefined ? undefined : toView(row);
}

/** What somebody is in a desk. */
export async function membershipOf(
  db: Reader,
  deskId: string | undefined,
  userId: string,
): Promise<Hand['membership']> {
  if (deskId === undefined) return 'none';
  const row = await db
    .selectFrom('desk_members')
    .select('part')
    .where('desk_id', '=', deskId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.part ?? 'none';
}

export async function handOf(db: Reader, actor: Actor, desk: DeskView | undefined): Promise<Hand> {
  return {
    userId: actor.userId,
    role: actor.role,
    ...(actor.scopes === undefined ? {} : { scopes: actor.scopes }),
    membership: await membershipOf(db, desk?.id, actor.userId),
  };
}

export type DeskPage = { readonly limit: number; readonly after?: string | undefined };
type Asked = DeskPage | { readonly id: string };

/** Desks by slug with their people, as the newsroom lists them. */
export async function desksPage(db: Reader, asked: Asked, userId: string): Promise<DeskAnswer[]> {
  let query = db.selectFrom('desks').selectAll();
  if ('id' in asked) query = query.where('id', '=', asked.id);
  else query = query.where('slug', '>', asked.after ?? '').limit(asked.limit);
  const rows = await query.orderBy('slug').execute();
  if (rows.length === 0) return [];
  const members = await db
    .selectFrom('desk_members')
    .innerJoin('users', 'users.id', 'desk_members.user_id')
    .select(['desk_id', 'user_id', 'part', 'users.name', 'users.role'])
    .where(
      'desk_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('users.name')
    .orderBy('user_id')
    .execute();
  const byDesk = Map.groupBy(members, (member) => member.desk_id);
  return rows.map((row) => {
    const own = byDesk.get(row.id) ?? [];
    return {
      ...toView(row),
      names: fromJson<Record<string, string>>(row.names as string),
      description: row.description,
      position: row.position,
      rowVersion: row.row_version,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      members: own.map((member) => ({
        user: member.user_id,
        name: member.name,
        role: member.role,
        part: member.part,
      })),
      part: own.find((member) => member.user_id === userId)?.part ?? null,
    };
  });
}

/** People by id: what screens show of them. */
export async function peopleOf(
  db: Reader,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => PersonRef | null> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows =
    wanted.length === 0
      ? []
      : await db.selectFrom('users').select(['id', 'name']).where('id', 'in', wanted).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => (id === null ? null : (byId.get(id) ?? null));
}

/** The leads of a desk with their addresses: who is told when something of it goes wrong. */
export async function leadsOf(db: Reader, slug: string | null): Promise<{ id: string; email: string }[]> {
  if (slug === null) return [];
  return db
    .selectFrom('desk_members')
    .innerJoin('desks', 'desks.id', 'desk_members.desk_id')
    .innerJoin('users', 'users.id', 'desk_members.user_id')
    .select(['users.id', 'users.email'])
    .where('desks.slug', '=', slug)
    .where('desk_members.part', '=', 'lead')
    .where('users.disabled', '=', 0)
    .execute();
}
