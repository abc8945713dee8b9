import { isDay } from './calendar.ts';
import { findDates } from './dates.ts';
import { monthOf } from './months.ts';
import { findTime } from './times.ts';
import type { PartialDate } from './types.ts';

const GLUED_BEFORE = /[+−-](\d{2,4})\s?(?:st|nd|rd|th)?\s(\p{L}{3,12})\.?,?\s((?:19|20)\d{2})/u;
const GLUED_AFTER = /(?<!\d)(\d{1,2})\.?\s(\p{L}{3,12})\.?,?\s((?:19|20)\d{2})(?=\d{1,2}:\d{2})/u;
const TIME = /\d{1,2}[:.]\d{2}/;

/**
 * Reads a line as the clock of a masthead, which shows when the page was fetched and not when the story was written: a time with
 * a date, perhaps glued together (`14:15 GMT +321 September 2019`), or a time with its zone. Undefined when it is no clock.
 */
export function clockOf(
  text: string,
  language: string | undefined,
): { date: PartialDate | undefined } | undefined {
  if (text.length > 90 || !/\d/.test(text)) return undefined;
  const glued = ungluedDate(text);
  if (glued !== undefined) return { date: glued };
  const dates = findDates(text, { language: language ?? 'en', lenient: true }).filter(
    (d) => d.month !== undefined && d.day !== undefined,
  );
  const date = dates[0];
  if (dates.length === 1 && date !== undefined && date.year !== undefined) {
    const rest = `${text.slice(0, date.start)} ${text.slice(date.end)}`;
    if (findTime(rest) !== undefined || rest.replace(/[^\p{L}]/gu, '').length <= 14) return { date };
    return undefined;
  }
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  if (dates.length === 0 && TIME.test(text) && letters <= 12 && findTime(text) !== undefined)
    return { date: undefined };
  return undefined;
}

/** The date of `GMT +321 September 2019`: an offset of one or two digits, then the day. */
function ungluedDate(text: string): PartialDate | undefined {
  const after = GLUED_AFTER.exec(text);
  if (after !== null) return dayOf(Number(after[3]), after[2] ?? '', Number(after[1]));
  const before = TIME.test(text) ? GLUED_BEFORE.exec(text) : null;
  if (before === null) return undefined;
  const digits = before[1] ?? '';
  for (const cut of [1, 2]) {
    const rest = digits.slice(cut);
    if (rest === '' || rest.startsWith('0') || Number(digits.slice(0, cut)) > 14) continue;
    const date = dayOf(Number(before[3]), before[2] ?? '', Number(rest));
    if (date !== undefined) return date;
  }
  return undefined;
}

function dayOf(year: number, word: string, day: number): PartialDate | undefined {
  const month = monthOf(word);
  return month !== undefined && isDay(year, month, day) ? { year, month, day } : undefined;
}
