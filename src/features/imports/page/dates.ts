import { fromJalali, isDay } from './calendar.ts';
import { jalaliMonthOf, monthOf } from './months.ts';
import type { PartialDate } from './types.ts';

/** A date where a text states it; `alternative` is the other reading of a form like 03/04/2015. */
export type DateMention = PartialDate & {
  readonly start: number;
  readonly end: number;
  readonly alternative?: PartialDate;
};

export type DateOptions = {
  readonly language?: string | undefined;
  /** Also read `21.01.15` and a lone day of the month (`21日`): true for a line that is only a date or a dateline. */
  readonly lenient?: boolean;
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
const DAY_WORD =
  /(?<![\d.,:/])(\d{1,2})(?:st|nd|rd|th|er|re|º|°|ª|-?го|-?е)?\.?,?\s?(?:of |de |d['’]|di |da )?([\p{L}\p{M}]{2,15})(?:[\s/]([\p{L}\p{M}]{4,7}))?/gu;
const WORD_DAY = /(?<![\p{L}\p{M}])([\p{L}\p{M}]{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)/gu;
const WORD_YEAR =
  /(?<![\p{L}\p{M}])([\p{L}\p{M}]{3,12})\.?,?\s(?:de |del |of )?((?:19|20|13|14)\d{2})(?!\d)/gu;
const BARE_YEAR = /(?<![\d.,:/#$€£-])(1[3489]\d{2}|20\d{2})(?![\d%]|[.,]\d|[:/]\d)/g;
const YEAR_AFTER =
  /[.,]?(?:\s?\/[\s\p{L}]{3,15})?[,،]?\s*(?:de |del |of |do |von )?[''’]?((?:19|20|13|14)\d{2})(?!\d)/uy;
// 'Feb 09' at the end or before a bar; '21 Jan 15:42' has a time, '12 June 40 comments' a count.
const SHORT_YEAR_AFTER = /\.?\s['’]?(\d{2})(?=\s?(?:$|[|·,)]))(?!\s?,\s?\d)/y;
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
  addWords(plain, options, add);
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

type Add = (start: number, end: number, date: PartialDate | undefined) => void;

function addWords(plain: string, options: DateOptions, add: Add): void {
  const yearAt = (place: number): { year: number; end: number } | undefined => {
    YEAR_AFTER.lastIndex = place;
    const match = YEAR_AFTER.exec(plain);
    if (match !== null) return { year: Number(match[1]), end: YEAR_AFTER.lastIndex };
    SHORT_YEAR_AFTER.lastIndex = place;
    const short = options.lenient === true ? SHORT_YEAR_AFTER.exec(plain) : null;
    return short === null
      ? undefined
      : { year: longYear(short[1] ?? '', options) ?? 0, end: SHORT_YEAR_AFTER.lastIndex };
  };
  for (const m of plain.matchAll(DAY_WORD)) {
    const [one, two] = [m[2] ?? '', m[3]];
    const both = two === undefined ? undefined : monthOf(`${one} ${two}`);
    const day = Number(m[1]);
    const oneEnd = m.index + m[0].length - (two === undefined || both !== undefined ? 0 : two.length + 1);
    const jalali = options.language === 'fa' || /[پچژگکی]/.test(one) ? jalaliMonthOf(one) : undefined;
    const wide = endOfSecondName(
      plain,
      m.index + m[0].length - (two === undefined ? 0 : two.length + 1),
      one,
    );
    const after = yearAt(m.index + m[0].length) ?? yearAt(wide ?? oneEnd);
    if (jalali !== undefined && (after === undefined || after.year < 1500)) {
      if (after !== undefined) add(m.index, after.end, fromJalali(after.year, jalali, day));
      continue;
    }
    const month = both ?? (isMonthWord(one, options) ? monthOf(one, options.language) : undefined);
    if (month === undefined) continue;
    if (after !== undefined && after.year > 1800) add(m.index, after.end, whole(after.year, month, day));
    else add(m.index, wide ?? oneEnd, partial(month, day));
  }
  for (const m of plain.matchAll(WORD_DAY)) {
    const month = isMonthWord(m[1] ?? '', { language: 'en' })
      ? monthOf(m[1] ?? '', options.language)
      : undefined;
    if (month === undefined) continue;
    const end = m.index + m[0].length;
    const after = yearAt(end);
    if (after !== undefined && after.year > 1800)
      add(m.index, after.end, whole(after.year, month, Number(m[2])));
    else add(m.index, end, partial(month, Number(m[2])));
  }
  for (const m of plain.matchAll(WORD_YEAR)) {
    const month = isMonthWord(m[1] ?? '', options) ? monthOf(m[1] ?? '', options.language) : undefined;
    const year = Number(m[2]);
    if (month !== undefined && year > 1800) add(m.index, m.index + m[0].length, { year, month });
  }
}

// Arabic pages print both names of a month: '21 يناير كانون الثاني', '21 كانون الثاني/يناير'.
function endOfSecondName(plain: string, end: number, first: string): number | undefined {
  if (!/\p{sc=Arabic}/u.test(first)) return undefined;
  const month = monthOf(first);
  const next = /^[\s/(]{1,2}(\p{L}{3,8})(?:\s(\p{L}{4,7}))?\)?/u.exec(plain.slice(end, end + 24));
  if (month === undefined || next === null) return undefined;
  if (next[2] !== undefined && monthOf(`${next[1]} ${next[2]}`) === month) return end + next[0].length;
  return monthOf(next[1] ?? '') === month
    ? end + next[0].length - (next[2] === undefined ? 0 : next[2].length + 1)
    : undefined;
}

// 'may', 'march', 'set' and 'ago' are words too: in English a month has a capital letter; long lower-case names pass elsewhere.
function isMonthWord(word: string, options: DateOptions): boolean {
  if (options.language !== 'en' && options.language !== undefined) return true;
  const first = word.charAt(0);
  return (
    first !== first.toLowerCase() || first === first.toUpperCase() || /[^a-z]/.test(word) || word.length > 5
  );
}

function whole(year: number, month: number, day: number): PartialDate | undefined {
  return year >= 1800 && year <= 2200 && isDay(year, month, day) ? { year, month, day } : undefined;
}

function partial(month: number, day: number): PartialDate | undefined {
  return isDay(2000, month, day) ? { month, day } : undefined;
}

function longYear(digits: string, options: DateOptions): number | undefined {
  if (digits.length === 4) return Number(digits);
  if (options.lenient !== true) return undefined;
  const year = Number(digits);
  return year < 70 ? 2000 + year : 1900 + year;
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
