/** A moment as UTC ISO 8601 text with milliseconds and `Z`: `2015-01-21T10:32:00.000Z`. Sorts as text. */
export type Instant = string;

/** Where code asks for the time, so that tests can say what it is. */
export type Clock = { readonly now: () => Instant };

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** A clock that stands still until it is moved. */
export function manualClock(start: Instant): Clock & { set(to: Instant): void; advance(ms: number): void } {
  let at = Date.parse(start);
  return {
    now: () => new Date(at).toISOString(),
    set: (to) => void (at = Date.parse(to)),
    advance: (ms) => void (at += ms),
  };
}

/** Normalises any ISO 8601 date-time with an offset to an Instant; undefined when it is none. */
export function toInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (`2015-01-21`) of an instant in a time zone. */
export function dayIn(instant: Instant, timeZone: string): string {
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      calendar: 'gregory',
    });
    dayFormats.set(timeZone, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(Date.parse(instant))) parts[part.type] = part.value;
  return `${(parts['year'] ?? '').padStart(4, '0')}-${parts['month']}-${parts['day']}`;
}

/** The calendar day so many days later. */
export function addDaysTo(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether the runtime knows a time zone by this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant at which a calendar day begins in a time zone. Where midnight does not exist that day (a clock change at midnight),
 * the first instant that does.
 */
export function startOfDay(day: string, timeZone: string): Instant {
  const utc = Date.parse(`${day}T00:00:00.000Z`);
  // Offsets lie between −12 and +14 hours; the day begins at the first quarter of an hour whose local day is not before it.
  let low = utc - 15 * 3_600_000;
  let high = utc + 13 * 3_600_000;
  const step = 900_000;
  while (high - low > step) {
    const middle = low + Math.floor((high - low) / 2 / step) * step;
    if (dayIn(new Date(middle).toISOString(), timeZone) < day) low = middle;
    else high = middle;
  }
  return new Date(high).toISOString();
}

/**
 * The instant of a local date-time without an offset (`2015-01-21T10:32`) in a time zone; undefined when it is none. Where clocks go back
 * and the time comes twice, the first; where they go forward and it does not come at all, as long after the change as it lies past it.
 */
export function localInstant(text: string, timeZone: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return undefined;
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  // Every offset in force within a day of it: the one before a change of clocks is that of the earlier side.
  const before = wall - offsetAt(wall - 86_400_000, timeZone);
  const after = wall - offsetAt(wall + 86_400_000, timeZone);
  const fits = [before, after].filter((ms) => ms + offsetAt(ms, timeZone) === wall);
  return new Date(fits.length > 0 ? Math.min(...fits) : before).toISOString();
}

/** What a local date-time stands for where clocks change: nothing, one instant, or two. */
export type LocalTime =
  | { readonly kind: 'instant'; readonly at: Instant }
  /** Clocks go forward over it: it does not come. `until` is the first instant after the gap. */
  | { readonly kind: 'gap'; readonly until: Instant }
  /** Clocks go back: it comes twice. */
  | { readonly kind: 'overlap'; readonly first: Instant; readonly second: Instant };

/** As `localInstant`, but says where a time does not come or comes twice; undefined for what is no local date-time. */
export function resolveLocal(text: string, timeZone: string): LocalTime | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return undefined;
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  // Every offset in force around it, so that two changes within a day are seen too.
  const offsets = new Set<number>();
  for (let hours = -26; hours <= 26; hours += 1) offsets.add(offsetAt(wall + hours * 3_600_000, timeZone));
  const fits = [...offsets]
    .map((offset) => wall - offset)
    .filter((ms) => ms + offsetAt(ms, timeZone) === wall)
    .sort((a, b) => a - b);
  const [first, second] = fits.map((ms) => new Date(ms).toISOString());
  if (first === undefined) return { kind: 'gap', until: afterGap(wall, timeZone) };
  return second === undefined ? { kind: 'instant', at: first } : { kind: 'overlap', first, second };
}

/** The first instant whose local time lies past a wall-clock time that does not come. */
function afterGap(wall: number, timeZone: string): Instant {
  const past = (ms: number): boolean => ms + offsetAt(ms, timeZone) > wall;
  let low = wall - 15 * 3_600_000;
  let high = wall + 15 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (past(middle)) high = middle;
    else low = middle;
  }
  return new Date(high).toISOString();
}

/** How far a zone's clocks are ahead of UTC, in ms; to the second. */
function offsetAt(ms: number, timeZone: string): number {
  let format = clockFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clockFormats.set(timeZone, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(ms)) parts[part.type] = part.value;
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const shown = new Date(0);
  shown.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
  shown.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return shown.getTime() - Math.floor(ms / 1000) * 1000;
}

const clockFormats = new Map<string, Intl.DateTimeFormat>();
