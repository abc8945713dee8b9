import type { Instant } from '../../base/clock.ts';
import type { FrontSlots, Slot } from '../../contract/front.ts';

/** A story as the arrangement weighs it. */
export type Weighed = {
  readonly id: string;
  readonly urgency: number;
  readonly publishedAt: Instant;
  readonly digest: {
    readonly picture?: unknown;
    readonly storylines: readonly { readonly id: string }[];
  };
};

export type Arranged<T> = {
  readonly lead?: T;
  readonly top: readonly T[];
  readonly pinned: readonly T[];
  /** The ids that hands have put where they stand. */
  readonly byHand: ReadonlySet<string>;
  readonly fallen: readonly {
    slot: string;
    article: string;
    because: 'not-live' | 'expired' | 'elsewhere';
  }[];
  /** When the first slot of those shown gives its place back. */
  readonly changesAt?: Instant;
};

const TOP = 8;

/**
 * Who stands at the top of a front page: what hands have put there, as long as it is live and its time has not come; every other place
 * fills itself by weight (urgency, a picture, recency), a storyline once. Pure.
 */
export function arrange<T extends Weighed>(
  stories: readonly T[],
  { slots, chosen, now }: { slots: FrontSlots; chosen: ReadonlyMap<string, T>; now: Instant },
): Arranged<T> {
  const fallen: Arranged<T>['fallen'][number][] = [];
  const used = new Set<string>();
  const ends: Instant[] = [];
  const take = (slot: Slot | null | undefined, name: string): T | undefined => {
    if (slot === null || slot === undefined) return undefined;
    const until = slot.until === undefined ? undefined : new Date(slot.until).toISOString();
    const story = chosen.get(slot.article);
    const because =
      until !== undefined && until <= now
        ? 'expired'
        : story === undefined
          ? 'not-live'
          : used.has(slot.article)
            ? 'elsewhere'
            : undefined;
    if (because !== undefined || story === undefined) {
      fallen.push({ slot: name, article: slot.article, because: because ?? 'not-live' });
      return undefined;
    }
    used.add(story.id);
    if (until !== undefined) ends.push(until);
    return story;
  };
  const lead = take(slots.lead, 'lead');
  const top = Array.from({ length: TOP }, (_, i) => take(slots.top[i], `top/${i}`));
  const pinned = slots.pinned.flatMap((slot, i) => take(slot, `pinned/${i}`) ?? []);
  const byHand = new Set(used);

  const ranked = rank(stories, now).filter((story) => !used.has(story.id) && !slots.held.includes(story.id));
  const lines = new Set([lead, ...top].flatMap((story) => story?.digest.storylines[0]?.id ?? []));
  const own = lead ?? ranked.slice(0, 6).find((story) => story.digest.picture !== undefined) ?? ranked[0];
  if (own !== undefined && lead === undefined) {
    used.add(own.id);
    const line = own.digest.storylines[0]?.id;
    if (line !== undefined) lines.add(line);
  }
  const rest = ranked.filter((story) => {
    if (used.has(story.id)) return false;
    // One story of a storyline is enough at the top.
    const line = story.digest.storylines[0]?.id;
    if (line === undefined) return true;
    if (lines.has(line)) return false;
    lines.add(line);
    return true;
  });
  const filled = top.map((story) => story ?? rest.shift());
  const [changesAt] = ends.sort();
  return {
    ...(own === undefined ? {} : { lead: own }),
    top: filled.filter((story) => story !== undefined),
    pinned,
    byHand,
    fallen,
    ...(changesAt === undefined ? {} : { changesAt }),
  };
}

/** By weight: urgency, a picture, recency. */
function rank<T extends Weighed>(stories: readonly T[], now: Instant): T[] {
  const weight = (story: T): number => {
    const hours = Math.max(0, Date.parse(now) - Date.parse(story.publishedAt)) / 3_600_000;
    const picture = story.digest.picture === undefined ? 0 : 1.5;
    return (10 - story.urgency) * 1.4 + picture - hours / 10;
  };
  return [...stories].sort((a, b) => weight(b) - weight(a));
}

/** Every story that the slots name. */
export function namedIn(slots: FrontSlots): string[] {
  const ids = [
    slots.lead?.article,
    ...slots.top.map((slot) => slot?.article),
    ...slots.pinned.map((slot) => slot.article),
    ...slots.sections.flatMap((section) => section.stories.map((slot) => slot?.article)),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}
