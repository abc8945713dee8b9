import { FrontSlots } from '../../../contract/front.ts';

/** An arrangement that is not on the page yet. */
export type Unput = {
  readonly slots: FrontSlots;
  /** The number of the arrangement that it was made from. */
  readonly base: number;
};

/** Whose arrangement of which edition. */
export type Whose = { readonly edition: string; readonly userId: string };

const keyOf = ({ edition, userId }: Whose): string => `dateline.newsroom.front.${userId}.${edition}`;

/** What this window has not put on the page yet: kept over a reload and a look at another screen or edition. */
export function readUnput(whose: Whose): Unput | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(whose)) ?? 'null') as Unput | null;
    const slots = FrontSlots.safeParse(kept?.slots);
    return slots.success ? { slots: slots.data, base: Number(kept?.base) } : undefined;
  } catch {
    // A browser without storage, or what an older edition of this program kept.
    return undefined;
  }
}

export function keepUnput(whose: Whose, unput: Unput | undefined): void {
  try {
    if (unput === undefined) sessionStorage.removeItem(keyOf(whose));
    else sessionStorage.setItem(keyOf(whose), JSON.stringify(unput));
  } catch {
    // It holds until the page is left.
  }
}
