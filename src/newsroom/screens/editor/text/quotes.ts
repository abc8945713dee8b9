type Quotes = { readonly double: readonly [string, string]; readonly single: readonly [string, string] };

const english: Quotes = { double: ['“', '”'], single: ['‘', '’'] };
const german: Quotes = { double: ['„', '“'], single: ['‚', '‘'] };
const angles: Quotes = { double: ['«', '»'], single: ['‹', '›'] };

/** Quotation marks as each language sets them (CLDR `delimiters`); a language that is not here has English ones. */
const byLanguage: Readonly<Record<string, Quotes>> = {
  de: german,
  'de-CH': angles,
  cs: german,
  sk: german,
  sl: german,
  bg: german,
  is: german,
  lt: german,
  et: german,
  da: { double: ['“', '”'], single: ['‘', '’'] },
  fr: { double: ['«\u00a0', '\u00a0»'], single: ['‹\u00a0', '\u00a0›'] },
  'fr-CH': angles,
  es: { double: ['«', '»'], single: ['“', '”'] },
  it: { double: ['«', '»'], single: ['“', '”'] },
  pt: english,
  ru: { double: ['«', '»'], single: ['„', '“'] },
  uk: { double: ['«', '»'], single: ['„', '“'] },
  be: { double: ['«', '»'], single: ['„', '“'] },
  el: { double: ['«', '»'], single: ['“', '”'] },
  hy: { double: ['«', '»'], single: ['«', '»'] },
  no: angles,
  nb: { double: ['«', '»'], single: ['‘', '’'] },
  nn: { double: ['«', '»'], single: ['‘', '’'] },
  sv: { double: ['”', '”'], single: ['’', '’'] },
  fi: { double: ['”', '”'], single: ['’', '’'] },
  pl: { double: ['„', '”'], single: ['‚', '’'] },
  ro: { double: ['„', '”'], single: ['«', '»'] },
  hu: { double: ['„', '”'], single: ['»', '«'] },
  hr: { double: ['„', '”'], single: ['‘', '’'] },
  sr: { double: ['„', '”'], single: ['’', '’'] },
  nl: english,
  ar: { double: ['”', '“'], single: ['’', '‘'] },
  fa: { double: ['«', '»'], single: ['‹', '›'] },
  he: { double: ['”', '”'], single: ['’', '’'] },
  ja: { double: ['「', '」'], single: ['『', '』'] },
  zh: english,
  'zh-Hant': { double: ['「', '」'], single: ['『', '』'] },
};

/** The quotation marks of a language tag, its own or those of its language. */
export function quotesOf(tag: string): Quotes {
  const parts = tag.split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const found = byLanguage[parts.slice(0, length).join('-')];
    if (found !== undefined) return found;
  }
  return english;
}
