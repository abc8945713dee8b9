import type { FrontSlots, Slot } from '../../../contract/front.ts';
import { TOP_PLACES } from '../../../contract/front.ts';

/** A place on the page: the lead, one of the top, one of the pinned. */
export type Place = 'lead' | `top/${number}` | `pinned/${number}`;

export const places: readonly Place[] = [
  'lead',
  ...Array.from({ length: TOP_PLACES }, (_, i): Place => `top/${i}`),
  ...Array.from({ length: 5 }, (_, i): Place => `pinned/${i}`),
];

export function slotAt(slots: FrontSlots, place: Place): Slot | null {
  if (place === 'lead') return slots.lead;
  const [list, at] = place.split('/') as ['top' | 'pinned', string];
  return slots[list][Number(at)] ?? null;
}

/** Puts a slot into a place, or leaves it open. A story stands in one place: where it stood before opens. */
export function putAt(slots: FrontSlots, place: Place, slot: Slot | null): FrontSlots {
  const other = (known: Slot | null): Slot | null =>
    known !== null && slot !== null && known.article === slot.article ? null : known;
  const top = Array.from({ length: TOP_PLACES }, (_, i) => other(slots.top[i] ?? null));
  const pinned: (Slot | null)[] = slots.pinned.map(other);
  let lead = other(slots.lead);
  if (place === 'lead') lead = slot;
  else {
    const [list, at] = place.split('/') as ['top' | 'pinned', string];
    if (list === 'top') top[Number(at)] = slot;
    else pinned[Math.min(Number(at), pinned.length)] = slot;
  }
  while (top.length > 0 && top.at(-1) === null) top.pop();
  return { ...slots, lead, top, pinned: pinned.filter((one) => one !== null) };
}

/** Changes the stories of two places. */
export function swap(slots: FrontSlots, from: Place, to: Place): FrontSlots {
  if (from === to) return slots;
  const [a, b] = [slotAt(slots, from), slotAt(slots, to)];
  return putAt(putAt(putAt(slots, from, null), to, a), from, b);
}
