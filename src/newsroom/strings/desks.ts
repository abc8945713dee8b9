import type { Finding } from '../../contract/desks.ts';
import type { Language } from '../i18n.ts';
import { desksArabic } from './desks.ar.ts';
import { desksGerman } from './desks.de.ts';
import { desksEnglish, type Shape } from './desks.en.ts';

export const desksText: Readonly<Record<Language, Shape<typeof desksEnglish>>> = {
  en: desksEnglish,
  de: desksGerman,
  ar: desksArabic,
};

/** What a check has found, in the language of whoever looks. */
export function findingWords(language: Language, finding: Finding): string {
  const say = desksText[language].found[finding.code as keyof typeof desksEnglish.found];
  return say === undefined ? finding.message : fill(say, finding.values);
}

function fill(sentence: string, values: Finding['values']): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
