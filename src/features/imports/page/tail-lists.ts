import type { BodyPart } from './body.ts';
import { overlapOf } from './headline-signs.ts';
import { isSentence } from './shape.ts';
import type { Sheet } from './sheet.ts';
import type { DropReason } from './types.ts';

const MOST_LOOSE = 8;

/** In capitals throughout: in a list of headlines that is a heading. */
export function isShouted(text: string): boolean {
  return /\p{Lu}{3}/u.test(text) && text === text.toUpperCase();
}

/** A related headline without the day that some houses print before or behind it. */
export function undated(text: string): string {
  const bare = text
    .replace(
      /\s[(]?(?:\p{L}{3,9}\.?\s\d{1,2},\s\d{4}|\d{1,2}\s\p{L}{3,9}\.?\s\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4})[)]?$/u,
      '',
    )
    .replace(/^(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d{2})\s[-–—|]?\s?/, '');
  return bare.length >= 12 ? bare.trim() : text;
}

/** Why a short line below the story is in no list. */
export function reasonFor(state: string): DropReason {
  return state === 'others' || state === 'related' ? 'label' : 'footer';
}

/** Without a heading: the headlines right below the story, if they are few; a long list is the site's, not the story's. */
export function nearest(
  sheet: Sheet,
  loose: readonly BodyPart[],
  zone: { from: number; keys: ReadonlySet<string>; anchors: ReadonlySet<number> },
): readonly BodyPart[] {
  const run: BodyPart[] = [];
  const places = new Set(loose.map((item) => item.at));
  for (const item of loose) {
    const before = run.at(-1)?.at ?? zone.from - 1;
    if (item.at - before > 6) break;
    let gap = 0;
    for (let at = before + 1; at < item.at; at += 1)
      if (sheet.furniture(at)?.reason === 'menu' || sheet.furniture(at)?.role === 'footer') gap += 1;
    if (gap > 1) break;
    // A headline that has no word of the story is somebody else's, unless it stands between the storyline and the tags.
    if (isSentence(item.text) && !/[?!]$/.test(item.text)) continue;
    if (overlapOf(item.text, zone.keys) >= 0.12 || touches(item.at, places, zone.anchors)) run.push(item);
  }
  return run.length > MOST_LOOSE ? [] : run;
}

/** Whether the unbroken run of loose headlines around a line touches one of the lines that are the story's own. */
function touches(at: number, places: ReadonlySet<number>, anchors: ReadonlySet<number>): boolean {
  let [first, last] = [at, at];
  while (places.has(first - 1) && at - first < MOST_LOOSE) first -= 1;
  while (places.has(last + 1) && last - at < MOST_LOOSE) last += 1;
  return anchors.has(first - 1) || anchors.has(last + 1);
}

/** Each headline once, and not the story's own. */
export function unique(items: readonly BodyPart[], headline: string): readonly BodyPart[] {
  const seen = new Set<string>([headline.toLowerCase()]);
  return items.filter((item) => {
    const key = item.text.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
