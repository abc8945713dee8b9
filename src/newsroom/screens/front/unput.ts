import { FrontSlots } from '../../../contract/front.ts';

/** An arrangement that is not on the page yet. */
export type Unput = {
  readonly slots: FrontSlots;
  /** The number of the arrangement that it was made from. */
  readonly base: number;
};

const keyOf = (edition: string, userId: string): string => `dateline.newsroom.front.${userId}.${edition}`;

/** What this window has not put on the page yet: kept over a reload and a look at another screen or edition. */
export function readUnput(edition: string, userId: string): Unput | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(edition, userId)) ?? 'null') as Unput | null;
    const slots = FrontSlots.safeParse(kept?.slots);
    return slots.success ? { slots: slots.data, base: Number(kept?.base) } : undefined;
  } catch {
    // A browser without storage, or what an older edition of this program kept.
    return undefined;
  }
}

export function keepUnput(edition: string, userId: string, unput: Unput | undefined): void {
  try {
    if (unput === undefined) sessionStorage.removeItem(keyOf(edition, userId));
    else sessionStorage.setItem(keyOf(edition, userId), JSON.stringify(unput));
  } catch {
    // It holds until the page is left.
  }
}
