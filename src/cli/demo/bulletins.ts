import type { Instant } from '../../base/clock.ts';
import { slugify } from '../../base/text.ts';
import { DECK_KINDS } from './bridge-deck.ts';
import type { Milestone } from './bridge-milestones.ts';
import { MILESTONES } from './bridge-milestones.ts';
import type { BridgeDay } from './bridge-model.ts';
import { BRIDGE_DAYS, bridgeDays, seeded } from './bridge-model.ts';
import type { Facts, Kind } from './bridge-phrases.ts';
import { RIVER_KINDS } from './bridge-river.ts';
import { SITE_KINDS } from './bridge-site.ts';
import { TOWN_KINDS } from './bridge-town.ts';
import type { SampleTime } from './sample-dates.ts';
import { printDate, sampleHour } from './sample-dates.ts';

export type Bulletin = {
  key: string;
  slug: string;
  headline: string;
  lede: string;
  paragraphs: string[];
  place: string;
  concepts: readonly string[];
  urgency: number;
  publishedAt: Instant;
  /** The figures of the day it reports, from the model. */
  figures: BridgeDay;
};

const BULLETIN_COUNT = 340;
const SEED = 1964;
/** Before this day there is too little to count. */
const FIRST_ROUTINE = 5;
const KINDS: readonly Kind[] = [...DECK_KINDS, ...SITE_KINDS, ...RIVER_KINDS, ...TOWN_KINDS];

type Slot = { readonly day: number; readonly milestone?: Milestone };
type Last = { readonly day: number; readonly times: number };

/**
 * The short reports on the reconstruction of the bridge, oldest first: the milestones on their days, and between them whatever kind
 * of report has been waited for longest. Pure: the same time, seed and count give the same bulletins; headlines, slugs and figures
 * do not depend on the time at all.
 */
export function bridgeBulletins(
  time: SampleTime,
  options: { seed?: number; count?: number } = {},
): Bulletin[] {
  const { seed = SEED, count = BULLETIN_COUNT } = options;
  const days = bridgeDays(seed);
  const random = seeded(seed + 1);
  const last = new Map<string, Last>();
  const taken = new Set<string>(MILESTONES.map((milestone) => milestone.headline));
  const slots = slotsOf(count);
  return slots.map((slot, index): Bulletin => {
    const today = days[slot.day];
    if (today === undefined) throw new RangeError(`the bridge has no day ${slot.day}`);
    const publishedAt = sampleHour({ daysAgo: BRIDGE_DAYS - slot.day, hour: hourOf(slot, slots) }, time);
    const text =
      slot.milestone === undefined
        ? compose({ today, days, random, last, taken, time, publishedAt })
        : ofMilestone(slot.milestone);
    return {
      key: `bridge-bulletin-${String(index + 1).padStart(3, '0')}`,
      slug: slugify(text.headline, 'en'),
      ...text,
      publishedAt,
      figures: today,
    };
  });
}

/** One slot a bulletin in the order of the days: every milestone, and the rest spread evenly over the days. */
function slotsOf(count: number): Slot[] {
  const routine = Math.max(0, count - MILESTONES.length);
  const spread = Array.from({ length: routine }, (_, index): Slot => ({
    day: Math.min(
      BRIDGE_DAYS - 1,
      FIRST_ROUTINE + Math.floor((index * (BRIDGE_DAYS - FIRST_ROUTINE)) / routine),
    ),
  }));
  const marked = MILESTONES.map((milestone): Slot => ({ day: milestone.day, milestone }));
  return [...marked, ...spread]
    .sort((a, b) => a.day - b.day || Number(a.milestone !== undefined) - Number(b.milestone !== undefined))
    .slice(0, count);
}

/** The routine reports of a day are spread over it; what was not routine is told when it has happened, in the late afternoon. */
function hourOf(slot: Slot, slots: readonly Slot[]): number {
  if (slot.milestone !== undefined) return slot.milestone.hour ?? 17;
  const sameDay = slots.filter((other) => other.day === slot.day);
  const routine = sameDay.filter((other) => other.milestone === undefined);
  const end = routine.length === sameDay.length ? 21 : 16;
  return 7 + ((end - 7) * (routine.indexOf(slot) + 0.5)) / routine.length;
}

type Written = Pick<Bulletin, 'headline' | 'lede' | 'paragraphs' | 'place' | 'concepts' | 'urgency'>;

function ofMilestone({
  headline,
  lede,
  paragraphs,
  place = 'KINGSFERRY',
  concepts,
  urgency = 5,
}: Milestone): Written {
  return { headline, lede, paragraphs: [...paragraphs], place, concepts, urgency };
}

type Setting = {
  today: BridgeDay;
  days: readonly BridgeDay[];
  random: () => number;
  last: Map<string, Last>;
  taken: Set<string>;
  time: SampleTime;
  publishedAt: Instant;
};

/** Writes the report whose turn it is: of the kinds that have something to say, the one that is most overdue. */
function compose(setting: Setting): Written {
  const { today, days, random, last, taken, time, publishedAt } = setting;
  const factsFor = (kind: Kind): Facts => {
    const before = days[last.get(kind.name)?.day ?? Math.max(0, kind.from - 1)] ?? today;
    const print = (daysAway: number, form: 'weekday' | 'date') =>
      printDate(publishedAt, { days: daysAway, form, language: 'en', timeZone: time.timeZone });
    return {
      ...today,
      before,
      weekday: print(0, 'weekday'),
      since: print(before.day - today.day, 'date'),
      week: 1 + Math.floor(today.day / 7),
    };
  };
  const due = KINDS.filter((kind) => today.day >= kind.from && today.day <= kind.to)
    .filter((kind) => (last.get(kind.name)?.day ?? kind.from - 1) < today.day)
    .map((kind) => {
      const waited = today.day - (last.get(kind.name)?.day ?? kind.from - kind.every);
      return { kind, pressure: waited / kind.every + random() * 0.25 };
    })
    .sort((a, b) => b.pressure - a.pressure);
  for (const { kind } of due) {
    const facts = factsFor(kind);
    if (kind.when?.(facts) === false) continue;
    const times = last.get(kind.name)?.times ?? 0;
    const headline = rotate(kind.headlines, times)
      .map((phrase) => phrase(facts))
      .find((candidate) => !taken.has(candidate));
    if (headline === undefined) continue;
    taken.add(headline);
    last.set(kind.name, { day: today.day, times: times + 1 });
    const pick = (phrases: Kind['ledes'], turn: number): string => rotate(phrases, turn)[0]?.(facts) ?? '';
    const lede = pick(kind.ledes, times);
    const first = pick(kind.firsts, times + Math.floor(times / kind.firsts.length));
    const second = pick(kind.seconds, times + Math.floor(times / kind.seconds.length) * 2);
    const paragraphs = times % 5 === 3 && first.length > 100 ? [first] : [first, second];
    return {
      headline,
      lede,
      paragraphs,
      place: kind.place,
      concepts: kind.concepts,
      urgency: kind.name === 'wind' ? 5 : 6,
    };
  }
  throw new RangeError(`no kind of bulletin has anything to say on day ${today.day}`);
}

function rotate<T>(list: readonly T[], turns: number): T[] {
  const at = turns % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
