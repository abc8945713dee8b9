import { dayIn, localInstant } from '../../../base/clock.ts';

/** When a programme is on, in the wall clock of the site's zone. */
export type Slot = {
  readonly id: string;
  readonly programmeId: string;
  readonly mountId: string;
  /** 1 Monday to 7 Sunday; undefined on a single day. */
  readonly weekday: number | undefined;
  readonly onDay: string | undefined;
  /** `HH:MM` */
  readonly starts: string;
  readonly minutes: number;
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
};

/** One broadcast: a slot on a day. */
export type Airing = {
  readonly slotId: string;
  readonly programmeId: string;
  readonly mountId: string;
  /** The local day on which it begins. */
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
};

const DAY_MS = 86_400_000;
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/**
 * The broadcast of a slot that begins on a day; undefined when it has none. It ends when the wall clock says so: a programme from 01:00
 * to 04:00 is two hours long in the night in which clocks go forward, four when they go back. One whose beginning or end falls into the
 * hour that does not exist begins or ends as long after the change (as calendars do, RFC 5545 §3.3.5); of an hour that comes twice the first counts
 * for a beginning, and an end is never before its beginning.
 */
export function airingOn(slot: Slot, day: string, timeZone: string): Airing | undefined {
  const fits =
    slot.onDay === undefined
      ? slot.weekday === weekdayOf(day) &&
        (slot.firstDay === undefined || day >= slot.firstDay) &&
        (slot.lastDay === undefined || day <= slot.lastDay)
      : slot.onDay === day;
  if (!fits) return undefined;
  const [hours = 0, minutes = 0] = slot.starts.split(':').map(Number);
  const startsAt = localInstant(`${day}T${slot.starts}`, timeZone);
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes + slot.minutes) * 60_000);
  const wallEnd = localInstant(end.toISOString().slice(0, 16), timeZone);
  if (startsAt === undefined || wallEnd === undefined) return undefined;
  // Within an hour that comes twice, or across one that does not come, the wall clock would end it before it began.
  const endsAt =
    wallEnd > startsAt ? wallEnd : new Date(Date.parse(startsAt) + slot.minutes * 60_000).toISOString();
  return { slotId: slot.id, programmeId: slot.programmeId, mountId: slot.mountId, day, startsAt, endsAt };
}

/** All broadcasts that overlap a span, in order. A single day's broadcast takes the place of weekly ones that it overlaps. */
export function airingsBetween(
  slots: readonly Slot[],
  span: { readonly from: string; readonly to: string; readonly timeZone: string },
): Airing[] {
  const { timeZone } = span;
  const first = addDays(dayIn(span.from, timeZone), -2);
  const last = dayIn(span.to, timeZone);
  const found: { airing: Airing; single: boolean }[] = [];
  for (let day = first; day <= last; day = addDays(day, 1))
    for (const slot of slots) {
      const airing = airingOn(slot, day, timeZone);
      if (airing !== undefined && airing.endsAt > span.from && airing.startsAt < span.to)
        found.push({ airing, single: slot.onDay !== undefined });
    }
  const singles = found.filter(({ single }) => single).map(({ airing }) => airing);
  return found
    .filter(
      ({ airing, single }) =>
        single ||
        !singles.some(
          (other) =>
            other.mountId === airing.mountId &&
            other.startsAt < airing.endsAt &&
            other.endsAt > airing.startsAt,
        ),
    )
    .map(({ airing }) => airing)
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0));
}

/** What is on at a moment; of several the one that began last. */
export function airingAt(
  slots: readonly Slot[],
  { at, timeZone }: { readonly at: string; readonly timeZone: string },
): Airing | undefined {
  const next = new Date(Date.parse(at) + 1).toISOString();
  return airingsBetween(slots, { from: at, to: next, timeZone })
    .filter((airing) => airing.startsAt <= at)
    .at(-1);
}
