import type { Instant } from '../../base/clock.ts';
import { dayIn } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Arabic with the month names and the digits that papers around the Mediterranean print. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar-EG-u-nu-latn' };

export type SampleTime = { readonly now: Instant; readonly timeZone: string };

/**
 * The instant `hoursAgo` hours before now. Where that falls on an earlier local day it is moved, in order, into the hours in which
 * a newsroom publishes (06:00 to 23:00), so that the archive does not look as if it were written at night.
 */
export function sampleInstant(hoursAgo: number, { now, timeZone }: SampleTime): Instant {
  const at = Date.parse(now) - Math.round(hoursAgo * HOUR);
  const instant = new Date(at).toISOString();
  if (dayIn(instant, timeZone) >= dayIn(now, timeZone)) return instant;
  const minutes = minutesOfDay(at, timeZone);
  const target = 360 + Math.floor((minutes * 17) / 24);
  return new Date(at + (target - minutes) * 60_000).toISOString();
}

function minutesOfDay(at: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

/** The instant of an hour of the day (20.5 is half past eight in the evening), `daysAgo` local days before today. */
export function sampleHour(
  { daysAgo, hour }: { daysAgo: number; hour: number },
  { now, timeZone }: SampleTime,
): Instant {
  const at = Date.parse(now) - daysAgo * DAY;
  return new Date(at + (Math.round(hour * 60) - minutesOfDay(at, timeZone)) * 60_000).toISOString();
}

export type DateForm = 'date' | 'longdate' | 'weekday' | 'month' | 'year' | 'iso';

const OPTIONS: Readonly<Record<Exclude<DateForm, 'iso'>, Intl.DateTimeFormatOptions>> = {
  date: { day: 'numeric', month: 'long' },
  longdate: { weekday: 'long', day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  month: { month: 'long' },
  year: { year: 'numeric' },
};

/** A date as a story prints it, `days` days from an instant, in the story's language and the site's time zone. */
export function printDate(
  instant: Instant,
  options: { days: number; form: DateForm; language: string; timeZone: string },
): string {
  const { days, form, language, timeZone } = options;
  const at = new Date(Date.parse(instant) + days * DAY).toISOString();
  if (form === 'iso') return dayIn(at, timeZone);
  const text = new Intl.DateTimeFormat(LOCALES[language] ?? language, { timeZone, ...OPTIONS[form] }).format(
    Date.parse(at),
  );
  return language === 'en' ? text.replace(',', '') : text;
}

/** Fills `{{date -3}}`, `{{weekday 0}}`, `{{iso -40}}` and their like, counted in days from the story's publication. */
export function fillDates(
  text: string,
  options: { from: Instant; language: string; timeZone: string; where: string },
): string {
  const { from, language, timeZone, where } = options;
  const filled = text.replace(
    /\{\{(date|longdate|weekday|month|year|iso)(?: ([+-]?\d+))?\}\}/g,
    (_whole, form: DateForm, days: string | undefined) =>
      printDate(from, { days: Number(days ?? 0), form, language, timeZone }),
  );
  if (filled.includes('{{'))
    throw new Problem('invalid', `${where}: a date in double braces was not understood.`);
  return filled;
}
