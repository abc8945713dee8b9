import { clockOf } from './clock.ts';
import { creditAtEnd } from './credit.ts';
import { findHeadline } from './headline.ts';
import type { Headline } from './headline.ts';
import { metaOf } from './meta.ts';
import { hasCaptionCue, labelledCaption } from './picture.ts';
import type { Segment } from './segments.ts';
import { endsSentence, isProse, weight } from './shape.ts';
import type { Sheet } from './sheet.ts';

/** The paragraphs of the page, for guessing its language; all of it when there are none. */
export function sample(texts: readonly string[]): string {
  let out = '';
  for (const text of texts) {
    if (out.length > 12_000) return out;
    if (text.length > 30 && isProse(text)) out += `${text.slice(0, 4000)}\n`;
  }
  return out.length > 200 ? out : texts.slice(0, 2000).join('\n').slice(0, 12_000);
}

/** Above the dateline; without one, above the first paragraph, or else above a later one, for a caption may come first. */
export function chooseHeadline(sheet: Sheet, segment: Segment): Headline | undefined {
  const last = segment.last;
  if (segment.dateline !== undefined) return findHeadline(sheet, { bodyAt: segment.dateline.at, last });
  const first = findHeadline(sheet, { bodyAt: segment.first, last });
  if (first !== undefined && first.confidence >= 0.62) return first;
  let passed = 0;
  for (let at = segment.first + 1; at <= last && passed < 3; at += 1) {
    if (!sheet.prose(at)) continue;
    passed += 1;
    const later = findHeadline(sheet, { bodyAt: at, last });
    if (later !== undefined && later.at > segment.first && later.confidence > (first?.confidence ?? 0))
      return later;
  }
  return first;
}

/** The first paragraph below the headline that is no caption. */
export function roughBodyAt(sheet: Sheet, segment: Segment, headline: Headline | undefined): number {
  const from = Math.max(segment.first, (headline?.at ?? -1) + 1);
  for (let at = from; at <= segment.last; at += 1) {
    if (!sheet.prose(at)) continue;
    const text = sheet.text(at);
    const credited = at < segment.last && metaOf(sheet, at + 1)?.kind === 'credit';
    if (creditAtEnd(text) !== undefined && endsSentence(text) === false) continue;
    if (labelledCaption(text) !== undefined) continue;
    if (credited && (hasCaptionCue(text) || !endsSentence(text) || weight(text) < 160)) continue;
    return at;
  }
  return from;
}

/** Where the lines that belong to the story begin: below the headline, or without one a few lines above the body, below the masthead's clock. */
export function headerFrom(sheet: Sheet, headlineAt: number | undefined, bodyAt: number): number {
  if (headlineAt !== undefined) return headlineAt + 1;
  let from = Math.max(0, bodyAt - 12);
  for (let at = 0; at < Math.min(6, bodyAt); at += 1) {
    if (clockOf(sheet.text(at), sheet.language) !== undefined) from = Math.max(from, at + 1);
  }
  return from;
}
