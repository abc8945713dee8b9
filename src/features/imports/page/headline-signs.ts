import { bylineOf, nameAlone } from './bylines.ts';
import { clockOf } from './clock.ts';
import { countersOf } from './counters.ts';
import { creditOf } from './credit.ts';
import { isKnownPlace } from './places.ts';
import { contentKeys, isHeadlineLike, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';
import { dateLineOf } from './stated.ts';
import { titleParts } from './title.ts';

/** Whether a line can be a headline at all by its own shape. */
export function isCandidate(sheet: Sheet, at: number): boolean {
  const text = sheet.text(at);
  if (text.length > 320) return false;
  const title = titleParts(text);
  const bare = sheet.furniture(at);
  // A title 'House - Section - Headline' looks like a breadcrumb.
  if (
    bare !== undefined &&
    !(bare.reason === 'breadcrumb' && title.length > 1 && title.some((part) => isHeadlineLike(part)))
  )
    return false;
  if (weight(text) < 12 || (wordsOf(text).length < 2 && weight(text) < 18)) return false;
  if (sheet.prose(at) && /[.。]["”]?$/.test(text) && weight(text) > 110) return false;
  if (isKnownPlace(text) || clockOf(text, sheet.language) !== undefined) return false;
  if (creditOf(text) !== undefined || bylineOf(text) !== undefined || countersOf(text).length > 0)
    return false;
  return dateLineOf(text, sheet.language)?.pure !== true;
}

/** Words of the story, the lede and the caption included: whatever is prose within the range. */
export function storyKeys(sheet: Sheet, range: { bodyAt: number; last: number }): ReadonlySet<string> {
  const keys = new Set<string>();
  let taken = 0;
  for (let at = range.bodyAt; at <= range.last && taken < 12_000; at += 1) {
    if (!sheet.prose(at)) continue;
    taken += sheet.text(at).length;
    for (const key of contentKeys(sheet.text(at))) keys.add(key);
  }
  return keys;
}

/** Share of a text's words that are among the keys. */
export function overlapOf(text: string, keys: ReadonlySet<string>): number {
  const own = new Set(contentKeys(text));
  if (own.size === 0) return 0;
  let hits = 0;
  for (const key of own) if (keys.has(key)) hits += 1;
  return hits / own.size;
}

/** The part of a title line that the story's words are in. */
export function mainPart(parts: readonly string[], keys: ReadonlySet<string>): string {
  let best = parts[0] ?? '';
  let bestScore = -1;
  for (const part of parts) {
    const score =
      overlapOf(part, keys) * Math.min(wordsOf(part).length + (weight(part) - part.length) / 4, 8) +
      Math.min(weight(part), 60) / 100;
    if (score > bestScore) [best, bestScore] = [part, score];
  }
  return best;
}

/** How many lines of substance stand between a line and the story. */
export function proximity(sheet: Sheet, from: number, bodyAt: number): ReadonlyMap<number, number> {
  const distance = new Map<number, number>();
  let between = 0;
  for (let at = bodyAt - 1; at >= from; at -= 1) {
    distance.set(at, Math.min(between, 12));
    if (sheet.furniture(at) === undefined && weight(sheet.text(at)) > 20) between += 1;
  }
  return distance;
}

/** Whether the line stands in a block of three or more phrases. */
export function inMenu(sheet: Sheet, at: number): boolean {
  let run = 1;
  for (
    let i = at - 1;
    i >= 0 && i > at - 4 && sheet.headlineLike(i) && sheet.lines[i + 1]?.gap === false;
    i -= 1
  )
    run += 1;
  for (
    let i = at + 1;
    i < at + 4 && i < sheet.lines.length && sheet.headlineLike(i) && sheet.lines[i]?.gap === false;
    i += 1
  )
    run += 1;
  return run >= 3;
}

/** Whether a byline or a date follows, one standfirst aside. */
export function followedByMeta(sheet: Sheet, at: number, bodyAt: number): boolean {
  let standfirst = 0;
  for (let i = at + 1; i <= Math.min(at + 4, bodyAt - 1); i += 1) {
    const text = sheet.text(i);
    if (bylineOf(text) !== undefined || dateLineOf(text, sheet.language) !== undefined) return true;
    if (nameAlone(text) !== undefined && !sheet.headlineLike(i)) return true;
    if (sheet.headlineLike(i)) standfirst += 1;
    if (standfirst > 1) return false;
  }
  return false;
}
