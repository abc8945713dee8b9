import { findDates } from './dates.ts';
import type { DateMention } from './dates.ts';
import { monthOf, weekdayOf } from './months.ts';
import { isProse } from './shape.ts';
import { findTime } from './times.ts';
import type { TimeOfDay } from './times.ts';

export type StatedKind = 'published' | 'modified' | 'unlabelled';
/** A date that a line of its own states, with its time and what the line calls it. */
export type Stated = {
  readonly kind: StatedKind;
  readonly date: DateMention;
  readonly time: TimeOfDay | undefined;
};
export type DateLine = {
  readonly stated: readonly Stated[];
  /** Nothing but date, time and label: letters left over would be a byline or a source. */
  readonly pure: boolean;
};

const PUBLISHED =
  /published|posted|created|issued|filed|pub(?:lication)? date|date:|опубликован|публикаци|размещен|создан|дата|datum|veröffentlicht|erschienen|erstellt|publié|paru|mise? en ligne|publicad|criado|pubblicat|yayın|giriş|eklenme|opublikowan|utworzon|опублікован|نشر|نُشر|تاريخ|انتشار|تاریخ|发布|發布|发表|發表|时间|時間|公開|配信|掲載|投稿|등록|입력|gepubliceerd|publicerad|publikován|vydán/giu;
const MODIFIED =
  /updated?|modified|edited|changed|обновл|измен|aktualisiert|stand:?\s|geändert|mise? à jour|modifié|actualizad|atualizad|aggiornat|modificat|güncel|aktualiz|zmodyfik|оновл|змінен|تحديث|تعديل|به‌?\s?روز|ویرایش|更新|修改|수정|bijgewerkt|uppdaterad|upraven/giu;

/** Reads a short line that states one or more dates; undefined when it states none, or is running text. */
export function dateLineOf(text: string, language: string | undefined): DateLine | undefined {
  if (text.length > 170 || !/\p{N}/u.test(text)) return undefined;
  const dates = findDates(text, {
    language: language === 'en' ? 'en' : (language ?? 'en'),
    lenient: true,
  }).filter((date) => date.month !== undefined && date.day !== undefined);
  if (dates.length === 0 || dates.length > 4) return undefined;
  const labels = labelsIn(text);
  const first = dates[0];
  if (first === undefined) return undefined;
  const timeLeads = findTime(text.slice(0, first.start)) !== undefined;
  const stated = dates.map((date, at): Stated => {
    const before = text.slice(dates[at - 1]?.end ?? 0, date.start);
    const after = text.slice(date.end, dates[at + 1]?.start ?? text.length);
    const time = timeLeads
      ? (findTime(before) ?? findTime(after))
      : (findTime(after) ?? (at === 0 ? findTime(before) : undefined));
    const leading = labels.findLast(
      (label) => label.at < date.start && label.at >= (dates[at - 1]?.end ?? 0),
    );
    const trailing = labels.find(
      (label) =>
        label.at >= date.end && label.at < (dates[at + 1]?.start ?? text.length) && dates.length === 1,
    );
    return { kind: leading?.kind ?? trailing?.kind ?? 'unlabelled', date: american(date, text, time), time };
  });
  const left = leftOver(text, dates);
  if (isProse(text) && left > 45) return undefined;
  return { stated, pure: left <= 10 };
}

/** What a line that is only a label says of the date on the next line. */
export function dateLabelOf(text: string): StatedKind | undefined {
  if (text.length > 32 || /\d/.test(text) || text.split(' ').length > 3) return undefined;
  const labels = labelsIn(text);
  return labels[0]?.kind;
}

function labelsIn(text: string): { kind: StatedKind; at: number }[] {
  const labels: { kind: StatedKind; at: number }[] = [];
  for (const m of text.matchAll(MODIFIED)) labels.push({ kind: 'modified', at: m.index });
  for (const m of text.matchAll(PUBLISHED)) labels.push({ kind: 'published', at: m.index });
  return labels.sort((a, b) => a.at - b.at);
}

// 03/04/2015 beside 'pm' or an American zone is month first.
function american(date: DateMention, text: string, time: TimeOfDay | undefined): DateMention {
  if (date.alternative === undefined) return date;
  const zone =
    typeof time?.zone === 'string'
      ? time.zone.startsWith('America')
      : typeof time?.zone === 'number' && time.zone <= -240 && time.zone >= -480;
  if (!zone && !/\d\s?[ap]\.?m\b/i.test(text)) return date;
  return {
    ...date,
    ...date.alternative,
    alternative: { year: date.year ?? 0, month: date.month ?? 1, day: date.day ?? 1 },
  };
}

/** Letters of the line that belong to no date, time, weekday or label. */
function leftOver(text: string, dates: readonly DateMention[]): number {
  let rest = '';
  let from = 0;
  for (const date of dates) {
    rest += ` ${text.slice(from, date.start)}`;
    from = date.end;
  }
  rest += ` ${text.slice(from)}`;
  rest = rest.replace(/\d{1,2}[:.hч時点时]\s?\d{0,2}\S*/g, ' ');
  let left = 0;
  for (const word of rest.match(/[\p{L}\p{M}]+/gu) ?? []) {
    if (word.length <= 4 && word === word.toUpperCase()) continue;
    if (weekdayOf(word, 'line') !== undefined || monthOf(word) !== undefined) continue;
    if (
      /^(?:uhr|at|um|à|a|las|le|den|der|am|pm|on|the|last|time|first|date|года|год|roku|godz|в|о|saat|ore|alle|às|hrs?|time|local|gmt|utc|мск|moscow|london|eastern|ist|tarihi|tarih|الساعة|ساعت|بتوقيت|غرينتش|جرينتش|по|московскому|времени|de|del|h|min|von|zuletzt|last|by|星期[一二三四五六日]|周[一二三四五六日])$/iu.test(
        word,
      )
    )
      continue;
    if (labelsIn(word).length > 0) continue;
    left += /\p{sc=Han}/u.test(word) ? word.length * 2 : word.length;
  }
  return left;
}
