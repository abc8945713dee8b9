import { longYear, partial, whole } from './date-parts.ts';
import type { DateOptions } from './date-parts.ts';
import { wordDates } from './date-words.ts';
import type { PartialDate } from './types.ts';

/** A date where a text states it; `alternative` is the other reading of a form like 03/04/2015. */
export type DateMention = PartialDate & {
  readonly start: number;
  readonly end: number;
  readonly alternative?: PartialDate;
};

/**
 * Makes every decimal digit of another script an ASCII digit, one for one, so that places in the text stay.
 */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\uFF10-\uFF19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = code >= 0xff10 ? 0xff10 : code >= 0x0966 ? 0x0966 : code >= 0x06f0 ? 0x06f0 : 0x0660;
    return String(code - zero);
  });
}

const YEAR_FIRST = /(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g;
const DAY_FIRST = /(?<![\d/.-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[./-]\d)/g;
const EAST_ASIAN =
  /(?:(?:(平成|令和|昭和|民國|民国)?\s?(?<!\d)(\d{1,4}|元)\s?[年년])\s?)?(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]/g;
const EAST_ASIAN_YEAR = /(?<!\d)((?:19|20)\d{2})\s?[年년](?:\s?(\d{1,2})\s?[月월](?!\s?\d))?/g;
const LONE_DAY = /(?<![\d月])(\d{1,2})日(?!本)/g;
const BARE_YEAR = /(?<![\d.,:/#$€£-])(1[3489]\d{2}|20\d{2})(?![\d%]|[.,]\d|[:/]\d)/g;
const ERAS: Readonly<Record<string, number>> = { 平成: 1988, 令和: 2018, 昭和: 1925, 民國: 1911, 民国: 1911 };

/** All dates that a text states, in the order of the text, never overlapping. Linear in the length of the text. */
export function findDates(text: string, options: DateOptions = {}): DateMention[] {
  const plain = asciiDigits(text);
  if (!/\d/.test(plain)) return [];
  const found: DateMention[] = [];
  const add = (
    start: number,
    end: number,
    date: PartialDate | undefined,
    alternative?: PartialDate,
  ): void => {
    if (date === undefined) return;
    found.push({ start, end, ...date, ...(alternative === undefined ? {} : { alternative }) });
  };
  for (const m of plain.matchAll(YEAR_FIRST)) {
    add(m.index, m.index + m[0].length, whole(Number(m[1]), Number(m[3]), Number(m[4])));
  }
  for (const m of plain.matchAll(DAY_FIRST)) {
    const year = longYear(m[4] ?? '', options);
    if (year === undefined) continue;
    const first = whole(year, Number(m[3]), Number(m[1]));
    const second = m[2] === '/' || m[2] === '-' ? whole(year, Number(m[1]), Number(m[3])) : undefined;
    add(m.index, m.index + m[0].length, first ?? second, first === undefined ? undefined : second);
  }
  for (const m of plain.matchAll(EAST_ASIAN)) {
    const [month, day] = [Number(m[3]), Number(m[4])];
    const number = m[2] === '元' ? 1 : Number(m[2]);
    const year = m[2] === undefined ? undefined : number + (ERAS[m[1] ?? ''] ?? 0);
    add(m.index, m.index + m[0].length, year === undefined ? partial(month, day) : whole(year, month, day));
  }
  for (const m of plain.matchAll(EAST_ASIAN_YEAR)) {
    const month = m[2] === undefined ? undefined : Number(m[2]);
    const year = Number(m[1]);
    add(
      m.index,
      m.index + m[0].length,
      month !== undefined && month >= 1 && month <= 12 ? { year, month } : { year },
    );
  }
  for (const { start, end, date } of wordDates(plain, options)) add(start, end, date);
  for (const m of plain.matchAll(BARE_YEAR)) {
    const year = Number(m[1]);
    if (year >= 1800) add(m.index, m.index + m[0].length, { year });
    else if (options.language === 'fa' && year > 1300)
      add(m.index, m.index + m[0].length, { year: year + 621 });
  }
  if (options.lenient === true) {
    for (const m of plain.matchAll(LONE_DAY)) {
      const day = Number(m[1]);
      if (day >= 1 && day <= 31) add(m.index, m.index + m[0].length, { day });
    }
  }
  return withoutOverlaps(found);
}

function withoutOverlaps(found: DateMention[]): DateMention[] {
  const weight = (date: DateMention): number =>
    (date.year === undefined ? 0 : 2) + (date.month === undefined ? 0 : 2) + (date.day === undefined ? 0 : 2);
  found.sort((a, b) => a.start - b.start || weight(b) - weight(a));
  const kept: DateMention[] = [];
  for (const date of found) {
    const last = kept.at(-1);
    if (last === undefined || date.start >= last.end) kept.push(date);
    else if (weight(date) > weight(last)) kept[kept.length - 1] = date;
  }
  return kept;
}
