import { v5 } from 'uuid';
import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { slugify } from '../../base/text.ts';
import { ProgrammeInput, SlotInput } from '../../contract/radio.ts';
import { paths } from '../../contract/routes.ts';
import type { Tx } from '../../storage/db.ts';
import { checkRowVersion, type NounContext, parseNoun, type Target } from '../articles/articles.ts';
import { radioChanged } from './mounts.store.ts';
import { deleteSlot, insertProgramme, insertSlot, updateProgramme, updateSlot } from './programmes.store.ts';

/** The namespace of `podcast:guid` (Podcast namespace, tag `guid`): UUIDv5 of the feed's address without its scheme. */
const FEED_NAMESPACE = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6';

async function freeProgrammeSlug(
  tx: Tx,
  given: { wish: string | undefined; title: string; ownId?: string },
): Promise<string> {
  const stem = given.wish ?? (slugify(given.title).slice(0, 50).replace(/-+$/, '') || 'programme');
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? stem : `${stem}-${n}`;
    const row = await tx
      .selectFrom('radio_programmes')
      .select('id')
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (row === undefined || row.id === given.ownId) return slug;
    if (given.wish !== undefined)
      throw new Problem('conflict', `There is a programme ${given.wish} already.`, 'Choose another slug.', {
        fields: { '/slug': 'is taken' },
      });
  }
}

function columns(input: z.output<typeof ProgrammeInput>) {
  return {
    title: input.title,
    description: input.description,
    hosts: toJson(input.hosts),
    language: input.language,
    asset_id: input.asset,
    category: input.category,
    explicit: input.explicit ? (1 as const) : (0 as const),
    owner_email: input.ownerEmail,
    copyright: input.copyright,
    archived: input.archived ? (1 as const) : (0 as const),
  };
}

/** `origin`: the guid of a feed is made of its first address and never changes after. */
export async function createProgramme(
  tx: Tx,
  context: NounContext & { readonly origin: string },
  input: ProgrammeInput,
): Promise<string> {
  const programme = parseNoun(ProgrammeInput, input);
  const id = newId();
  const slug = await freeProgrammeSlug(tx, { wish: programme.slug, title: programme.title });
  const now = context.clock.now();
  const address = `${context.origin}${paths.podcastFeed(slug)}`
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
  await insertProgramme(tx, {
    id,
    slug,
    ...columns(programme),
    episode_count: 0,
    feed_guid: v5(address, FEED_NAMESPACE),
    created_at: now,
    updated_at: now,
  });
  await radioChanged(context.db, tx, { what: 'programme', id });
  return id;
}

export async function changeProgramme(
  tx: Tx,
  context: NounContext,
  change: Target & { input: ProgrammeInput },
): Promise<void> {
  const row = await tx
    .selectFrom('radio_programmes')
    .selectAll()
    .where('id', '=', change.id)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no programme ${change.id}.`);
  checkRowVersion(row, change.expected);
  const programme = parseNoun(ProgrammeInput, change.input);
  await updateProgramme(tx, row.id, {
    slug: await freeProgrammeSlug(tx, {
      wish: programme.slug ?? row.slug,
      title: programme.title,
      ownId: row.id,
    }),
    ...columns(programme),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await radioChanged(context.db, tx, { what: 'programme', id: row.id });
}

async function slotColumns(tx: Tx, input: SlotInput) {
  const slot = parseNoun(SlotInput, input);
  for (const [table, id, field] of [
    ['radio_programmes', slot.programme, '/programme'],
    ['radio_mounts', slot.mount, '/mount'],
  ] as const) {
    const row = await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
    if (row === undefined)
      throw new Problem('invalid', `There is no such ${field.slice(1)}.`, undefined, {
        fields: { [field]: 'is not known' },
      });
  }
  return {
    programme_id: slot.programme,
    mount_id: slot.mount,
    weekday: slot.weekday,
    on_day: slot.onDay,
    starts: slot.starts,
    minutes: slot.minutes,
    first_day: slot.firstDay,
    last_day: slot.lastDay,
  };
}

export async function createSlot(tx: Tx, context: NounContext, input: SlotInput): Promise<string> {
  const id = newId();
  const now = context.clock.now();
  await insertSlot(tx, { id, ...(await slotColumns(tx, input)), created_at: now, updated_at: now });
  await radioChanged(context.db, tx, { what: 'slot', id });
  return id;
}

export async function changeSlot(
  tx: Tx,
  context: NounContext,
  change: Target & { input: SlotInput },
): Promise<void> {
  const row = await tx.selectFrom('radio_slots').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no such place in the schedule.`);
  checkRowVersion(row, change.expected);
  await updateSlot(tx, row.id, {
    ...(await slotColumns(tx, change.input)),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await radioChanged(context.db, tx, { what: 'slot', id: row.id });
}

export async function removeSlot(tx: Tx, context: NounContext, id: string): Promise<void> {
  if (!(await deleteSlot(tx, id))) throw new Problem('not-found', 'There is no such place in the schedule.');
  await radioChanged(context.db, tx, { what: 'slot', id });
}
