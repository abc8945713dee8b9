import { isAgency } from './agencies.ts';
import { findDates } from './dates.ts';
import type { HeadMatch } from './dateline-head.ts';

const HAN = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー・A-Za-z]';
const CHINESE = new RegExp(
  `^[（(【]?\\s?(?:据)?((?:新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社|美聯社|彭博社|塔斯社|韩联社|${HAN}{2,6}[社网網报報]))(?:[/、]?(?:记者|記者)\\s?[\\p{sc=Han}·、 ]{2,16}[/／ ]|[/、]?(?:记者|記者)\\p{sc=Han}{3})?\\s?([\\p{sc=Han}·]{2,10}?)\\s?(\\d{1,2}月\\d{1,2}日|\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{1,2}日)?(?:专电|專電|电|電|讯|訊)(?:\\s?[（(](?:记者|記者)[^）)]{2,40}[）)])?(?:\\s(?:记者|記者)[^）)】]{2,30})?\\s?[）)】]?\\s?[-—－:：]*\\s?`,
  'u',
);
const BRACKETS = /^[［[【（(]([^［\][】）)】]{2,40})[］\]】）)]\s?[-–—－ー―]{0,2}\s?/u;
const BARE =
  /^([\p{sc=Han}\p{sc=Katakana}ー・]{2,12})[\s　]+((?:\d{1,2}月)?\d{1,2}日)[\s　]+(\p{L}{2,12}?)(?:[\s　]*[-–—－]{1,2}[\s　]*|[\s　]+)/u;
const KOREAN =
  /^[([]([\p{sc=Hangul}\s]{2,12})=([\p{sc=Hangul}A-Za-z]{2,10})[)\]]\s?(?:[\p{sc=Hangul}]{2,4}\s기자\s?=\s?)?/u;

/** Datelines of Chinese, Japanese and Korean agencies: glued to one another, in brackets, or with spaces only. */
export function eastAsianDateline(head: string): HeadMatch | undefined {
  if (!/[\p{sc=Han}\p{sc=Katakana}\p{sc=Hangul}]/u.test(head.slice(0, 40))) return undefined;
  const chinese = CHINESE.exec(head);
  if (chinese !== null) {
    return made({
      source: chinese[1],
      place: chinese[2],
      date: chinese[3],
      length: chinese[0].length,
      confidence: 0.95,
    });
  }
  const korean = KOREAN.exec(head);
  if (korean !== null)
    return made({ place: korean[1], source: korean[2], length: korean[0].length, confidence: 0.9 });
  const bare = BARE.exec(head);
  if (bare !== null) {
    const known = isAgency(bare[3] ?? '');
    if (known || /[-–—－]/.test(bare[0])) {
      return made({
        place: bare[1],
        date: bare[2],
        source: bare[3],
        length: bare[0].length,
        confidence: known ? 0.93 : 0.75,
      });
    }
  }
  const boxed = BRACKETS.exec(head);
  return boxed === null ? undefined : insideBrackets(boxed[1] ?? '', boxed[0].length);
}

/** `東京 21日 ロイター`, `モスクワ時事`, `ワシントン=共同`, `北京共同=名前`. */
function insideBrackets(inside: string, length: number): HeadMatch | undefined {
  const date = findDates(inside, { language: 'ja', lenient: true })[0];
  if (date !== undefined && date.day !== undefined) {
    const place = inside.slice(0, date.start).trim();
    const source = inside
      .slice(date.end)
      .replace(/^[\s　=＝、,]+/, '')
      .trim();
    if (place.length < 2 || place.length > 14) return undefined;
    return made({
      place,
      date: inside.slice(date.start, date.end),
      source: source === '' ? undefined : source,
      length,
      confidence: isAgency(source) ? 0.96 : 0.85,
    });
  }
  const [first = '', second] = inside.split(/[=＝]/);
  for (let cut = first.length - 1; cut >= 2; cut -= 1) {
    const agency = first.slice(cut).trim();
    if (isAgency(agency))
      return made({ place: first.slice(0, cut).trim(), source: agency, length, confidence: 0.92 });
  }
  if (isAgency(first)) return made({ source: first, length, confidence: 0.8 });
  // 【ロンドン=山田太郎】: the writer stands where an agency would.
  if (second !== undefined && first.length <= 8) {
    return made({ place: first, source: isAgency(second) ? second : undefined, length, confidence: 0.8 });
  }
  return undefined;
}

function made(found: {
  place?: string | undefined;
  date?: string | undefined;
  source?: string | undefined;
  length: number;
  confidence: number;
}): HeadMatch {
  const date =
    found.date === undefined ? undefined : findDates(found.date, { language: 'zh', lenient: true })[0];
  return {
    place: found.place ?? null,
    date: found.date ?? null,
    source: found.source ?? null,
    parts: {
      ...(date?.year === undefined ? {} : { year: date.year }),
      ...(date?.month === undefined ? {} : { month: date.month }),
      ...(date?.day === undefined ? {} : { day: date.day }),
    },
    length: found.length,
    confidence: found.confidence,
  };
}
