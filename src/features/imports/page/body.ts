import { collect } from './collect.ts';
import type { Collected } from './collect.ts';
import { metaOf } from './meta.ts';
import { isSentence, weight, wordsOf } from './shape.ts';
import type { Ledger, Sheet } from './sheet.ts';

export type BodyPart = { readonly at: number; readonly text: string };
type Body = { readonly paragraphs: readonly BodyPart[]; readonly inset: readonly BodyPart[] };

const BULLET = /^[•·●▪*–—-]\s?(?=\S)/u;
const AFTER_COLON = /^[^:：]{3,40}[:：]\s?(.{12,200})$/u;
// Pointers to a recording, a map or a gallery name no story.
const MEDIA =
  /^(?:audio|map|gallery|photos|podcast|infographic|interactive|slideshow|graphic|video|watch|listen|in pictures)\b/i;

/** The headline that a pointer to another story names: `Read more: Union and port agree`. */
export function pointedAt(text: string): string | undefined {
  return MEDIA.test(text) ? undefined : AFTER_COLON.exec(text)?.[1];
}

/** Reads the story between two lines: its paragraphs and subheads, without what stands between them. */
export function readBody(
  sheet: Sheet,
  ledger: Ledger,
  zone: { first: number; last: number; firstText: string | undefined; collected: Collected },
): Body {
  const paragraphs: BodyPart[] = [];
  const inset: BodyPart[] = [];
  const seen = new Set<string>();
  let box: 'related' | 'others' | 'list' | undefined;
  for (let at = zone.first; at <= zone.last; at += 1) {
    if (ledger.isTaken(at)) continue;
    const text = sheet.text(at);
    const furniture = sheet.furniture(at);
    if (furniture !== undefined) {
      box = furniture.role === 'related' || furniture.role === 'others' ? furniture.role : undefined;
      const pointed = furniture.reason === 'read more' ? pointedAt(text) : undefined;
      if (pointed !== undefined) inset.push({ at, text: pointed });
      else if (furniture.reason === 'read more' && !/[:：]$/.test(text)) box = undefined;
      else if (furniture.reason === 'read more') box = 'related';
      ledger.drop(at, furniture.reason);
      continue;
    }
    if (at === zone.first && zone.firstText === '') continue;
    if (at === zone.first) {
      paragraphs.push({ at, text: zone.firstText ?? text });
      seen.add(text);
      continue;
    }
    const meta = metaOf(sheet, at);
    const keep =
      meta === undefined ||
      (meta.kind === 'byline' && isSentence(text)) ||
      (meta.kind === 'date' && !meta.line.pure && isSentence(text)) ||
      (sheet.prose(at) && meta.kind !== 'sign-off' && meta.kind !== 'date');
    if (
      !keep &&
      meta !== undefined &&
      collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'body' })
    ) {
      if (meta.kind === 'credit') dropCaption(sheet, ledger, paragraphs, at);
      continue;
    }
    if (sheet.prose(at) || isSentence(text) || (BULLET.test(text) && wordsOf(text).length >= 3)) {
      box = undefined;
      if (seen.has(text)) {
        ledger.drop(at, 'duplicate');
        continue;
      }
      seen.add(text);
      paragraphs.push({ at, text });
      continue;
    }
    // 'Key points:' opens a list of the story's own.
    if (
      /[:：]$/.test(text) &&
      weight(text) <= 60 &&
      sheet.repeats(at) === 1 &&
      listFollows(sheet, at, zone.last)
    )
      box = 'list';
    if (box === 'list') {
      paragraphs.push({ at, text });
      continue;
    }
    if (box === undefined && isSubhead(sheet, at, zone.last)) {
      paragraphs.push({ at, text });
      continue;
    }
    if (box === 'related' && sheet.headlineLike(at)) inset.push({ at, text });
    ledger.drop(
      at,
      sheet.headlineLike(at) ? 'other headline' : sheet.repeats(at) > 1 ? 'duplicate' : 'unrecognised',
    );
  }
  return { paragraphs, inset };
}

/** At least two short lines and then a paragraph. */
function listFollows(sheet: Sheet, at: number, last: number): boolean {
  let items = 0;
  for (let i = at + 1; i <= Math.min(at + 9, last); i += 1) {
    if (sheet.prose(i)) return items >= 2;
    if (sheet.furniture(i) !== undefined) return false;
    items += 1;
  }
  return false;
}

/** A short line between two paragraphs that stands on the page once. */
function isSubhead(sheet: Sheet, at: number, last: number): boolean {
  const text = sheet.text(at);
  if (at >= last || sheet.repeats(at) > 1) return false;
  if (!/\p{L}{2}/u.test(text) || weight(text) > 75 || wordsOf(text).length > 11) return false;
  const follows = sheet.prose(at + 1) || isSentence(sheet.text(at + 1));
  return (
    follows &&
    (sheet.prose(at - 1) || isSentence(sheet.text(at - 1)) || sheet.furniture(at - 1) !== undefined)
  );
}

// The caption of a picture inside the story stands above its credit, and was taken for a subhead or a sentence.
function dropCaption(sheet: Sheet, ledger: Ledger, paragraphs: BodyPart[], creditAt: number): void {
  const last = paragraphs.at(-1);
  if (last === undefined || last.at !== creditAt - 1 || paragraphs.length < 2) return;
  if (sheet.prose(last.at) && /[.!?]["”]?$/.test(last.text)) return;
  paragraphs.pop();
  ledger.drop(last.at, 'picture');
}
