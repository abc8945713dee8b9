/** The door of the front pages: arranged by hand, at once or at a time, and given back as they were. */
import { type Clock, type Instant, toInstant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { FrontSlots } from '../../contract/front.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { nounChanged, parseNoun, siteOf } from '../articles/articles.ts';
import { insertLayout, type LayoutRow, moveLayout, putCurrent } from './front-pages.store.ts';
import { currentLayout } from './front-pages.views.ts';

export { arrange, type Arranged, namedIn } from './arrange.ts';

type Room = { readonly db: Pick<Db, 'dialect'>; readonly clock: Clock };

export type LayoutOrder = {
  readonly edition: string;
  readonly slots: unknown;
  readonly note?: string | undefined;
  /** `now`, kept as a draft to look at, or at an instant. */
  readonly when: 'now' | 'draft' | { readonly at: string };
  /** The number of the arrangement that the editor saw; refused when another has come since. */
  readonly expected?: number | undefined;
  readonly madeFrom?: string | undefined;
  readonly by: string | null;
};

/** Keeps an arrangement, and puts it on the page now or at its time. Returns its id. */
export async function putLayout(tx: Tx, room: Room, order: LayoutOrder): Promise<string> {
  const { edition, when } = order;
  const site = await siteOf(tx);
  if (!site.languages.includes(edition))
    throw new Problem('not-found', `The site has no edition in “${edition}”.`);
  const slots = parseNoun(FrontSlots, order.slots);
  await checkStories(tx, slots);
  const now = room.clock.now();
  const id = newId();
  const effectiveAt = typeof when === 'object' ? future(when.at, now) : null;
  await insertLayout(tx, {
    id,
    edition,
    number: null,
    state: effectiveAt === null ? 'draft' : 'waiting',
    slots: toJson<unknown>(slots),
    note: order.note ?? '',
    made_from: order.madeFrom ?? null,
    effective_at: effectiveAt,
    took_effect_at: null,
    created_by: order.by,
    created_at: now,
  });
  if (when === 'now') await takeEffect(tx, room, { id, edition, from: 'draft', expected: order.expected });
  return id;
}

function future(at: string, now: Instant): Instant {
  const instant = toInstant(at);
  if (instant === undefined || instant <= now)
    throw new Problem(
      'invalid',
      instant === undefined ? `"${at}" is not an instant.` : `${instant} has passed.`,
      'Choose a later time.',
      { fields: { '/at': instant === undefined ? 'is not an instant' : 'is in the past' } },
    );
  return instant;
}

/** Refuses stories that do not exist and stories in two places. @throws Problem `invalid` */
async function checkStories(tx: Tx, slots: FrontSlots): Promise<void> {
  const places: [string, string][] = [];
  if (slots.lead !== null) places.push(['/slots/lead', slots.lead.article]);
  slots.top.forEach((slot, i) => slot !== null && places.push([`/slots/top/${i}`, slot.article]));
  slots.pinned.forEach((slot, i) => places.push([`/slots/pinned/${i}`, slot.article]));
  const fields: Record<string, string> = {};
  const seen = new Map<string, string>();
  for (const [pointer, article] of places) {
    const other = seen.get(article);
    if (other !== undefined) fields[pointer] = `stands at ${other} already`;
    seen.set(article, pointer);
  }
  const named = new Set([
    ...seen.keys(),
    ...slots.sections.flatMap((section) =>
      section.stories.flatMap((slot) => (slot === null ? [] : [slot.article])),
    ),
  ]);
  const known =
    named.size === 0
      ? []
      : await tx
          .selectFrom('articles')
          .select('id')
          .where('id', 'in', [...named])
          .execute();
  const missing = [...named].filter((id) => !known.some((row) => row.id === id));
  for (const id of missing) fields[seen.get(id) ?? '/slots/sections'] = `there is no article ${id}`;
  const [first] = Object.entries(fields);
  if (first !== undefined)
    throw new Problem('invalid', `The arrangement cannot stand: ${first[0]} ${first[1]}.`, undefined, {
      fields,
    });
}

async function takeEffect(
  tx: Tx,
  room: Room,
  layout: { id: string; edition: string; from: 'draft' | 'waiting'; expected?: number | undefined },
): Promise<boolean> {
  const { id, edition, from, expected } = layout;
  // One change of front pages at a time: the number that is read next holds until the commit.
  await room.db.dialect.lockOutbox(tx);
  const before = await currentLayout(tx, edition);
  const standing = before?.number ?? 0;
  if (expected !== undefined && expected !== standing)
    throw new Problem(
      'precondition-failed',
      `The front page has been arranged anew since you looked: it is at ${standing}, not ${expected}.`,
      'Look at it again and apply your change to that.',
    );
  const now = room.clock.now();
  const number = standing + 1;
  if (!(await moveLayout(tx, id, { from, to: 'live', number, tookEffectAt: now }))) return false;
  if (before !== undefined) await moveLayout(tx, before.id, { from: 'live', to: 'replaced' });
  if (!(await putCurrent(tx, { edition, layout_id: id, number }, standing)))
    throw new Problem(
      'precondition-failed',
      'Somebody has arranged the front page at the same moment.',
      'Look at it again and apply your change to that.',
    );
  await nounChanged(room.db, tx, { noun: 'front', id: edition });
  return true;
}

/** Puts an earlier arrangement, or a draft, on the page: as a new one, so that what happened stays readable. Returns its id. */
export async function restoreLayout(
  tx: Tx,
  room: Room,
  order: {
    id: string;
    by: string | null;
    note?: string | undefined;
    expected?: number | undefined;
  },
): Promise<string> {
  const row = await tx.selectFrom('front_layouts').selectAll().where('id', '=', order.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no arrangement ${order.id}.`);
  return putLayout(tx, room, {
    edition: row.edition,
    slots: JSON.parse(row.slots as string) as unknown,
    note: order.note ?? row.note,
    when: 'now',
    expected: order.expected,
    madeFrom: row.id,
    by: order.by,
  });
}

/** Takes a change back that waits for its time, or throws a draft away. @throws Problem `not-found`, `conflict` */
export async function cancelLayout(tx: Tx, order: { id: string }): Promise<void> {
  const row = await tx
    .selectFrom('front_layouts')
    .select(['id', 'state'])
    .where('id', '=', order.id)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no arrangement ${order.id}.`);
  const open = row.state === 'waiting' || row.state === 'draft';
  if (!open || !(await moveLayout(tx, row.id, { from: row.state, to: 'cancelled' })))
    throw new Problem('conflict', 'The arrangement does not wait any more.');
}

export type FiredLayout = { readonly id: string; readonly edition: string; readonly lateMs: number };

/** Puts arrangements whose time has come on their pages: each exactly once, on any number of nodes. */
export async function fireDueLayouts(db: Db, clock: Clock): Promise<FiredLayout[]> {
  const now = clock.now();
  const due: LayoutRow[] = await db.read
    .selectFrom('front_layouts')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('effective_at', '<=', now)
    .orderBy('effective_at')
    .limit(50)
    .execute();
  const fired: FiredLayout[] = [];
  for (const { id, edition, effective_at } of due) {
    try {
      const mine = await db.write((tx) => takeEffect(tx, { db, clock }, { id, edition, from: 'waiting' }));
      if (mine) fired.push({ id, edition, lateMs: Date.parse(now) - Date.parse(effective_at ?? now) });
    } catch (cause) {
      // Another arrangement took effect in the same instant: the next turn comes after it.
      if (cause instanceof Problem && cause.kind === 'precondition-failed') continue;
      throw cause;
    }
  }
  return fired;
}
