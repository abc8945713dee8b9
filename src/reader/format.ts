import type { Instant } from '../base/clock.ts';
import { fill, formFor } from './strings/index.ts';
import type { Forms, Strings } from './strings/index.ts';

/** Dates, times and numbers as a page of a language writes them, in the site's zone. */
export type Formats = {
  /** `21 September 2019` */
  date(at: Instant): string;
  /** `Saturday, 21 September 2019` */
  longDate(at: Instant): string;
  /** `21 Sept` for lists that leave the year to context, with the year when it is not this one. */
  shortDate(at: Instant): string;
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
  /** `5 minutes ago` within a day, `14:15` or a date before. */
  ago(at: Instant, now: Instant, strings: Strings): string;
  duration(seconds: number): string;
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
  const parse = Date.parse;
  const formats: Formats = {
    date: (at) => date.format(parse(at)),
    longDate: (at) => longDate.format(parse(at)),
    shortDate: (at) => short.format(parse(at)),
    time: (at) => time.format(parse(at)),
    dateTime: (at) => `${date.format(parse(at))}, ${time.format(parse(at))}`,
    offset: (at) => offset.formatToParts(parse(at)).find((part) => part.type === 'timeZoneName')?.value ?? '',
    day: (text) => {
      if (/^\d{4}$/.test(text)) return text;
      return (text.length === 7 ? month : day).format(parse(text));
    },
    longDay: (text) => longDay.format(parse(text)),
    monthDay: (text) => (locale.startsWith('en') ? monthDayUs : monthDay).format(parse(text)),
    /** Monday first; 1 January 2024 was one. */
    weekdays: () => Array.from({ length: 7 }, (_, index) => weekday.format(Date.UTC(2024, 0, 1 + index))),
    number: (value) => number.format(value),
    count: (forms, value) => fill(formFor(forms, value, lang), { n: number.format(value) }),
    ago: (at, now, strings) => {
      const minutes = Math.floor((parse(now) - parse(at)) / 60_000);
      if (minutes < 1 && minutes > -5) return strings.justNow;
      if (minutes >= 1 && minutes < 60) return formats.count(strings.minutesAgo, minutes);
      if (minutes >= 60 && minutes < 720) return formats.count(strings.hoursAgo, Math.floor(minutes / 60));
      if (minutes < 0 || year.format(parse(at)) === year.format(parse(now))) return formats.shortDate(at);
      return shortYear.format(parse(at));
    },
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
