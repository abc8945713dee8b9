import type { Instant } from '../base/clock.ts';
import { fill, formFor } from './strings/index.ts';
import type { Forms } from './strings/index.ts';

/** Dates, times and numbers as a page of a language writes them, in the site's zone. */
export type Formats = {
  /** `21 September 2019` */
  date(at: Instant): string;
  /** `Saturday, 21 September 2019` */
  longDate(at: Instant): string;
  /** `21 Sept`, or `21 Sept 2019` when that is not the year of `now`. */
  shortDate(at: Instant, now: Instant): string;
  /** `14:15` */
  time(at: Instant): string;
  /** `21 September 2019, 14:15` */
  dateTime(at: Instant): string;
  /** `GMT+3` */
  offset(at: Instant): string;
  /** A calendar day, month or year (`2014-12-31`, `2014-12`, `2014`), which is of no zone. */
  day(date: string): string;
  /** `Wednesday, 31 December 2014` of a calendar day. */
  longDay(date: string): string;
  /** `January 21`, without a year, of a calendar day: how a dateline says it. */
  monthDay(date: string): string;
  weekdays(): string[];
  number(value: number): string;
  count(forms: Forms, value: number): string;
  duration(seconds: number): string;
  /** What stands between two things of a line: `, ` or `، `. */
  comma: string;
  /** The places of a list's items and what stands between them: `A, B and C`. */
  listParts(items: readonly string[]): { type: 'element' | 'literal'; value: string }[];
};

const made = new Map<string, Formats>();

/** Formats are costly to make and kept: there are few languages and zones on a site. */
export function formatsFor(lang: string, timeZone: string): Formats {
  const key = `${lang}|${timeZone}`;
  const kept = made.get(key);
  if (kept !== undefined) return kept;
  const formats = makeFormats(lang, timeZone);
  made.set(key, formats);
  return formats;
}

/** British order of dates for plain English; Western digits everywhere, so that counts and clock look the same. */
export function localeFor(lang: string): string {
  const base = lang === 'en' ? 'en-GB' : lang;
  return new Intl.Locale(base, { numberingSystem: 'latn', calendar: 'gregory' }).toString();
}

function makeFormats(lang: string, timeZone: string): Formats {
  const locale = localeFor(lang);
  const inZone = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const ofDay = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const date = inZone({ day: 'numeric', month: 'long', year: 'numeric' });
  const longDate = inZone({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const short = inZone({ day: 'numeric', month: 'short' });
  const shortYear = inZone({ day: 'numeric', month: 'short', year: 'numeric' });
  const year = inZone({ year: 'numeric' });
  const time = inZone({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const offset = inZone({ timeZoneName: 'shortOffset' });
  const day = ofDay({ day: 'numeric', month: 'long', year: 'numeric' });
  const longDay = ofDay({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const month = ofDay({ month: 'long', year: 'numeric' });
  const monthDay = ofDay({ day: 'numeric', month: 'long' });
  const monthDayUs = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const weekday = ofDay({ weekday: 'short' });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const comma = /^(ar|fa|ur)\b/.test(locale) ? '، ' : ', ';
  const parse = Date.parse;
  const formats: Formats = {
    date: (at) => date.format(parse(at)),
    longDate: (at) => longDate.format(parse(at)),
    shortDate: (at, now) =>
      (year.format(parse(at)) === year.format(parse(now)) ? short : shortYear).format(parse(at)),
    time: (at) => time.format(parse(at)),
    dateTime: (at) => `${date.format(parse(at))}${comma}${time.format(parse(at))}`,
    offset: (at) => offset.formatToParts(parse(at)).find((part) => part.type === 'timeZoneName')?.value ?? '',
    day: (text) => {
      if (/^\d{4}$/.test(text)) return text;
      return (text.length === 7 ? month : day).format(parse(text));
    },
    longDay: (text) => longDay.format(parse(text)),
    monthDay: (text) => (locale.startsWith('en') ? monthDayUs : monthDay).format(parse(text)),
    /** Monday first; 1 January 2024 was one. */
    weekdays: () => Array.from({ length: 7 }, (_, index) => weekday.format(Date.UTC(2024, 0, 1 + index))),
    comma,
    listParts: (items) => list.formatToParts(items),
    number: (value) => number.format(value),
    count: (forms, value) => fill(formFor(forms, value, lang), { n: number.format(value) }),
    duration: (seconds) => {
      const whole = Math.round(seconds);
      const two = (value: number): string => String(value).padStart(2, '0');
      const hours = Math.floor(whole / 3600);
      const rest = `${hours > 0 ? two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)}:${two(whole % 60)}`;
      return hours > 0 ? `${hours}:${rest}` : rest;
    },
  };
  return formats;
}
