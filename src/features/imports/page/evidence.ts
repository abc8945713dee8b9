import { findDates } from './dates.ts';
import {
  LAST_YEAR,
  looksAhead,
  NEXT_YEAR,
  OTHER_WEEK,
  OTHER_WEEK_AFTER,
  THIS_YEAR,
  yearsAgo,
} from './cues.ts';
import { monthOf, weekdayOf } from './months.ts';
import type { PartialDate } from './types.ts';

/** A year that the story names, and how the sentence around it looks at it. */
type YearMention = PartialDate & {
  readonly year: number;
  readonly at: number;
  readonly ahead: boolean;
  /** The day of writing's year, when the sentence says it: 'two years ago, in 2013'. */
  readonly implies: number | undefined;
};
type Weekday = {
  readonly weekday: number;
  readonly at: number;
  /** Day and month printed beside it: 'on Monday, January 19'. */
  readonly on: { readonly month: number; readonly day: number } | undefined;
  readonly lead: boolean;
};
export type Evidence = {
  readonly years: readonly YearMention[];
  readonly weekdays: readonly Weekday[];
  readonly lastYear: number | undefined;
};

const MAX_TEXT = 60_000;
const WORDS = /[\p{L}\p{M}][\p{L}\p{M}\u200c'’-]*/gu;
const EASTERN_DAY =
  /(?:星期|周|週|礼拜|禮拜)([日天一二三四五六])|([日月火水木金土])曜日?|[（(]([日月火水木金土])[）)]|([일월화수목금토])요일/gu;
const EASTERN: Readonly<Record<string, number>> = {
  日: 0, 天: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 月: 1, 火: 2, 水: 3, 木: 4, 金: 5, 土: 6,
  일: 0, 월: 1, 화: 2, 수: 3, 목: 4, 금: 5, 토: 6,
}; // prettier-ignore

/** Gathers what a story says of its own time. `texts` in the order of the story; the first `lead` of them open it. */
export function gather(
  texts: readonly { readonly at: number; readonly text: string }[],
  options: {
    readonly language: string | undefined;
    readonly lead: number;
    readonly skip?: number | undefined;
  },
): Evidence {
  const years: YearMention[] = [];
  const weekdays: Weekday[] = [];
  let lastYear: number | undefined;
  let taken = 0;
  texts.forEach(({ at, text: full }, place) => {
    if (taken > MAX_TEXT) return;
    const text = full.slice(0, MAX_TEXT);
    taken += text.length;
    if (LAST_YEAR.test(text)) lastYear ??= at;
    years.push(...yearsIn(text, at, options.language));
    if (place < options.lead + 4 && at !== options.skip)
      weekdays.push(...weekdaysIn(text, { at, language: options.language, lead: place < options.lead }));
  });
  return { years, weekdays, lastYear };
}

function yearsIn(text: string, at: number, language: string | undefined): YearMention[] {
  const mentions: YearMention[] = [];
  for (const date of findDates(text, { language })) {
    if (date.year === undefined) continue;
    const start = sentenceStart(text, date.start);
    const sentence = text.slice(start, sentenceEnd(text, date.end));
    const ahead = looksAhead(sentence, text.slice(Math.max(start, date.start - 26), date.start));
    // The cue has to stand beside the year, or it speaks of something else in the sentence.
    const around = text.slice(
      Math.max(start, date.start - 40),
      Math.min(sentenceEnd(text, date.end), date.end + 30),
    );
    const ago = yearsAgo(around);
    const implies = LAST_YEAR.test(around)
      ? date.year + 1
      : NEXT_YEAR.test(around)
        ? date.year - 1
        : THIS_YEAR.test(around)
          ? date.year
          : ago === undefined
            ? undefined
            : date.year + ago;
    mentions.push({
      year: date.year,
      ...(date.month === undefined ? {} : { month: date.month }),
      ...(date.day === undefined ? {} : { day: date.day }),
      at,
      ahead,
      implies,
    });
  }
  return mentions;
}

function weekdaysIn(
  text: string,
  where: { at: number; language: string | undefined; lead: boolean },
): Weekday[] {
  const found: Weekday[] = [];
  const add = (weekday: number, start: number, end: number): void => {
    if (
      OTHER_WEEK.test(text.slice(Math.max(0, start - 14), start)) ||
      OTHER_WEEK_AFTER.test(text.slice(end, end + 14))
    )
      return;
    const near = text.slice(end, end + 26);
    const date = findDates(near, { language: where.language })[0];
    const beside =
      date !== undefined &&
      date.start <= 8 &&
      date.year === undefined &&
      date.month !== undefined &&
      date.day !== undefined;
    const on =
      beside && date.month !== undefined && date.day !== undefined
        ? { month: date.month, day: date.day }
        : undefined;
    if (date !== undefined && date.start <= 8 && date.year !== undefined) return;
    found.push({ weekday, at: where.at, on, lead: where.lead });
  };
  for (const m of text.matchAll(WORDS)) {
    const word = m[0];
    if (word.length < 3) continue;
    const bare = /^\p{sc=Arabic}/u.test(word) ? word.replace(/^(?:و|ب|ل)(?=ال)/, '') : word;
    const weekday = weekdayOf(bare) ?? weekdayOf(bare.replace(/['’]\p{L}+$/u, ''));
    if (weekday === undefined || monthOf(bare) !== undefined) continue;
    // English weekdays have a capital; 'sat' and 'sun' are words.
    if (/^[a-z]/.test(word) && where.language === 'en') continue;
    add(weekday, m.index, m.index + word.length);
  }
  if (/[\p{sc=Han}\p{sc=Hangul}]/u.test(text)) {
    for (const m of text.matchAll(EASTERN_DAY)) {
      const weekday = EASTERN[m[1] ?? m[2] ?? m[3] ?? m[4] ?? ''];
      if (weekday !== undefined) add(weekday, m.index, m.index + m[0].length);
    }
  }
  return found;
}

function sentenceStart(text: string, from: number): number {
  for (let at = from - 1; at > from - 240 && at > 0; at -= 1) {
    if (
      /[.!?。！？؟]/.test(text.charAt(at - 1)) &&
      /[\s。！？]/.test(text.charAt(at - 1) === '。' ? '。' : text.charAt(at))
    )
      return at;
  }
  return Math.max(0, from - 240);
}

function sentenceEnd(text: string, from: number): number {
  const next = text.slice(from, from + 240).search(/[.!?؟](?:\s|$)|[。！？]/);
  return next === -1 ? Math.min(text.length, from + 240) : from + next;
}
