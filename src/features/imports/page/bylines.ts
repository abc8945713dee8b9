import { findDates } from './dates.ts';
import { isAgency } from './agencies.ts';
import { isProse } from './shape.ts';

const PREFIX =
  /^(?:(?:story |text |written |words |posted |published |report |reported )?by:?|authors?:|writer:|reporter:|correspondent:|von|text:|autor(?:in)?(?:\/autor(?:in)?)?:|autorin\/autor|par|auteurs?\s?:|por|autora?e?s?:|redacción:|texto:|di|a cura di|autore:|da|door|auteur:|av|tekst:|skribent:|yazan:|haber:|muhabir:|yazar:|autorzy?:|opracowa[łn]\w*:|автор(?:ы|и)?(?: текста| материала| статьи)?\s?:|текст:|журналист:|корреспондент:|автор —|بقلم\s?:?|كتب(?:ت)?\s?:?|إعداد\s?:?|الكاتب\s?:?|تحرير\s?:?|نویسنده\s?:?|خبرنگار\s?:?|作者[:：]?|记者[:：]?|記者[:：]?|文[/／|｜:：]|撰文[:：]?|來源記者|執筆[:：]?|筆者[:：]?|取材[:：]?|기자[:=]|글[:=]|autor článku:|szerző:|napsal:)\s?(?:[:：]\s?)?(?=\S)/iu;
const BARE = /^(?:by|von|par|por|di|da|door|av|text|haber)$/i;
const STOP =
  /\s(?:in|aus|à|en|em|a|из|в|w|i|от)\s(?=\p{Lu})|\s?[|·•–—]\s?|,\s(?=(?:\p{Lu}{2,}|\p{L}+ )?(?:correspondent|editor|reporter|staff|writer|bureau|chief|news|political|business|science|world|special|senior|diplomatic|defen[cs]e|economics|for|at|корреспондент|обозреватель|редактор|журналист|korrespondent|redakteur|redaktion|journaliste|envoyé|correspondant|corresponsal|enviado|redactor|correspondente|repórter|inviato|corrispondente|muhabir|korespondent)\b)|\s(?:published|updated|posted|last updated)\b/iu;
const JOIN =
  /\s?(?:,|&|;|\/|、|，|،)\s?|\s(?:and|und|et|y|e|i|и|та|і|ve|och|en|with|mit|avec|con|com|mit|و)\s/u;
const NAME =
  /^(?:\p{Lu}[\p{L}\p{M}'’.-]*|de|del|della|di|da|dos|du|von|van|der|den|la|le|el|al|bin|ibn|ben|zu|af|ter|ten)(?:\s(?:\p{Lu}[\p{L}\p{M}'’.-]*|de|del|della|di|da|dos|du|von|van|der|den|la|le|el|al|bin|ibn|ben|zu|af|ter|ten)){1,4}$/u;
const CJK_NAME = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}・·　 ]{2,12}$/u;
const ROLE =
  /(?:^|\b)(?:correspondent|reporter|staff writer|staff|editor|bureau chief|columnist|news(?:room)?|political editor|chief correspondent|журналист|корреспондент|обозреватель|korrespondent(?:in)?|redakteur(?:in)?|journaliste|envoyée? spéciale?|corresponsal|redactora?|correspondente|repórter|inviato|muhabiri?|korespondent|مراسل|محرر|خبرنگار|记者|記者)(?:$|\b)/iu;
const SIGN_OFF =
  /^[([（]?(?:reporting|additional reporting|writing|editing|written|compiled|translated|reported|with (?:files|reporting) from|aus dem|übersetzt|редактор|репортаж|отчёт|отчет|информац|edición|editado|reportaje|reportagem|edição|rédigé|édité|reportage|traduit|إعداد|تحرير|تغطية|编辑|編輯|責任編輯|责任编辑|编译|翻訳|編集|取材|(?:\p{L}{2,4}\/){1,4}\p{L}{2,4}$)/iu;

/** The names of a byline, and whether the line said it was one (`By …`, `Автор: …`). */
type Byline = { readonly names: readonly string[]; readonly labelled: boolean };

/** Reads a line as a byline; undefined when it is none. */
export function bylineOf(text: string): Byline | undefined {
  if (text.length > 140 || text.length < 4) return undefined;
  const prefix = PREFIX.exec(text);
  if (prefix === null) return capitalSurname(text);
  const rest = text.slice(prefix[0].length);
  const colon = /[:：/／|｜]\s?$/.test(prefix[0]) || /[\p{sc=Han}\p{sc=Arabic}\p{sc=Kana}]/u.test(prefix[0]);
  if (!colon && !/[\s]$/.test(prefix[0])) return undefined;
  const names = namesIn(rest, colon);
  return names.length === 0 ? undefined : { names, labelled: true };
}

/** `Mehmet KAYA / FOÇA (İzmir), (DHA)`: the last name in capitals, then where and for whom. */
function capitalSurname(text: string): Byline | undefined {
  const match =
    /^(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)?\s\p{Lu}{2,}(?:-\p{Lu}{2,})?)\s?[/,–-]\s?\p{Lu}[^.!?]{1,60}\)$/u.exec(
      text,
    );
  return match === null ? undefined : { names: [capitalised(match[1] ?? '')], labelled: true };
}

/** Two to five capitalised words and nothing else, with or without a place: a name that may be a byline where one stands. */
export function nameAlone(text: string): Byline | undefined {
  if (text.length > 60 || /[.!?:;()"“。！？]$/.test(text)) return undefined;
  if (CJK_NAME.test(text.slice(0, 2)) && text.length > 8) return undefined;
  const names = namesIn(text, false);
  const first = names[0];
  if (first === undefined || !text.startsWith(first)) return undefined;
  return { names, labelled: false };
}

/** A line that only says what the writer is: `BBC News, Moscow`, `Political correspondent`. */
export function isRole(text: string): boolean {
  return text.length <= 70 && !/[.!?]$/.test(text) && ROLE.test(text);
}

/** `(Reporting by …; Editing by …)` and the initials that close an agency's story. */
export function signOffOf(text: string): readonly string[] | undefined {
  if (text.length > 260 || !SIGN_OFF.test(text)) return undefined;
  if (isProse(text) && !/^[([（]|;|\bby\b/i.test(text)) return undefined;
  const reporting = /\b(?:reporting|writing|written|reported) by ([^;()]{3,120})/i.exec(text)?.[1];
  return reporting === undefined ? [] : namesIn(reporting, false);
}

/** Whether the line is a byline's word alone, the name following on the next line. */
export function isBylineLabel(text: string): boolean {
  return BARE.test(text) || (text.length <= 24 && /[:：]$/.test(text) && PREFIX.test(`${text} x`));
}

function namesIn(text: string, loose: boolean): string[] {
  const date = findDates(text, { language: 'en' })[0];
  const dated = date === undefined ? text : text.slice(0, date.start);
  const clean = dated
    .replace(/\s?\d{1,2}[:.h]\d{2}.*$/, '')
    .replace(/\(.*$/, '')
    .replace(/\s(?:on|at|am|le|el|il|em|в)\s?$/i, '');
  const cut = clean.slice(0, STOP.exec(` ${clean}`)?.index ?? clean.length).trim();
  const names: string[] = [];
  for (const part of cut.split(JOIN)) {
    const name = part.trim().replace(/[.,;:|@]+$/, '');
    if (name === '' || isRole(name)) continue;
    const good = NAME.test(name) || CJK_NAME.test(name) || (loose && isLooseName(name));
    if (!good) {
      // 'By Jane Doe, Example News': the house after the name is no name.
      if (names.length > 0) break;
      return [];
    }
    if (isAgency(name) && names.length > 0) continue;
    names.push(name === name.toUpperCase() && /\p{Lu}\p{Ll}?/u.test(name) ? capitalised(name) : name);
  }
  return names.slice(0, 8);
}

function isLooseName(name: string): boolean {
  return name.length <= 45 && name.split(' ').length <= 5 && !/[\d!?]/.test(name);
}

/** 'JANE DOE' as 'Jane Doe'; initials stay. */
function capitalised(name: string): string {
  if (/[\p{sc=Han}\p{sc=Arabic}]/u.test(name)) return name;
  return name
    .split(' ')
    .map((word) =>
      word.replace(/\p{L}+/gu, (part) =>
        part.length < 2 ? part : part.charAt(0) + part.slice(1).toLowerCase(),
      ),
    )
    .join(' ');
}
