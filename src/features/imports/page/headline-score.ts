import { creditAtEnd } from './credit.ts';
import { followedByMeta, inMenu } from './headline-signs.ts';
import { metaOf } from './meta.ts';
import { contentKeys, stopShare, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';
import { storylineOf } from './storyline.ts';

/** Words of the storyline above the body: a headline takes them up more than a caption does. */
export function themeKeys(sheet: Sheet, from: number, bodyAt: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let at = from; at < bodyAt; at += 1) {
    const line = sheet.text(at).length > 200 ? undefined : storylineOf(sheet.text(at));
    if (line !== undefined) for (const key of contentKeys(line.title)) keys.add(key);
  }
  return keys;
}

/** How a line stands to a picture's credit on the next: right above it, parted by an empty line, or on a page that has none. */
export function creditBelow(sheet: Sheet, at: number): 'none' | 'joined' | 'apart' | 'unknown' {
  if (metaOf(sheet, at + 1)?.kind !== 'credit') return 'none';
  let gaps = 0;
  for (let i = Math.max(1, at - 12); i <= Math.min(at + 12, sheet.lines.length - 1); i += 1) {
    if (sheet.lines[i]?.gap === true) gaps += 1;
  }
  if (gaps === 0) return 'unknown';
  return sheet.lines[at + 1]?.gap === true ? 'apart' : 'joined';
}

export type HeadlineSigns = {
  readonly main: string;
  readonly overlap: number;
  readonly keys: ReadonlySet<string>;
  readonly themes: ReadonlySet<string>;
  /** Lines of substance between this one and the story. */
  readonly distance: number;
  readonly bodyAt: number;
};

/** How much a line has of a headline; comparable only among the lines of one page. */
export function scoreHeadline(sheet: Sheet, at: number, signs: HeadlineSigns): number {
  const { main, overlap, keys, themes } = signs;
  const text = sheet.text(at);
  const size = weight(main);
  const own = new Set(contentKeys(main));
  let hits = 0;
  let themed = 0;
  for (const key of own) {
    if (keys.has(key)) hits += 1;
    if (themes.has(key)) themed += 1;
  }
  const whole = Math.min(1, wordsOf(main).length / 5 + (size - main.length) / 40);
  let score = overlap * whole * 3.2 + Math.min(hits, 6) * 0.15 + Math.min(themed, 3) * 0.3;
  score -= signs.distance * 0.12 + stopShare(main) * 0.8;
  score +=
    size >= 40 && size <= 105
      ? 0.5
      : size >= 28 && size < 40
        ? 0.25
        : size > 180
          ? -0.8
          : size > 105
            ? 0.1
            : -0.1;
  if (/[.。]$/.test(text)) score -= 1.2;
  if (/\b(?:19|20)\d{2}\b[.)]?$/.test(text)) score -= 0.9;
  if (storylineOf(text) !== undefined) score -= 2.5;
  if (creditAtEnd(text) !== undefined) score -= 1.5;
  if (inMenu(sheet, at)) score -= 0.6;
  if (followedByMeta(sheet, at, signs.bodyAt)) score += 0.7;
  const credit = creditBelow(sheet, at);
  return score + (credit === 'apart' ? 0.3 : credit === 'joined' ? -0.5 : 0);
}
