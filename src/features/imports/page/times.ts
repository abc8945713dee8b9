import { isoDay } from './calendar.ts';
import { asciiDigits } from './dates.ts';

/** A time of day; `zone` is minutes east of UTC or an IANA name, absent when the text states none. */
export type TimeOfDay = { readonly hour: number; readonly minute: number; readonly zone?: number | string };

// Abbreviations that news pages print. The regional ones are IANA names, because their offset changed with the years and the season.
const ZONES: Readonly<Record<string, number | string>> = {
  GMT: 0, UTC: 0, Z: 0, BST: 60, WET: 0, WEST: 60, CET: 60, CEST: 120, MEZ: 60, MESZ: 120, EET: 120, EEST: 180,
  MSK: 'Europe/Moscow', МСК: 'Europe/Moscow', МСК2: 'Europe/Moscow', ET: 'America/New_York', EST: -300, EDT: -240,
  CT: 'America/Chicago', CST: -360, CDT: -300, MT: 'America/Denver', PT: 'America/Los_Angeles', PST: -480, PDT: -420,
  JST: 540, KST: 540, HKT: 480, SGT: 480, IST: 330, PKT: 300, AEST: 600, AEDT: 660, BRT: -180, ART: -180, TSİ: 'Europe/Istanbul',
  TSI: 'Europe/Istanbul', AST: 180, KSA: 180, SAST: 120, NZST: 720, NZDT: 780,
}; // prettier-ignore

const CLOCK =
  /(?<![\d.,:/-])([01]?\d|2[0-4])\s?(?::|：|h|H|時|点|點|시)\s?([0-5]\d)?(?:[:：]\d{2}(?:\.\d+)?)?(?!\d)/;
const DOTTED =
  /(?<![\d.,:/-])([01]?\d|2[0-3])\.([0-5]\d)(?=\s?(?:uhr|[ap]\.?\s?m\b|gmt|utc|et\b|bst|cet|kl\b|$|[)|,–-]|\s))/i;
const HOUR_ONLY = /(?<![\d.,:/-])(1[0-2]|0?[1-9])(?=\s?[ap]\.?\s?m\b)/i;
const HALF = /^\s?(?:分)?\s?([ap])\.?\s?m\b\.?/i;
const EASTERN_HALF = /(午後|下午|晚上|오후|午前|上午|오전)\s?$/;
const OFFSET = /^\s?(?:\(?\s?(?:GMT|UTC)\s?)?([+−-])(\d{1,2})(?::?([0-5]\d))?(?!\d)/;

/** The time of day that a short text states (dates are to be cut out of it first); undefined when it states none. */
export function findTime(text: string): TimeOfDay | undefined {
  const plain = asciiDigits(text);
  const match = CLOCK.exec(plain) ?? DOTTED.exec(plain) ?? HOUR_ONLY.exec(plain);
  if (match === null) return undefined;
  if (match[2] === undefined && /[:：]/.test(match[0])) return undefined;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  let rest = plain.slice(match.index + match[0].length);
  const half = HALF.exec(rest);
  const eastern = EASTERN_HALF.exec(plain.slice(0, match.index));
  if (half !== null) {
    hour = (hour % 12) + (half[1]?.toLowerCase() === 'p' ? 12 : 0);
    rest = rest.slice(half[0].length);
  } else if (eastern !== null && hour < 12 && /午後|下午|晚上|오후/.test(eastern[1] ?? '')) {
    hour += 12;
  }
  if (hour > 23) return undefined;
  const zone = zoneAt(rest) ?? zoneBefore(plain.slice(0, match.index));
  return zone === undefined ? { hour, minute } : { hour, minute, zone };
}

function zoneAt(rest: string): number | string | undefined {
  const offset = OFFSET.exec(rest);
  // '10:32 - 21' is a dash, not an offset: a sign needs GMT before it or two digits right after the time.
  if (offset !== null && (/GMT|UTC/.test(offset[0]) || /^[+-]\d{2}/.test(rest))) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes <= 14 * 60) return offset[1] === '+' ? minutes : -minutes;
  }
  if (/^\s?(?:بتوقيت )?[غج]رينتش|^\s?(?:по )?гринвич/iu.test(rest)) return 0;
  if (/^\s?(?:по )?московск/iu.test(rest)) return 'Europe/Moscow';
  const word = /^[\s,(]{0,3}(?:分)?(?:Uhr|uhr)?[\s(]{0,2}(\p{L}{1,4})(?!\p{L})/u.exec(rest)?.[1];
  if (word === undefined) return undefined;
  if (word.toUpperCase() !== word && word !== 'мск') return undefined;
  return ZONES[word.toUpperCase()];
}

function zoneBefore(before: string): number | string | undefined {
  const word = /(\p{L}{2,4})\s?$/u.exec(before)?.[1];
  return word === undefined || word !== word.toUpperCase() || word.length < 3 ? undefined : ZONES[word];
}

/** A day and perhaps a time as text: UTC instant when the zone is known, local date-time when not, else the plain day. */
export function stamp(
  day: { year: number; month: number; day: number },
  time: TimeOfDay | undefined,
): string {
  const plain = isoDay(day.year, day.month, day.day);
  if (time === undefined) return plain;
  const local = `${plain}T${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`;
  if (time.zone === undefined) return local;
  const wall = Date.parse(`${local}:00Z`);
  const minutes = typeof time.zone === 'number' ? time.zone : offsetIn(time.zone, wall);
  return new Date(wall - minutes * 60_000).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC of a named zone at a wall-clock time. */
function offsetIn(zone: string, wall: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  const at = (instant: number): number => {
    const p: Record<string, number> = {};
    for (const part of format.formatToParts(instant)) p[part.type] = Number.parseInt(part.value, 10);
    const shown = Date.UTC(
      p['year'] ?? 0,
      (p['month'] ?? 1) - 1,
      p['day'] ?? 1,
      p['hour'] ?? 0,
      p['minute'] ?? 0,
    );
    return (shown - instant) / 60_000;
  };
  return at(wall - at(wall) * 60_000);
}
