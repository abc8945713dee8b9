import { isAgency } from './agencies.ts';
import type { PageCredit } from './types.ts';

const LABEL =
  '(?:photo credits?|image credits?|image source|image copyright|photo courtesy(?: of)?|courtesy(?: of)?|photographs?|photos?|pictures?|images?|illustrations?|graphics?|credits?|copyright|source(?= photo)|bild(?:er|quelle|rechte|nachweis)?|fotos?|fotografía|fotografia|fotoğraf|foto di|crédits?(?: photo| image)?|créditos?|imagen|imagem|immagine|zdjęcie|fot\\.|fotografie|фото(?:графия)?|світлина|снимок|иллюстрация|صورة|الصورة|تصوير|عدسة|عکس|عکاس|写真|撮影|图片来源|图|摄影|攝影|摄|攝|圖|사진)';
const MARK = /^(?:©|\(c\)|ⓒ|℗|\(©\))\s?/i;
const LABELLED = new RegExp(
  `^${LABEL}(?:\\s?[:：/／|=©]\\s?|\\s(?:by|de|di|por|par|von|via)\\s|\\s(?=\\p{Lu})|(?<=[図图圖摄攝撮عكکص])\\s?)`,
  'iu',
);
const AGENCY_SLASH = /^[\p{L}\p{M}.'’ -]{2,40}(?:\s?\/\s?[\p{L}\p{M}\p{N}.'’« »"-]{2,50}){1,4}$/u;
const TAIL = new RegExp(
  `[\\s.](\\(?\\[?(?:(?:©|\\(c\\))\\s?[^©()]{2,70}|(?:${LABEL}\\s?(?:[:：/=]|\\sby\\s|\\sde\\s|\\svia\\s)\\s?)[^()]{2,70})\\)?\\]?)$`,
  'iu',
);
const BRACKET_TAIL = /\s?[([（【]([^()[\]（）【】]{2,80})[)\]）】]\.?$/u;
const SLASH_TAIL =
  /[.”"!?…]\s((?:[\p{Lu}][\p{L}\p{M}.'’-]*\s?){1,4}\/\s?(?:[\p{L}\p{M}.'’-]+\s?){1,5}(?:\/\s?(?:[\p{L}\p{M}.'’-]+\s?){1,4})?)$/u;

const CREDIT_WORD =
  /\s((?:Credit|(?:Photo|Image|Picture|Video)s? (?:courtesy|credit)(?: of)?) \p{Lu}[^.:]{2,70})$/u;
const CHINESE_TAIL =
  /[。！？\s]\s?((?:\p{sc=Han}{2,6}[社网網报報])?\s?(?:记者|記者)\s?[\p{sc=Han}·]{2,5}\s?[摄攝](?:影)?)$/u;

/** A credit that is only an agency's name: elsewhere than beside a picture the same line names the source or the house. */
export function isBareCredit(credit: string): boolean {
  return !/[©:：/／|]|\(c\)|\bby\b|photo|foto|фото|image/i.test(credit);
}

/** Reads a line that holds nothing but a credit: `© Agency / Name`, `Photo: Name/AFP`, `REUTERS/Name`. */
export function creditOf(text: string): PageCredit | undefined {
  if (text.length > 130 || text.length < 3) return undefined;
  const bare = text.replace(/^[([（【]\s?(?=\S)|(?<=\S)\s?[)\]）】]$/g, (mark, at: number) =>
    at === 0 && /^\(c\)/i.test(text) ? mark : '',
  );
  if (MARK.test(bare)) {
    const rest = bare.replace(MARK, '');
    // '© 2015 House' is the copyright of the page, not of a picture.
    if (/^(?:copyright )?\d{4}\b|^\D{0,60}\b(?:19|20)\d{2}\s?[–-]|rights reserved|ltd\b|gmbh\b/i.test(rest))
      return undefined;
    return parse(text, rest.replace(LABELLED, ''), 'agency first');
  }
  const label = LABELLED.exec(bare);
  if (label !== null) {
    const rest = bare.slice(label[0].length).replace(/^©\s?/, '').trim();
    if (rest === '' || rest.length > 90 || rest.split(' ').length > 12) return undefined;
    const colon = /[:：/／|=©]/.test(label[0]);
    if (
      !colon &&
      !/\b(?:by|de|di|por|par|von)\s$|copyright|courtesy|^credit\s/i.test(label[0]) &&
      !isAgency(lastPart(rest)) &&
      !isAgency(rest)
    )
      return undefined;
    if (/[.!?]$/.test(rest) && rest.split(' ').length > 6) return undefined;
    if (!looksCredited(rest)) return undefined;
    return parse(text, rest, /courtesy/i.test(label[0]) ? 'agency first' : 'photographer first');
  }
  if (isAgency(bare) || /^(?:via )?(?:getty images|associated press)$/i.test(bare))
    return parse(text, bare, 'agency first');
  if (AGENCY_SLASH.test(bare)) {
    const parts = bare.split(/\s?\/\s?/);
    if (parts.some((part) => isAgency(part) || /\b(?:photo|images|wire|press)\b/i.test(part)))
      return parse(text, bare, 'agency first');
  }
  const chinese =
    /^(?:(\p{sc=Han}{2,6}[社网網报報])?\s?(?:记者|記者)?\s?)?([\p{sc=Han}·]{2,5})\s?[摄攝](?:影)?$/u.exec(
      bare,
    );
  if (chinese !== null) return { credit: text, agency: chinese[1] ?? null, photographer: chinese[2] ?? null };
  const space = /^(?:AP|EPA|AFP|REUTERS|PA|Getty) (?:Photo|Images|Wire)\b/i;
  return space.test(bare) && bare.split(' ').length <= 8 ? parse(text, bare, 'agency first') : undefined;
}

/** `(Reuters: Name)`, `(Supplied: Council)`: the form of a credit inside brackets, the agency first. */
function colonCredit(printed: string): PageCredit | undefined {
  const match = /^([^:]{2,30}):\s?(\p{Lu}[^:]{1,50})$/u.exec(printed);
  const agency = match?.[1]?.trim();
  if (match === null || agency === undefined) return undefined;
  const known = isAgency(agency) || /^(?:supplied|file|pool|handout|courtesy)\b|\bnews\b/i.test(agency);
  if (!known) return undefined;
  const name = match[2]?.trim() ?? null;
  return isAgency(agency) || /news/i.test(agency)
    ? { credit: printed, agency, photographer: name }
    : { credit: printed, agency: name, photographer: null };
}

/** Splits a caption that carries its credit at its end: `… in Moscow. (Photo: A. Name / AFP)`. */
export function creditAtEnd(text: string): { caption: string; credit: PageCredit } | undefined {
  if (text.length < 12 || text.length > 1200) return undefined;
  const tail = text.slice(-140);
  for (const pattern of [BRACKET_TAIL, TAIL, SLASH_TAIL, CHINESE_TAIL, CREDIT_WORD]) {
    const match = pattern.exec(tail);
    if (match === null) continue;
    const printed = (match[1] ?? '').trim();
    const bracketed = pattern === BRACKET_TAIL;
    const credit =
      creditOf(printed) ??
      (bracketed ? colonCredit(printed) : undefined) ??
      (bracketed && isAgency(lastPart(printed)) ? parse(printed, printed, 'agency first') : undefined);
    if (credit === undefined) continue;
    const caption = text
      .slice(0, text.length - tail.length + match.index + (/^[.”"!?…。！？]/.test(match[0]) ? 1 : 0))
      .trim();
    if (caption.length < 8) continue;
    return { caption: caption.replace(/\s?[|–—-]$/, ''), credit };
  }
  return undefined;
}

function looksCredited(rest: string): boolean {
  const words = rest.split(/[\s/]+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return false;
  // Names and agencies have capitals, but for the odd dpa, afp and 'picture alliance'.
  const capitals = words.filter((word) => !/^\p{Ll}/u.test(word)).length;
  return isAgency(rest) || isAgency(lastPart(rest)) || capitals >= words.length * 0.6;
}

function lastPart(text: string): string {
  return text.split(/\s?[/,|]\s?|\svia\s|\s[-–—]\s/).at(-1) ?? text;
}

function parse(printed: string, rest: string, order: 'agency first' | 'photographer first'): PageCredit {
  const inner = rest
    .replace(/^(?:photo|image|foto|фото|picture)s?\s?(?:by\s|:|de\s|di\s|von\s)\s*/i, '')
    .replace(/^by\s/i, '');
  const parts = inner
    .split(/\s?[/|]\s?|,\s|\s[.•·]\s|\s?[–—]\s|\svia\s|\sfor\s|\s-\s/)
    .map((part) =>
      part
        .trim()
        .replace(/[.)\]]$/, '')
        .replace(/\s\d{4}$/, ''),
    )
    .filter((part) => part !== '');
  const agencies = parts.filter(
    (part) =>
      isAgency(part) || /\b(?:images|agency|news|press|wire|pool|ap photo)\b|агентство|وكالة/iu.test(part),
  );
  const others = parts.filter((part) => !agencies.includes(part));
  if (agencies.length > 0) {
    return {
      credit: printed,
      agency: agencies.join('/').replace(/\s?photo$/i, ''),
      photographer: others.find(isPersonal) ?? null,
    };
  }
  const [first, second] = parts;
  if (first === undefined) return { credit: printed, agency: null, photographer: null };
  if (second === undefined) {
    const person = isPersonal(first) && first.split(' ').length >= 2 && order === 'photographer first';
    return person
      ? { credit: printed, agency: null, photographer: first }
      : { credit: printed, agency: first, photographer: null };
  }
  const acronym = /^[\p{Lu}.]{2,6}$/u.test(first) && !/^[\p{Lu}.]{2,6}$/u.test(second);
  const agencyFirst = order === 'agency first' || acronym || (!isPersonal(first) && isPersonal(second));
  return agencyFirst
    ? { credit: printed, agency: first, photographer: second }
    : { credit: printed, agency: second, photographer: first };
}

function isPersonal(text: string): boolean {
  return !/\d/.test(text) && text.length <= 45 && !/^(?:file|archiv|archive|архив|handout|pool)/i.test(text);
}
