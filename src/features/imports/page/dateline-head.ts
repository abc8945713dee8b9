import { isAgency } from './agencies.ts';
import { findDates } from './dates.ts';
import { hasCase } from './shape.ts';
import type { PartialDate } from './types.ts';

/** What stands before a dateline's source: the place, the day as printed, and what the day means. */
export type Head = { place: string | null; date: string | null; parts: PartialDate };

/** A dateline read: how much of the text it takes, and how sure that is. */
export type HeadMatch = Head & { source: string | null; length: number; confidence: number };

// Words in capitals before a dash that say what follows is, not where it was written.
const NOT_PLACES =
  /^(?:update|breaking|exclusive|analysis|opinion|video|photos?|watch|live|factbox|explainer|read more|read also|see also|note|listen|correction|corrected|editorial|interview|review|profile|timeline|q&a|fact check|eilmeldung|срочно|видео|фото|обновлено|en direct|vidéo|última hora|urgente|son dakika|عاجل|more|related|advertisement|image|caption|poll|quiz|comment|feature|special report|wrapup|refile|rpt)\b/iu;

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

export function partsOf(date: PartialDate): PartialDate {
  const { year, month, day } = date;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}
