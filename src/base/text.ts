/** Letters that Unicode decomposition leaves whole, as Latin. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ў: 'u',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  ђ: 'dj',
  џ: 'dz',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
};
const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

export const MAX_SLUG = 80;

/**
 * A slug for an address: lower case, words joined by hyphens, at most MAX_SLUG characters, cut at a word.
 * Latin, Cyrillic and Greek become ASCII; other scripts keep their letters (an address may carry them, percent-encoded).
 * Empty when the text has no letter or digit.
 */
export function slugify(text: string, language?: string): string {
  let out = '';
  for (const char of text.normalize('NFC').toLowerCase()) {
    if (language === 'de' && GERMAN[char] !== undefined) out += GERMAN[char];
    else if (LETTERS[char] !== undefined) out += LETTERS[char];
    else out += char;
  }
  const plain = out
    .normalize('NFKD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/['’ʼ`´]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  if (plain.length <= MAX_SLUG) return plain;
  const cut = plain.slice(0, MAX_SLUG + 1).lastIndexOf('-');
  return plain
    .slice(0, cut > MAX_SLUG / 2 ? cut : MAX_SLUG)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/-+$/, '');
}

/** Folds white space to single spaces and trims. */
export function squish(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Cuts a text at a word boundary to at most `max` characters, with an ellipsis when something was cut. */
export function truncate(text: string, max: number): string {
  const squished = squish(text);
  if (squished.length <= max) return squished;
  const cut = squished.slice(0, max).lastIndexOf(' ');
  return `${squished
    .slice(0, cut > max / 2 ? cut : max - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/[\s,;:.–—-]+$/u, '')}…`;
}

const RTL = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The base direction of a language's usual script. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RTL.has(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** Whether a string is a language tag of the forms we accept: `en`, `sr-Latn`, `pt-BR`, `zh-Hant-TW` (BCP 47). */
export function isLanguageTag(value: string): boolean {
  return LANGUAGE_TAG.test(value);
}
