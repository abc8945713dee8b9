import { creditBelow, scoreHeadline, themeKeys } from './headline-score.ts';
import { inMenu, isCandidate, mainPart, overlapOf, proximity, storyKeys } from './headline-signs.ts';
import { hasCaptionCue } from './picture.ts';
import { stopShare, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';
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
  const themes = themeKeys(sheet, from, bodyAt);
  const near = proximity(sheet, from, bodyAt);
  const scored: {
    at: number;
    text: string;
    score: number;
    overlap: number;
    title: readonly string[] | undefined;
  }[] = [];
  for (let at = from; at < bodyAt; at += 1) {
    const text = sheet.text(at);
    if (!isCandidate(sheet, at)) continue;
    const parts = titleParts(text);
    const main = parts.length > 1 ? mainPart(parts, keys) : text;
    const overlap = overlapOf(main, keys);
    const score = scoreHeadline(sheet, at, {
      main,
      overlap,
      keys,
      themes,
      distance: near.get(at) ?? 0,
      bodyAt,
    });
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
  best = aboveStandfirst(sheet, best, scored);
  return finish(sheet, best, { second, keys, from, bodyAt });
}

/** A long phrase right under a shorter one is the standfirst, though it says more of the story than the headline does. */
function aboveStandfirst(sheet: Sheet, best: Scored, scored: readonly Scored[]): Scored {
  const above = scored.find((item) => item.at === best.at - 1);
  if (
    above === undefined ||
    above.overlap < 0.15 ||
    wordsOf(above.text).length < 3 ||
    above.title !== undefined
  )
    return best;
  const longer = weight(best.text) >= 70 && weight(best.text) >= weight(above.text) * 1.3;
  // A sentence under a phrase is a caption or a summary: headlines leave the small words out.
  const sentence = weight(above.text) <= 120 && stopShare(best.text) >= stopShare(above.text) + 0.2;
  if (!longer && !sentence) return best;
  // Caption, headline, credit: the picture's credit follows the headline at a distance, its caption without one.
  const credit = creditBelow(sheet, best.at);
  if (credit === 'apart' || (credit === 'unknown' && hasCaptionCue(above.text) && !hasCaptionCue(best.text)))
    return best;
  const list = scored.some(
    (item) => item.at === above.at - 1 && item.overlap < above.overlap && weight(item.text) > 25,
  );
  return list && inMenu(sheet, above.at) ? best : above;
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
