import { isDay } from './calendar.ts';
import type { PartialDate } from './types.ts';

export type DateOptions = {
  readonly language?: string | undefined;
  /** Also read `21.01.15` and a lone day of the month (`21日`): true for a line that is only a date or a dateline. */
  readonly lenient?: boolean;
};

/** The day, if there is one. */
export function whole(year: number, month: number, day: number): PartialDate | undefined {
  return year >= 1800 && year <= 2200 && isDay(year, month, day) ? { year, month, day } : undefined;
}

/** A day of any year. */
export function partial(month: number, day: number): PartialDate | undefined {
  return isDay(2000, month, day) ? { month, day } : undefined;
}

/** Two digits of a year as four, where the reader allows them. */
export function longYear(digits: string, options: DateOptions): number | undefined {
  if (digits.length === 4) return Number(digits);
  if (options.lenient !== true) return undefined;
  const year = Number(digits);
  return year < 70 ? 2000 + year : 1900 + year;
}
