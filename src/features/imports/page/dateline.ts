import { agencyAtStart, isAgency } from './agencies.ts';
import { eastAsianDateline } from './dateline-east.ts';
import { isCapitals, partsOf, readHead } from './dateline-head.ts';
import type { HeadMatch } from './dateline-head.ts';
import { isSource, PARTIES } from './dateline-source.ts';
import { findDates } from './dates.ts';
import { isKnownPlace } from './places.ts';
import type { PageDateline } from './types.ts';

export type ParsedDateline = {
  readonly dateline: PageDateline;
  readonly rest: string;
  readonly confidence: number;
};

const HEAD = 170;
const DASH = '(?:--+|[—–‒―−]|-(?!\\p{L}))';
const AFTER_SOURCE = new RegExp(`^\\s?(?:[.,]?\\s?(?:${DASH}|:)|[.](?=\\s|$)|(?=\\p{Lu}|$|[“"«]))`, 'u');
const DASH_AT = new RegExp(
  `\\s?(?:\\.\\s?)?(?:--+|\\s[-—–‒―−](?=\\s|\\p{Lu}|[“"«])|[—–―](?=\\s?\\p{L}|\\s?[“"«])|-\\s)`,
  'gu',
);

/**
 * Reads the words that open a story: `MOSCOW, January 21 (Sputnik) —`, `BERLIN (dpa) –`, `МОСКВА, 21 янв - РИА Новости.`,
 * `(ANSA) - ROMA, 21 GEN -`, `NEW DELHI:`, `東京 21日 ロイター`, `新华社北京1月21日电`. Undefined when the text opens otherwise.
 */
export function parseDateline(text: string, language?: string): ParsedDateline | undefined {
  const head = text.slice(0, HEAD);
  const eastern = eastAsianDateline(head);
  const found =
    eastern ?? bracketed(head, language) ?? leadingSource(head, language) ?? dashed(head, language);
  if (found === undefined) return undefined;
  // A day alone is a date line, not a dateline.
  if (found.place === null && found.source === null) return undefined;
  const { length, confidence, ...parts } = found;
  const verbatim = text.slice(0, length).trim();
  const rest = text.slice(length).replace(/^[\s.:]+/, '');
  if (rest.length < 8) return undefined;
  return { dateline: { text: verbatim, ...parts }, rest, confidence };
}

/** PLACE[, DATE] (SOURCE) [—], with slashes for brackets too. */
function bracketed(head: string, language: string | undefined): HeadMatch | undefined {
  const match =
    /^([^()/[\]]{2,80}(?:\/[^()/[\]]{2,40}){0,2}?)\s?(?:\(([^()]{2,60})\)|\[([^[\]]{2,60})\]|\/([^/]{2,40})\/)/.exec(
      head,
    );
  if (match === null) return undefined;
  const inside = (match[2] ?? match[3] ?? match[4] ?? '').trim();
  const after = head.slice(match[0].length);
  const end = AFTER_SOURCE.exec(after);
  if (end === null) return undefined;
  const before = readHead(match[1] ?? '', language);
  if (before === undefined) return undefined;
  const insideDates = findDates(inside, { language: language ?? 'en', lenient: true });
  const only = insideDates[0];
  const isDate = only !== undefined && only.end - only.start >= inside.length - 2;
  // `MOSCOW (AP, Jan 21)` and `PARIS (21 January 2015)` put the day into the brackets.
  const source = isDate
    ? null
    : only === undefined
      ? inside
      : inside.replace(inside.slice(only.start, only.end), '').replace(/^[\s,;-]+|[\s,;-]+$/g, '');
  const known = source !== null && isSource(source);
  const dashed = /[—–‒―−:-]/.test(end[0]);
  if (!known && before.date === null && only === undefined) {
    // 'Angela Merkel (CDU) – …' has this form as well: without agency or day, the place has to be one or be in capitals.
    const place = before.place ?? '';
    const oneWord = !place.includes(' ') && /^\p{Lu}{2,6}$/u.test(inside) && !PARTIES.test(inside);
    if (!(dashed && (isKnownPlace(place) || isCapitals(place) || oneWord))) return undefined;
  }
  if (!dashed && !known && before.date === null) return undefined;
  const dateText = before.date ?? (only === undefined ? null : inside.slice(only.start, only.end));
  const parts = before.date === null && only !== undefined ? partsOf(only) : before.parts;
  return {
    place: before.place,
    date: dateText,
    parts,
    source,
    length: match[0].length + end[0].length,
    confidence: 0.72 + (known ? 0.12 : 0) + (dateText === null ? 0 : 0.08) + (dashed ? 0.06 : 0),
  };
}

/** (SOURCE) - PLACE, DATE - text; or (SOURCE) — text. */
function leadingSource(head: string, language: string | undefined): HeadMatch | undefined {
  const match = new RegExp(`^[([/]([^()[\\]/]{2,40})[)\\]/]\\s?(?:[.,]?\\s?${DASH}\\s?)?`, 'u').exec(head);
  if (match === null) return undefined;
  const source = (match[1] ?? '').trim();
  if (!isAgency(source)) return undefined;
  const rest = head.slice(match[0].length);
  const second = dashed(rest, language);
  if (second !== undefined)
    return { ...second, source, length: match[0].length + second.length, confidence: 0.93 };
  return { place: null, date: null, parts: {}, source, length: match[0].length, confidence: 0.7 };
}

/** PLACE[, DATE] — text; and, when a day is named, PLACE, DATE - SOURCE. text. */
function dashed(head: string, language: string | undefined): HeadMatch | undefined {
  for (const dash of head.slice(0, 110).matchAll(DASH_AT)) {
    const before = readHead(head.slice(0, dash.index), language);
    if (before === undefined) continue;
    const length = dash.index + dash[0].length;
    const after = head.slice(length).trimStart();
    // 'TOKYO, JAPAN - JANUARY 21: …' is how picture agencies open a caption.
    if (/^[\p{L}.]{3,12} \d{1,2}(?:, \d{4})?:/u.test(after)) return undefined;
    const boxed = /^\(([^()]{2,30})\)\s?/.exec(after);
    if (boxed !== null && isAgency(boxed[1] ?? '')) {
      const end = head.length - after.length + boxed[0].length;
      return { ...before, source: boxed[1] ?? null, length: end, confidence: 0.93 };
    }
    const agency = agencyAtStart(after);
    if (agency !== undefined) {
      const close = new RegExp(`^\\s*${escape(agency)}\\s?(?:[.:,]|${DASH})\\s?`, 'u').exec(
        head.slice(length),
      );
      if (close !== null)
        return { ...before, source: agency, length: length + close[0].length, confidence: 0.93 };
    }
    const known = isKnownPlace(before.place ?? '');
    // An unknown source after a day: a word or some with capitals, closed by a full stop. No story opens with such a sentence.
    const unknown =
      before.date === null
        ? null
        : /^((?:[«"“]?\p{Lu}[\p{L}\p{N}«»"”-]*\s?){1,4})\.\s(?=[\p{Lu}«“"])/u.exec(after);
    const named = unknown?.[1]?.trim();
    if (unknown !== null && named !== undefined && named.length <= 35 && named.length >= 3) {
      return {
        ...before,
        source: named,
        length: head.length - after.length + unknown[0].length,
        confidence: 0.85,
      };
    }
    if (before.date === null && before.source === null && !known && !isCapitals(before.place ?? ''))
      return undefined;
    const confidence =
      0.6 + (before.date === null ? 0 : 0.2) + (known ? 0.12 : 0) + (before.source === null ? 0 : 0.1);
    return { ...before, source: before.source, length, confidence: Math.min(confidence, 0.95) };
  }
  const full = stopped(head, language);
  if (full !== undefined) return full;
  const colon = /^([^:]{3,60}):\s/.exec(head);
  if (colon === null) return undefined;
  const before = readHead(colon[1] ?? '', language);
  if (
    before === undefined ||
    (before.date === null && !(isKnownPlace(before.place ?? '') && isCapitals(before.place ?? '')))
  )
    return undefined;
  return {
    ...before,
    source: before.source,
    length: colon[0].length,
    confidence: before.date === null ? 0.7 : 0.8,
  };
}

/** `Київ. 21 січня. УНІАН. Text`: parts closed by full stops; it needs a day. */
function stopped(head: string, language: string | undefined): HeadMatch | undefined {
  const match = /^(\p{Lu}[\p{L}\s-]{2,30})\.\s([^.]{3,24}\.?(?:\s?\d{4})?(?:\sг|\sр)?)\.\s?/u.exec(head);
  if (match === null) return placeAlone(head);
  const day = readHead(`${match[1]}, ${match[2]}`, language);
  if (day === undefined || day.date === null) return placeAlone(head);
  const agency = agencyAtStart(head.slice(match[0].length));
  const tail =
    agency === undefined
      ? ''
      : (new RegExp(`^${escape(agency)}\\.?\\s?(?:${DASH}\\s?)?`, 'u').exec(
          head.slice(match[0].length),
        )?.[0] ?? '');
  return {
    ...day,
    source: agency ?? null,
    length: match[0].length + tail.length,
    confidence: agency === undefined ? 0.7 : 0.92,
  };
}

/** `Moskau. Der Präsident …`: a known place and a full stop, as German papers print it. */
function placeAlone(head: string): HeadMatch | undefined {
  const match = /^(\p{Lu}[\p{L}\s/-]{2,30})\.\s(?=[\p{Lu}„“"«])/u.exec(head);
  if (match === null || !isKnownPlace(match[1] ?? '')) return undefined;
  return {
    place: match[1] ?? null,
    date: null,
    parts: {},
    source: null,
    length: match[0].length,
    confidence: 0.65,
  };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
