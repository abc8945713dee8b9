import { agencyAtStart, isAgency } from './agencies.ts';
import { eastAsianDateline } from './dateline-east.ts';
import { findDates } from './dates.ts';
import { isKnownPlace } from './places.ts';
import { hasCase } from './shape.ts';
import type { PageDateline, PartialDate } from './types.ts';

export type ParsedDateline = {
  readonly dateline: PageDateline;
  readonly rest: string;
  readonly confidence: number;
};

export type Head = { place: string | null; date: string | null; parts: PartialDate };

const HEAD = 170;
const DASH = '(?:--+|[—–‒―−]|-(?!\\p{L}))';
const AFTER_SOURCE = new RegExp(`^\\s?(?:[.,]?\\s?(?:${DASH}|:)|[.](?=\\s|$)|(?=\\p{Lu}|$|[“"«]))`, 'u');
const DASH_AT = new RegExp(
  `\\s?(?:\\.\\s?)?(?:--+|\\s[-—–‒―−](?=\\s|\\p{Lu}|[“"«])|[—–―](?=\\s?\\p{L}|\\s?[“"«])|-\\s)`,
  'gu',
);
// Words in capitals before a dash that say what follows is, not where it was written.
const NOT_PLACES =
  /^(?:update|breaking|exclusive|analysis|opinion|video|photos?|watch|live|factbox|explainer|read more|read also|see also|note|listen|correction|corrected|editorial|interview|review|profile|timeline|q&a|fact check|eilmeldung|срочно|видео|фото|обновлено|en direct|vidéo|última hora|urgente|son dakika|عاجل|more|related|advertisement|image|caption|poll|quiz|comment|feature|special report|wrapup|refile|rpt)\b/iu;

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
  const { length, confidence, ...parts } = found;
  const verbatim = text.slice(0, length).trim();
  const rest = text.slice(length).replace(/^[\s.:]+/, '');
  if (rest.length < 8) return undefined;
  return { dateline: { text: verbatim, ...parts }, rest, confidence };
}

export type HeadMatch = Head & { source: string | null; length: number; confidence: number };

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
  const known = source !== null && isAgency(source);
  const dashed = /[—–‒―−:-]/.test(end[0]);
  if (!known && before.date === null && only === undefined) {
    // 'Angela Merkel (CDU) – …' has this form as well: without agency or day, the place has to be one or be in capitals.
    if (!(dashed && (isKnownPlace(before.place ?? '') || isCapitals(before.place ?? '')))) return undefined;
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

const PARTICLE =
  /^(?:de|del|della|di|do|da|dos|la|le|les|el|al|of|the|am|an|der|im|in|bei|sur|sous|upon|on|und|and|y|e|et|en|na|над|на|ve|i|le|d'|air|near|aboard|from|one|z|nad)$/i;

/** Splits `PLACE, DATE` (either may be missing) and refuses what is no place. A source may stand among them: `Москва, 21 января, Интерфакс`. */
export function readHead(
  text: string,
  language: string | undefined,
): (Head & { source: string | null }) | undefined {
  let place = text.trim().replace(/[,;:\s]+$/, '');
  if (place.length < 2 || place.length > 90) return undefined;
  const dates = findDates(text, {
    language: language === 'en' ? 'en' : (language ?? 'en'),
    lenient: true,
  }).filter((d) => d.day !== undefined);
  const date = dates[0];
  let dateText: string | null = null;
  let source: string | null = null;
  if (date !== undefined) {
    dateText = text.slice(date.start, date.end).trim();
    const tail = text.slice(date.end).replace(/^[\s,.;:/]+|[\s,.;:/]+$|^(?:г|р)\.?$/g, '');
    if (tail !== '' && !/^(?:г|р|года|року|año|жылы)$/u.test(tail)) {
      const time = /^(?:à |at |um )?\d{1,2}[:.h]\d{2}/.test(tail);
      if (!time && !isAgency(tail)) return undefined;
      if (!time) source = tail;
    }
    place = text.slice(0, date.start);
    if (place.trim() === '') place = '';
  }
  // An abbreviation keeps its full stop ('Fla.'), a word does not.
  place = place
    .trim()
    .replace(/(?:[,،;:\s/-]|\s(?:le|den|el|am|on|dated)|,\s?\p{L}{2,12}(?:day|tag)\s?,?)+$/iu, '');
  place = place.replace(/(?<!\b\p{Lu}[\p{Ll}]{0,3}|\.\p{Lu})\.$/u, '').trim();
  if (place === '')
    return date === undefined ? undefined : { place: null, date: dateText, parts: partsOf(date), source };
  if (!isPlaceLike(place)) return undefined;
  return { place, date: dateText, parts: date === undefined ? {} : partsOf(date), source };
}

function isPlaceLike(place: string): boolean {
  if (place.length > 55 || /[\d?!"“”«»;:|©@#]/.test(place) || NOT_PLACES.test(place)) return false;
  const words = place.split(/[\s,/]+/).filter((word) => word !== '');
  if (words.length === 0 || words.length > 6) return false;
  if (!hasCase(place)) return words.length <= 4 && place.length <= 26;
  // Every word has a capital, but for the small words inside a name.
  return words.every(
    (word, at) =>
      /^['’(]?\p{Lu}/u.test(word) ||
      (at > 0 && PARTICLE.test(word)) ||
      !hasCase(word) ||
      /^(?:al|el|as|ash|an)-\p{Lu}/u.test(word),
  );
}

/** In capitals throughout (an abbreviated state after the comma aside): `ST. LOUIS, Mo.` */
export function isCapitals(place: string): boolean {
  const name = place.split(',')[0] ?? '';
  return /\p{Lu}{3}/u.test(name) && name === name.toUpperCase();
}

function partsOf(date: PartialDate): PartialDate {
  const { year, month, day } = date;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
