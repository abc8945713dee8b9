const CYRILLIC_LANGUAGES = new Set('ru uk be bg sr mk kk ky tg mn tt ba'.split(' '));

/** Whether a language is written in Cyrillic letters, so that words of them are no disguise. */
export function writesCyrillic(language: string): boolean {
  return CYRILLIC_LANGUAGES.has(languageOf(language));
}

/**
 * Letters with a mark that are letters of their own in a language's alphabet: there the mark is not folded away, or a list with the one
 * word would flag the other (Spanish "año", German "schwül").
 */
const OWN_LETTERS: Readonly<Record<string, string>> = {
  cs: 'čďěňřšťůž',
  da: 'æøå',
  de: 'äöüß',
  es: 'ñ',
  et: 'äöõüšž',
  fi: 'äöå',
  hr: 'čćđšž',
  hu: 'áéíóöőúüű',
  lt: 'ąčęėįšųūž',
  lv: 'āčēģīķļņšūž',
  nb: 'æøå',
  nn: 'æøå',
  no: 'æøå',
  pl: 'ąćęłńóśźż',
  ro: 'ăâîșț',
  ru: 'й',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  sl: 'čšž',
  sv: 'äöå',
  tr: 'çğıöşü',
  uk: 'йї',
};
const own = new Map<string, Set<string>>();

export function languageOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/** The letters with marks that are letters of their own in a language. */
export function ownLetters(language: string): Set<string> {
  const key = languageOf(language);
  let letters = own.get(key);
  if (letters === undefined) own.set(key, (letters = new Set(OWN_LETTERS[key] ?? '')));
  return letters;
}

const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u00ad]+/gu;

/** Text without what nobody sees: zero-width characters, soft hyphens, direction marks, variation selectors. */
export function visible(text: string): string {
  return text.replace(IGNORABLE, '');
}

/**
 * Folds a word: NFKC, nothing invisible, lower case, no marks but those that make a letter of its own in `language`, Arabic letters of one
 * kind as one. Marks of scripts where they are vowels (Devanagari, Thai …) stay.
 */
export function foldWord(word: string, language: string): string {
  const kept = ownLetters(language);
  const lower = visible(word.normalize('NFKC'));
  const cased = languageOf(language) === 'tr' ? lower.toLocaleLowerCase('tr') : lower.toLowerCase();
  if (/^[a-z0-9]*$/.test(cased)) return cased;
  let out = '';
  for (const letter of cased.normalize('NFC')) {
    if (kept.has(letter)) out += letter;
    else
      out += letter
        .normalize('NFD')
        .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{Mn}+|^\p{Mn}+$/gu, keepIndic);
  }
  return out
    .normalize('NFC')
    .replace(/[ً-ْٰـ]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[֑-ׇ]/g, '');
}

function keepIndic(marks: string): string {
  return marks.replace(/[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g, '');
}

/** How a word is typed by someone without its letters: without any mark, and with the German and Nordic digraphs. */
export function plainSpellings(folded: string): string[] {
  const bare = folded
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/æ/g, 'ae')
    .replace(/ł/g, 'l')
    .replace(/đ/g, 'd')
    .replace(/ı/g, 'i');
  const digraphs = folded
    .replace(/ä|æ/g, 'ae')
    .replace(/ö|ø/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/å/g, 'aa')
    .replace(/ß/g, 'ss');
  return [...new Set([bare, digraphs])].filter((spelling) => spelling !== folded);
}
