import { collect } from './collect.ts';
import type { Collected } from './collect.ts';
import { isTagLine, labelledTags, tagList } from './concepts.ts';
import { metaOf } from './meta.ts';
import { nameAlone } from './bylines.ts';
import { isShouted, nearest, reasonFor, undated, unique } from './tail-lists.ts';
import { contentKeys, isSentence, weight, wordsOf } from './shape.ts';
import type { Ledger, Sheet } from './sheet.ts';
import { pointedAt } from './body.ts';
import type { BodyPart } from './body.ts';

type Tail = {
  readonly related: readonly BodyPart[];
  /** The list of related headlines stood under a heading that says so. */
  readonly headed: boolean;
  readonly tags: readonly string[];
  readonly tagLines: readonly number[];
  readonly tagsLabelled: boolean;
};

const ZONE = 400;
// Two links that the crawler ran together: 'Règles de conduiteDiscussion'.
const GLUED = /\p{Ll}{4}\p{Lu}\p{Ll}{3}/u;
const NUMBERING = /^(?:[#№]?\d{1,2}[.)]\s+|[•·●▪►▶»›>*–—-]\s*)/u;

/** Reads what stands below the story: related headlines, tags, the storyline again, counters; the rest is dropped with its reason. */
export function readTail(
  sheet: Sheet,
  ledger: Ledger,
  zone: { from: number; story: string; headline: string; collected: Collected },
): Tail {
  type State = 'open' | 'related' | 'others' | 'comments' | 'tags' | 'footer';
  let state: State = 'open';
  let headed = false;
  const related: BodyPart[] = [];
  const loose: BodyPart[] = [];
  const pointed: BodyPart[] = [];
  const tags: string[] = [];
  const tagLines: number[] = [];
  let tagsLabelled = false;
  const end = Math.min(sheet.lines.length, zone.from + ZONE);
  for (let at = zone.from; at < end; at += 1) {
    if (ledger.isTaken(at)) continue;
    const text = sheet.text(at);
    const labelled = state === 'comments' ? undefined : labelledTags(text);
    const list =
      labelled ??
      (state === 'others' || state === 'comments' || state === 'footer' || tags.length > 0
        ? undefined
        : tagList(text, zone.story));
    if (list !== undefined) {
      if (labelled !== undefined && tags.length > 0 && !tagsLabelled) tags.length = 0;
      tags.push(...list);
      tagLines.push(at);
      tagsLabelled ||= labelled !== undefined;
      state = 'open';
      continue;
    }
    if (
      at === zone.from &&
      state === 'open' &&
      nameAlone(text) !== undefined &&
      !sheet.headlineLike(at + 1)
    ) {
      for (const name of nameAlone(text)?.names ?? []) zone.collected.bylines.push({ name, at, sure: 0.6 });
      continue;
    }
    const furniture = sheet.furniture(at);
    // Under a heading 'Tags' a section's name is a tag.
    if (state === 'tags' && (furniture === undefined || furniture.reason === 'menu') && isTagLine(text)) {
      tags.push(text.replace(/^#/, ''));
      tagLines.push(at);
      tagsLabelled = true;
      continue;
    }
    const meta = furniture === undefined || furniture.role === 'comments' ? metaOf(sheet, at) : undefined;
    if (furniture !== undefined) {
      if (meta?.kind === 'counters')
        collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'tail' });
      const inline = furniture.reason === 'read more' ? pointedAt(text) : undefined;
      if (inline !== undefined) pointed.push({ at, text: inline });
      if (furniture.reason === 'read more' && inline === undefined && /[:：]$/.test(text)) state = 'related';
      if (furniture.role !== undefined && state !== 'comments') state = furniture.role;
      if (state === 'related') headed ||= related.length === 0;
      ledger.drop(at, furniture.reason);
      continue;
    }
    if (
      state === 'comments' &&
      meta?.kind === 'counters' &&
      !meta.counters.some((one) => zone.collected.counters.some((had) => had.kind === one.kind))
    ) {
      collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'tail' });
      continue;
    }
    if (state !== 'comments' && meta !== undefined && !(meta.kind === 'byline' && weight(text) > 60)) {
      if (meta.kind === 'storyline' && (state === 'others' || state === 'footer')) {
        ledger.drop(at, 'other headline');
        continue;
      }
      // Under a heading a day or a name belongs to the headline beside it, unless a label says that it is the story's.
      const own =
        (meta.kind === 'date' && meta.line.stated.some((item) => item.kind !== 'unlabelled')) ||
        (meta.kind === 'byline' && zone.collected.bylines.length === 0 && state === 'related');
      const other =
        state !== 'open' &&
        !own &&
        (meta.kind === 'date' || meta.kind === 'byline' || meta.kind === 'counters');
      if (other) ledger.drop(at, meta.kind === 'counters' ? 'counter label' : 'date');
      else if (collect({ sheet, ledger, into: zone.collected }, { at, meta, part: 'tail' })) {
        if (own) state = 'open';
        continue;
      }
      if (other) continue;
    }
    if (state === 'comments' || state === 'footer') {
      ledger.drop(at, state === 'comments' ? 'comment' : 'footer');
      continue;
    }
    if (sheet.prose(at) || (isSentence(text) && wordsOf(text).length > 12 && weight(text) > 90)) {
      ledger.drop(at, 'other story');
      if (state === 'tags') state = 'open';
      continue;
    }
    if (GLUED.test(text)) {
      ledger.drop(at, 'footer');
      continue;
    }
    if (
      isShouted(text) &&
      weight(text) <= 40 &&
      (state === 'related' || state === 'others') &&
      !related.every((item) => isShouted(item.text))
    ) {
      // A heading that we have no word for.
      state = 'others';
      ledger.drop(at, 'label');
      continue;
    }
    if (weight(text) > 50 && /[.!?。]\s?\p{Lu}/u.test(text.slice(20))) {
      ledger.drop(at, 'other story');
      continue;
    }
    if (sheet.headlineLike(at) || (state === 'related' && weight(text) >= 14 && wordsOf(text).length >= 2)) {
      const item = { at, text: undated(text.replace(NUMBERING, '')) };
      if (state === 'related') related.push(item);
      else if (state === 'open' || state === 'tags') loose.push(item);
      ledger.drop(at, 'other headline');
      continue;
    }
    ledger.drop(at, reasonFor(state));
  }
  const own = zone.collected.storylines.filter((line) => line.part === 'tail').map((line) => line.at);
  const anchors = new Set([...own, ...tagLines]);
  const near =
    related.length > 0
      ? related
      : nearest(sheet, loose, { from: zone.from, keys: new Set(contentKeys(zone.story)), anchors });
  const chosen = near.length > 0 ? near : pointed;
  return {
    related: unique(chosen, zone.headline),
    headed: related.length > 0 && headed,
    tags,
    tagLines,
    tagsLabelled,
  };
}
