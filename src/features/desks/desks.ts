/** The door of the desks: teams with a queue, what they ask of a story, and its way from a draft to its readers. */
import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { slugify } from '../../base/text.ts';
import { DeskInput } from '../../contract/desks.ts';
import type { Tx } from '../../storage/db.ts';
import { checkRowVersion, type NounContext, parseNoun, type Target } from '../articles/articles.ts';
import { deleteMember, insertDesk, putMember, updateDesk } from './desks.store.ts';

export { publishGate } from './gate.ts';
export { checkLink, type LinkRoom } from './links.ts';
export { makeReceipt, type ReceiptRoom } from './receipts.ts';
export { createPreviewLink, type OpenPreview, openPreview, revokePreviewLink } from './previews.ts';
export { tellOfSchedules } from './alarms.ts';
export { LocalTimeInput, resolveWhen } from './when.ts';
export { act, type WorkOrder, type WorkRoom } from './work.ts';

/** Makes a desk. Its slug is given once, from its name when absent: articles name it. */
export async function createDesk(tx: Tx, context: NounContext, input: DeskInput): Promise<string> {
  const desk = parseNoun(DeskInput, input);
  const slug = desk.slug ?? (slugify(desk.name).replace(/[^a-z0-9-]/g, '') || 'desk');
  const taken = await tx.selectFrom('desks').select('id').where('slug', '=', slug).executeTakeFirst();
  if (taken !== undefined)
    throw new Problem('conflict', `There is a desk "${slug}" already.`, 'Choose another slug.', {
      fields: { '/slug': 'is taken' },
    });
  const id = newId();
  const now = context.clock.now();
  await insertDesk(tx, { id, slug, ...columns(desk), created_at: now, updated_at: now });
  return id;
}

export async function changeDesk(
  tx: Tx,
  context: NounContext,
  change: Target & { input: DeskInput },
): Promise<void> {
  const row = await tx.selectFrom('desks').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no desk ${change.id}.`);
  checkRowVersion(row, change.expected);
  const desk = parseNoun(DeskInput, change.input);
  if (desk.slug !== undefined && desk.slug !== row.slug)
    throw new Problem('conflict', 'A desk keeps its slug: articles name it.', 'Change its name instead.', {
      fields: { '/slug': 'cannot change' },
    });
  await updateDesk(tx, row.id, {
    ...columns(desk),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
}

function columns(desk: z.output<typeof DeskInput>) {
  const keys = desk.rules.checklist.map((item) => item.key);
  if (new Set(keys).size !== keys.length)
    throw new Problem('invalid', 'Two items of the checklist have the same key.', undefined, {
      fields: { '/rules/checklist': 'has a key twice' },
    });
  if (desk.rules.headlineMin > desk.rules.headlineMax)
    throw new Problem('invalid', 'The shortest headline is longer than the longest.', undefined, {
      fields: { '/rules/headlineMin': 'is above headlineMax' },
    });
  return {
    name: desk.name,
    names: toJson(desk.names),
    description: desk.description,
    position: desk.position,
    members_only: desk.membersOnly ? (1 as const) : (0 as const),
    closed: desk.closed ? (1 as const) : (0 as const),
    rules: toJson(desk.rules),
  };
}

/** Puts somebody of the house on a desk, or changes their part in it. */
export async function setMember(
  tx: Tx,
  context: NounContext,
  member: { deskId: string; userId: string; part: 'member' | 'lead' },
): Promise<void> {
  const desk = await tx.selectFrom('desks').select('id').where('id', '=', member.deskId).executeTakeFirst();
  if (desk === undefined) throw new Problem('not-found', `There is no desk ${member.deskId}.`);
  const user = await tx
    .selectFrom('users')
    .select(['id', 'role'])
    .where('id', '=', member.userId)
    .executeTakeFirst();
  if (user === undefined || user.role === 'reader')
    throw new Problem('invalid', 'Only people of the house can be on a desk.', undefined, {
      fields: { ':user': 'is nobody of the house' },
    });
  await putMember(tx, {
    desk_id: member.deskId,
    user_id: member.userId,
    part: member.part,
    created_at: context.clock.now(),
  });
}

/** @throws Problem `not-found` when they are not on it. */
export async function removeMember(tx: Tx, member: { deskId: string; userId: string }): Promise<void> {
  if (!(await deleteMember(tx, member))) throw new Problem('not-found', 'This person is not on the desk.');
}
