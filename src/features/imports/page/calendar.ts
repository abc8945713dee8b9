/** Days of a month, leap years included. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether the three make a real day. */
export function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The weekday of a day, 0 for Sunday. */
export function weekdayOn(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** `2015-01-21`. */
export function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A number that orders days, for comparing only. */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000);
}

const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/** The Gregorian day of a day of the Persian (solar Hijri) calendar; undefined when there is none. */
export function fromJalali(
  year: number,
  month: number,
  day: number,
): { year: number; month: number; day: number } | undefined {
  if (year < 1200 || year > 1500 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  // The year begins at the spring equinox, so day 1 is 20 to 22 March: aim there and correct by what the calendar says.
  const passed = (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
  const guess = Date.UTC(year + 621, 2, 21) + passed * 86_400_000;
  for (const shift of [0, -1, 1, -2, 2]) {
    const at = new Date(guess + shift * 86_400_000);
    const parts: Record<string, number> = {};
    for (const part of persian.formatToParts(at)) parts[part.type] = Number.parseInt(part.value, 10);
    const ofYear = parts['year'] ?? parts['relatedYear'];
    if (ofYear === year && parts['month'] === month && parts['day'] === day) {
      return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
    }
  }
  return undefined;
}
