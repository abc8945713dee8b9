import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';
import type { Forms, Strings } from './strings.ts';

export type { Forms, Strings } from './strings.ts';

const catalogues: Readonly<Record<string, Strings>> = { en, de, ar, ru };

/** The furniture's words in a language; English where we have no catalogue. */
export function stringsOf(lang: string): Strings {
  return catalogues[lang.toLowerCase().split('-')[0] ?? ''] ?? en;
}

/** The language in which the furniture of a page of `lang` is written. */
export function chromeLanguage(lang: string): string {
  return catalogues[lang.toLowerCase().split('-')[0] ?? ''] === undefined ? 'en' : lang;
}

/** Puts values into the `{name}` places of a phrase. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

const rules = new Map<string, Intl.PluralRules>();

/** The form of a counted phrase for a number, by the plural rules of the language; the number is not yet put in. */
export function formFor(forms: Forms, count: number, lang: string): string {
  let rule = rules.get(lang);
  if (rule === undefined) {
    rule = new Intl.PluralRules(lang);
    rules.set(lang, rule);
  }
  return forms[rule.select(count)] ?? forms.other;
}
