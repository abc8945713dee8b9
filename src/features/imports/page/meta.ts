import { bylineOf, isRole, nameAlone, signOffOf } from './bylines.ts';
import { bareNumbers, counterLabel, countersOf } from './counters.ts';
import type { Counter, CounterKind } from './counters.ts';
import { creditOf } from './credit.ts';
import type { Sheet } from './sheet.ts';
import { dateLineOf } from './stated.ts';
import type { DateLine } from './stated.ts';
import { storylineOf } from './storyline.ts';
import type { StorylineLine } from './storyline.ts';
import { looksLikeHouse } from './title.ts';
import type { PageCredit } from './types.ts';

/** What a short line beside the story says about it, by its own words. */
export type Meta =
  | { readonly kind: 'counters'; readonly counters: readonly Counter[] }
  | { readonly kind: 'counter label'; readonly counter: CounterKind }
  | { readonly kind: 'numbers'; readonly numbers: readonly number[] }
  | {
      readonly kind: 'date';
      readonly line: DateLine;
      readonly names: readonly string[];
      readonly source: string | undefined;
      readonly counters: readonly Counter[];
    }
  | { readonly kind: 'byline'; readonly names: readonly string[]; readonly labelled: boolean }
  | { readonly kind: 'role' }
  | { readonly kind: 'sign-off'; readonly names: readonly string[] }
  | { readonly kind: 'credit'; readonly credit: PageCredit }
  | { readonly kind: 'storyline'; readonly storyline: StorylineLine }
  | { readonly kind: 'source'; readonly source: string };

const SOURCE =
  /^(?:source|источник|quelle|fuente|fonte|kaynak|źródło|джерело|المصدر|مصدر|منبع|来源|來源|出典|출처|bron|källa|zdroj)\s?[:：]\s?(.{2,50})$/iu;
const SOURCE_INSIDE =
  /(?:来源|來源|source|источник|quelle|المصدر|kaynak)\s?[:：]\s?([\p{L}\p{N}.·' ]{2,24}?)(?=$|\s{1,2}(?:作者|编辑|編輯|\d)|[|｜,，;]|\s\d)/iu;

export function metaOf(sheet: Sheet, at: number): Meta | undefined {
  const text = unglued(sheet.text(at));
  if (text.length > 260) return undefined;
  const counters = countersOf(text);
  if (counters.length > 0) return { kind: 'counters', counters };
  const counter = counterLabel(text);
  if (counter !== undefined) return { kind: 'counter label', counter };
  const numbers = bareNumbers(text);
  if (numbers !== undefined) return { kind: 'numbers', numbers };
  const line = dateLineOf(text, sheet.language);
  const byline = bylineOf(text);
  if (line !== undefined && (line.pure || byline !== undefined || isMetaLine(text, line))) {
    const source = SOURCE_INSIDE.exec(text)?.[1]?.trim() ?? houseBeforeDate(text, line);
    const inside = text.split(/\s?[|·•]\s?/).flatMap((part) => countersOf(part));
    return {
      kind: 'date',
      line,
      names: byline?.names ?? nameBeforeDate(text, line),
      source,
      counters: inside,
    };
  }
  if (byline !== undefined) return { kind: 'byline', names: byline.names, labelled: true };
  const source = SOURCE.exec(text)?.[1];
  if (source !== undefined) return { kind: 'source', source: source.trim() };
  const credit = sheet.furniture(at)?.reason === 'copyright' ? undefined : creditOf(text);
  if (credit !== undefined) return { kind: 'credit', credit };
  const names = signOffOf(text);
  if (names !== undefined) return { kind: 'sign-off', names };
  const storyline = storylineOf(text);
  if (storyline !== undefined) return { kind: 'storyline', storyline };
  return isRole(text) && !sheet.prose(at) && text.length < 50 ? { kind: 'role' } : undefined;
}

// 'By JANE DOEJAN. 18, 2015': the crawler glued the day to the name.
function unglued(text: string): string {
  return text.replace(
    /(?<=\p{Lu}{2})(?=(?:JAN|FEB|MARCH|APRIL|MAY|JUNE|JULY|AUG|SEPT|OCT|NOV|DEC)\.?\s\d{1,2},\s\d{4})/u,
    ' ',
  );
}

/** `毎朝新聞 1月21日`: a house named before the day is the source. */
function houseBeforeDate(text: string, line: DateLine): string | undefined {
  const before = text.slice(0, line.stated[0]?.date.start ?? 0).replace(/[\s|·•,–—-]+$/u, '');
  return looksLikeHouse(before) && !/[:：]/.test(before) ? before : undefined;
}

// 'Example News · 21 January 2015 · 10:32' and 'Jane Doe | 21.01.2015': a date with little beside it, divided from it.
function isMetaLine(text: string, line: DateLine): boolean {
  const labelled = line.stated.some((item) => item.kind !== 'unlabelled');
  const first = line.stated[0]?.date;
  if (first === undefined || /[.!?。！？؟۔]$/.test(text)) return false;
  const timed = line.stated.some((item) => item.time !== undefined);
  const divided =
    /[|·•/–—-]\s|\s{2}|,\s/.test(text.slice(0, first.start)) || /^\s?[|·•,–—-]/.test(text.slice(first.end));
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  const short =
    text.slice(0, first.start).split(' ').length <= 4 && text.slice(first.end).split(' ').length <= 5;
  if (labelled) return letters < 90 && (timed || divided || letters < 60);
  return letters < 60 && first.year !== undefined && (timed || (divided && short));
}

function nameBeforeDate(text: string, line: DateLine): readonly string[] {
  const before = text.slice(0, line.stated[0]?.date.start ?? 0).replace(/[\s|·•,–—-]+(?:\p{L}+:?\s?)?$/u, '');
  if (line.pure || !/[|·•,–—-]\s/.test(text)) return [];
  return before.split(' ').length <= 4 && !/[:：]/.test(before) && !looksLikeHouse(before)
    ? (nameAlone(before)?.names ?? [])
    : [];
}
