import { bylineOf, nameAlone } from './bylines.ts';
import { countersOf } from './counters.ts';
import { creditAtEnd, creditOf } from './credit.ts';
import { isKnownPlace } from './places.ts';
import { contentKeys, isHeadlineLike, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';
import { dateLineOf } from './stated.ts';
import { storylineOf } from './storyline.ts';
import { looksLikeHouse, sameText, titleParts } from './title.ts';

export type Headline = {
  readonly text: string;
  /** The line that is the headline, and title lines that repeat it. */
  readonly at: number;
  readonly titles: readonly number[];
  readonly house: string | undefined;
  readonly confidence: number;
  readonly why: string;
};

const WINDOW = 160;

/** Chooses the headline among the lines above `bodyAt`: the phrase whose words the story uses, near it, perhaps repeated in the title. */
export function findHeadline(sheet: Sheet, range: { bodyAt: number; last: number }): Headline | undefined {
  const { bodyAt } = range;
  const keys = storyKeys(sheet, range);
  const from = Math.max(0, bodyAt - WINDOW);
  const near = proximity(sheet, from, bodyAt);
  const scored: {
    at: number;
    text: string;
    score: number;
    overlap: number;
    title: readonly string[] | undefined;
  }[] = [];
  const seen = new Map<string, number>();
  for (let at = from; at < bodyAt; at += 1) {
    const text = sheet.text(at);
    if (!isCandidate(sheet, at)) continue;
    const parts = titleParts(text);
    const main = parts.length > 1 ? mainPart(parts, keys) : text;
    const overlap = overlapOf(main, keys);
    let score = overlap * Math.min(1, wordsOf(main).length / 5 + (weight(main) - text.length) / 40) * 4;
    score -= (near.get(at) ?? 0) * 0.12;
    score += weight(main) >= 28 && weight(main) <= 130 ? 0.5 : weight(main) > 180 ? -0.8 : -0.1;
    if (/[.。]$/.test(text)) score -= 1.2;
    if (/\b(?:19|20)\d{2}\b[.)]?$/.test(text)) score -= 0.9;
    if (storylineOf(text) !== undefined) score -= 2.5;
    if (creditAtEnd(text) !== undefined) score -= 1.5;
    if (inMenu(sheet, at)) score -= 0.6;
    if (followedByMeta(sheet, at, bodyAt)) score += 0.7;
    seen.set(main, (seen.get(main) ?? 0) + 1);
    scored.push({ at, text, score, overlap, title: parts.length > 1 ? parts : undefined });
  }
  for (const item of scored) {
    const twin = scored.find(
      (other) =>
        other !== item &&
        (sameText(other.text, item.text) ||
          (other.title?.some((part) => sameText(part, item.text)) ?? false)),
    );
    // The title line and the headline say the same: that is as sure as it gets. A menu repeats itself as well, without the story's words.
    if (twin !== undefined && item.overlap > 0.2) item.score += 1.8;
    if (
      item.title !== undefined &&
      scored.some((other) => other !== item && item.title?.some((part) => sameText(part, other.text)))
    )
      item.score -= 2.5;
  }
  let best = scored[0];
  let second = Number.NEGATIVE_INFINITY;
  for (const item of scored) {
    if (best === undefined || item === best) continue;
    // Of two equals the one nearer to the story.
    if (item.score >= best.score) {
      if (!sameText(item.text, best.text)) second = Math.max(second, best.score);
      best = item;
    } else if (!sameText(item.text, best.text)) {
      second = Math.max(second, item.score);
    }
  }
  if (best === undefined || best.score < -1.5) return undefined;
  return finish(sheet, best, { second, keys, from, bodyAt });
}

type Scored = {
  at: number;
  text: string;
  score: number;
  overlap: number;
  title: readonly string[] | undefined;
};

function finish(
  sheet: Sheet,
  best: Scored,
  context: { second: number; keys: ReadonlySet<string>; from: number; bodyAt: number },
): Headline {
  const titles: number[] = [];
  let house: string | undefined;
  let text = best.text;
  for (let at = context.from; at < context.bodyAt; at += 1) {
    if (at === best.at) continue;
    const parts = titleParts(sheet.text(at));
    const main = parts.find((part) => sameText(part, best.text));
    if (main === undefined) continue;
    titles.push(at);
    if (parts.length > 1) house ??= housePart(parts.filter((part) => part !== main));
  }
  if (best.title !== undefined && titles.length === 0 && isTitleLine(sheet, best)) {
    text = mainPart(best.title, context.keys);
    house = housePart(best.title.filter((part) => part !== text));
  }
  const margin = Math.min(1, Math.max(0, best.score - context.second));
  const confidence =
    0.45 + 0.25 * Math.min(1, best.overlap * 1.3) + 0.15 * margin + (titles.length > 0 ? 0.2 : 0);
  const why =
    titles.length > 0
      ? 'repeated in the title line'
      : `${Math.round(best.overlap * 100)}% of its words are in the story`;
  return { text, at: best.at, titles, house, confidence: Math.min(0.99, confidence), why };
}

// 'Sanctions bite - and Moscow blinks' has a dash of its own; a title ends with a bar or with the name of a house.
function isTitleLine(sheet: Sheet, best: Scored): boolean {
  const last = best.title?.at(-1) ?? '';
  if (/[|｜_»]|::/.test(best.text)) return wordsOf(last).length <= 6;
  if (wordsOf(last).length > 5) return false;
  return looksLikeHouse(last) || (wordsOf(last).length > 0 && standsElsewhere(sheet, last, best.at));
}

function standsElsewhere(sheet: Sheet, name: string, except: number): boolean {
  const size = sheet.lines.length;
  for (let at = 0; at < size; at += 1) {
    if (at >= 300 && at < size - 100) continue;
    if (
      at !== except &&
      sheet.text(at).length < 200 &&
      sheet.text(at).includes(name) &&
      /^(?:©|\(c\)|copyright)|^\S+(?:\s\S+){0,3}$/i.test(sheet.text(at))
    )
      return true;
  }
  return false;
}

function housePart(parts: readonly string[]): string | undefined {
  return parts.find(looksLikeHouse) ?? parts.at(-1);
}

function isCandidate(sheet: Sheet, at: number): boolean {
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
  if (isKnownPlace(text)) return false;
  if (creditOf(text) !== undefined || bylineOf(text) !== undefined || countersOf(text).length > 0)
    return false;
  return dateLineOf(text, sheet.language)?.pure !== true;
}

/** Words of the story, the lede and the caption included: whatever is prose within the range. */
function storyKeys(sheet: Sheet, range: { bodyAt: number; last: number }): ReadonlySet<string> {
  const keys = new Set<string>();
  let taken = 0;
  for (let at = range.bodyAt; at <= range.last && taken < 12_000; at += 1) {
    if (!sheet.prose(at)) continue;
    taken += sheet.text(at).length;
    for (const key of contentKeys(sheet.text(at))) keys.add(key);
  }
  return keys;
}

export function overlapOf(text: string, keys: ReadonlySet<string>): number {
  const own = new Set(contentKeys(text));
  if (own.size === 0) return 0;
  let hits = 0;
  for (const key of own) if (keys.has(key)) hits += 1;
  return hits / own.size;
}

function mainPart(parts: readonly string[], keys: ReadonlySet<string>): string {
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
function proximity(sheet: Sheet, from: number, bodyAt: number): ReadonlyMap<number, number> {
  const distance = new Map<number, number>();
  let between = 0;
  for (let at = bodyAt - 1; at >= from; at -= 1) {
    distance.set(at, Math.min(between, 12));
    if (sheet.furniture(at) === undefined && weight(sheet.text(at)) > 20) between += 1;
  }
  return distance;
}

function inMenu(sheet: Sheet, at: number): boolean {
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

function followedByMeta(sheet: Sheet, at: number, bodyAt: number): boolean {
  for (let i = at + 1; i <= Math.min(at + 3, bodyAt - 1); i += 1) {
    const text = sheet.text(i);
    if (bylineOf(text) !== undefined || dateLineOf(text, sheet.language) !== undefined) return true;
    if (nameAlone(text) !== undefined && !sheet.headlineLike(i)) return true;
    if (sheet.headlineLike(i) && !sheet.prose(i)) return false;
  }
  return false;
}
