import { fromJalali } from './calendar.ts';
import { longYear, partial, whole } from './date-parts.ts';
import type { DateOptions } from './date-parts.ts';
import { jalaliMonthOf, monthOf } from './months.ts';
import type { PartialDate } from './types.ts';

const DAY_WORD =
  /(?<![\d.,:/])(\d{1,2})(?:st|nd|rd|th|er|re|º|°|ª|-?го|-?е)?\.?,?\s?(?:of |de |d['’]|di |da )?([\p{L}\p{M}]{2,15})(?:[\s/]([\p{L}\p{M}]{4,7}))?/gu;
const WORD_DAY = /(?<![\p{L}\p{M}])([\p{L}\p{M}]{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)/gu;
const WORD_YEAR =
  /(?<![\p{L}\p{M}])([\p{L}\p{M}]{3,12})\.?,?\s(?:de |del |of )?((?:19|20|13|14)\d{2})(?!\d)/gu;
const YEAR_AFTER =
  /[.,]?(?:\s?\/[\s\p{L}]{3,15})?[,،]?\s*(?:de |del |of |do |von )?[''’]?((?:19|20|13|14)\d{2})(?!\d)/uy;
// 'Feb 09' at the end or before a bar; '21 Jan 15:42' has a time, '12 June 40 comments' a count.
const SHORT_YEAR_AFTER = /\.?\s['’]?(\d{2})(?=\s?(?:$|[|·,)]))(?!\s?,\s?\d)/y;

/** A date and where it stands; no date where the words are those of one that never was. */
type WordDate = { readonly start: number; readonly end: number; readonly date: PartialDate | undefined };

/** Finds the dates that name their month: `21 January 2015`, `Jan. 21`, `enero de 2015`. */
export function wordDates(plain: string, options: DateOptions): WordDate[] {
  const found: WordDate[] = [];
  const add = (start: number, end: number, date: PartialDate | undefined): void => {
    found.push({ start, end, date });
  };
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
  return found;
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
