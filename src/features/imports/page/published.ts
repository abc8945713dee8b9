import { dayNumber, isDay } from './calendar.ts';
import { inferYear } from './year.ts';
import type { Evidence } from './evidence.ts';
import type { Stated } from './stated.ts';
import { stamp } from './times.ts';
import type { PartialDate } from './types.ts';

export type StatedAt = Stated & { readonly at: number; readonly confidence: number };
type Published = {
  readonly value: string;
  readonly confidence: number;
  readonly why: string;
  readonly at: readonly number[];
};

type PublishedInput = {
  readonly stated: readonly StatedAt[];
  readonly dateline: { readonly at: number; readonly parts: PartialDate } | undefined;
  readonly evidence: Evidence;
  readonly bound: PartialDate | undefined;
  readonly url: string | undefined;
};

type Day = { year: number; month: number; day: number };

/** When the story was published: what the page states, else its address, else its dateline with the year from the story itself. */
export function whenPublished(input: PublishedInput): Published | undefined {
  const { dateline, evidence, bound } = input;
  const stated = input.stated.filter((item) => item.kind !== 'modified').sort((a, b) => rank(b) - rank(a));
  for (const item of stated) {
    const day = settle(item, input);
    if (day === undefined || (item.confidence <= 0.7 && !isPlausible(day.day, input))) continue;
    const why = item.kind === 'published' ? 'stated as published' : 'a date beside the headline';
    return {
      value: stamp(day.day, item.time),
      confidence: Math.min(item.confidence, day.confidence),
      why,
      at: [item.at, ...day.at],
    };
  }
  const parts = dateline?.parts;
  const whole = parts === undefined ? undefined : wholeDay(parts);
  if (whole !== undefined && dateline !== undefined) {
    return {
      value: stamp(whole, undefined),
      confidence: 0.93,
      why: 'the dateline gives day and year',
      at: [dateline.at],
    };
  }
  const ofUrl = input.url === undefined ? undefined : dayOfUrl(input.url);
  if (ofUrl !== undefined && agrees(ofUrl, parts)) {
    const day =
      parts?.month !== undefined && parts.day !== undefined && isDay(ofUrl.year, parts.month, parts.day)
        ? { year: ofUrl.year, month: parts.month, day: parts.day }
        : ofUrl;
    return {
      value: stamp(day, undefined),
      confidence: 0.9,
      why: 'the address of the page has the day',
      at: dateline === undefined ? [] : [dateline.at],
    };
  }
  if (dateline === undefined || parts === undefined) return onlyModified(input);
  if (parts.month !== undefined && parts.day !== undefined) {
    const year = inferYear({ month: parts.month, day: parts.day }, { evidence, fetched: bound });
    if (year === undefined) return onlyModified(input);
    const day = { year: year.year, month: parts.month, day: parts.day };
    return {
      value: stamp(day, undefined),
      confidence: year.confidence,
      why: `day from the dateline; ${year.why}`,
      at: [dateline.at, ...year.at],
    };
  }
  return onlyModified(input);
}

// A page that says only when it was last changed was not published later than that; on that day, most likely.
function onlyModified(input: PublishedInput): Published | undefined {
  const item = input.stated.find((one) => one.kind === 'modified' && wholeDay(one.date) !== undefined);
  const day = item === undefined ? undefined : wholeDay(item.date);
  if (item === undefined || day === undefined || !agrees(day, input.dateline?.parts)) return undefined;
  return {
    value: stamp(day, undefined),
    confidence: 0.5,
    why: 'the page states only when it was changed',
    at: [item.at],
  };
}

/** When the story was last changed, where the page states it. */
export function whenModified(input: PublishedInput): Published | undefined {
  for (const item of input.stated) {
    if (item.kind !== 'modified') continue;
    const day = settle(item, input);
    if (day !== undefined)
      return {
        value: stamp(day.day, item.time),
        confidence: Math.min(item.confidence, day.confidence),
        why: 'stated as updated',
        at: [item.at],
      };
  }
  return undefined;
}

/** A date above the headline may be the masthead's: then the years that the story tells of are long over. */
function isPlausible(day: Day, input: PublishedInput): boolean {
  const years = input.evidence.years
    .filter((mention) => !mention.ahead && mention.year <= day.year)
    .map((mention) => mention.year);
  return years.length === 0 || day.year - Math.max(...years) <= 3 || Math.max(...years) < 2000;
}

function rank(item: StatedAt): number {
  return (item.kind === 'published' ? 2 : 0) + (item.time === undefined ? 0 : 0.3) + item.confidence;
}

/** Makes a stated date whole: its ambiguous form settled by the dateline, a missing year found as for a dateline. */
function settle(
  item: StatedAt,
  input: PublishedInput,
): { day: Day; confidence: number; at: readonly number[] } | undefined {
  const { date } = item;
  const parts = input.dateline?.parts;
  const other = date.alternative === undefined ? undefined : wholeDay(date.alternative);
  const whole = wholeDay(date);
  if (whole !== undefined && other !== undefined) {
    const first = parts?.month !== undefined && agrees(whole, parts);
    const second = parts?.month !== undefined && agrees(other, parts);
    if (second && !first) return { day: other, confidence: 0.9, at: [] };
    const tooLate =
      input.bound !== undefined && input.bound.month !== undefined && toNumber(whole) > toNumber(input.bound);
    return tooLate
      ? { day: other, confidence: 0.8, at: [] }
      : { day: whole, confidence: first ? 0.95 : 0.7, at: [] };
  }
  if (whole !== undefined) return { day: whole, confidence: 1, at: [] };
  if (date.month === undefined || date.day === undefined) return undefined;
  const year = inferYear(
    { month: date.month, day: date.day },
    { evidence: input.evidence, fetched: input.bound },
  );
  return year === undefined
    ? undefined
    : {
        day: { year: year.year, month: date.month, day: date.day },
        confidence: year.confidence,
        at: year.at,
      };
}

function toNumber(date: PartialDate): number {
  return dayNumber(date.year ?? 0, date.month ?? 12, date.day ?? 28);
}

export function wholeDay(date: PartialDate): Day | undefined {
  const { year, month, day } = date;
  return year !== undefined && month !== undefined && day !== undefined ? { year, month, day } : undefined;
}

/** Whether a day can be the day of the dateline, which is written up to a few days before it appears. */
export function agrees(date: Day, parts: PartialDate | undefined): boolean {
  if (parts?.day === undefined) return true;
  const month = parts.month ?? date.month;
  const year = parts.year ?? date.year;
  const near = [year, ...(parts.year === undefined ? [year - 1, year + 1] : [])].some(
    (y) =>
      isDay(y, month, parts.day ?? 1) &&
      Math.abs(dayNumber(date.year, date.month, date.day) - dayNumber(y, month, parts.day ?? 1)) <= 4,
  );
  return near || (parts.month === undefined && Math.abs(date.day - parts.day) >= 26);
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** The day in an address: `/2015/01/21/`, `/20150121…`, `/2015-01-21-…`, `/2015/jan/21/`. */
export function dayOfUrl(url: string): Day | undefined {
  const path = url
    .slice(0, 2000)
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .replace(/[?#].*$/, '');
  const named = /\/((?:19|20)\d{2})\/([a-z]{3})[a-z]*\/(\d{1,2})(?=\/|$)/i.exec(path);
  const found =
    named ??
    /(?<!\d)((?:19|20)\d{2})([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)/.exec(path) ??
    /(?<!\d)((?:19|20)\d{2})()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\D|\d{4,}|$)/.exec(path);
  if (found === null) return undefined;
  const month = named === null ? Number(found[3]) : MONTHS.indexOf((found[2] ?? '').toLowerCase()) + 1;
  const day = Number(named === null ? found[4] : found[3]);
  const year = Number(found[1]);
  return isDay(year, month, day) ? { year, month, day } : undefined;
}
