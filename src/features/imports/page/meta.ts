import { bylineOf, isRole, nameAlone, signOffOf } from './bylines.ts';
import { bareNumbers, counterLabel, countersOf } from './counters.ts';
import type { Counter, CounterKind } from './counters.ts';
import { creditOf } from './credit.ts';
import type { Sheet } from './sheet.ts';
import { dateLineOf } from './stated.ts';
import type { DateLine } from './stated.ts';
import { storylineOf } from './storyline.ts';
import type { StorylineLine } from './storyline.ts';
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
  const text = sheet.text(at);
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
    const source = SOURCE_INSIDE.exec(text)?.[1]?.trim();
    return { kind: 'date', line, names: byline?.names ?? nameBeforeDate(text, line), source };
  }
  if (byline !== undefined) return { kind: 'byline', names: byline.names, labelled: true };
  const source = SOURCE.exec(text)?.[1];
  if (source !== undefined) return { kind: 'source', source: source.trim() };
  const credit = creditOf(text);
  if (credit !== undefined) return { kind: 'credit', credit };
  const names = signOffOf(text);
  if (names !== undefined) return { kind: 'sign-off', names };
  const storyline = storylineOf(text);
  if (storyline !== undefined) return { kind: 'storyline', storyline };
  return isRole(text) && !sheet.prose(at) && text.length < 50 ? { kind: 'role' } : undefined;
}

// 'Example News · 21 January 2015 · 10:32' and 'Jane Doe | 21.01.2015': a date with little beside it, divided from it.
function isMetaLine(text: string, line: DateLine): boolean {
  const labelled = line.stated.some((item) => item.kind !== 'unlabelled');
  const first = line.stated[0]?.date;
  if (first === undefined || /[.!?]$/.test(text)) return false;
  const timed = line.stated.some((item) => item.time !== undefined);
  const divided =
    /[|·•/–—-]\s|\s{2}|,\s/.test(text.slice(0, first.start)) || /^\s?[|·•,–—-]/.test(text.slice(first.end));
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  if (labelled) return letters < 90 && (timed || divided || letters < 60);
  return letters < 60 && first.year !== undefined && (divided || timed);
}

function nameBeforeDate(text: string, line: DateLine): readonly string[] {
  const before = text.slice(0, line.stated[0]?.date.start ?? 0).replace(/[\s|·•,–—-]+(?:\p{L}+:?\s?)?$/u, '');
  if (line.pure || !/[|·•,–—-]\s/.test(text)) return [];
  return before.split(' ').length <= 4 && !/[:：]/.test(before) ? (nameAlone(before)?.names ?? []) : [];
}
