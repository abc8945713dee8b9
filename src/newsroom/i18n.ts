import { createContext, useContext } from 'react';

export const languages = ['en', 'de', 'ar'] as const;
export type Language = (typeof languages)[number];

/** The languages by their own names. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  ar: 'العربية',
};

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

// A text is a sentence or a function that makes one of values; what it takes is checked where it is called.
type Text = string | ((...values: never[]) => string);
type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] };

/** The texts of a feature in every language: what English has, the others must have too. */
export type Strings<T> = Readonly<Record<Language, Same<T>>>;

export function defineStrings<T extends Readonly<Record<string, Text>>>(texts: {
  en: T;
  de: NoInfer<Same<T>>;
  ar: NoInfer<Same<T>>;
}): Strings<T> {
  // English has its own texts' types, which are of the same shape.
  return texts as Strings<T>;
}

/** A text of which only the language is open: what registrations carry. */
export type Said = (language: Language) => string;

type Plain<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T];

/** A plain text of a feature, to be said in the language of whoever looks. */
export function said<T>(texts: Strings<T>, key: Plain<Same<T>>): Said {
  // Plain<> leaves only the keys of sentences.
  return (language) => texts[language][key] as string;
}

export const LanguageContext = createContext<Language>('en');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The texts of a feature in the language of whoever looks. */
export function useText<T>(texts: Strings<T>): Same<T> {
  return texts[useLanguage()];
}

type Forms = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
const rules = new Map<Language, Intl.PluralRules>();
const numbers = new Map<Language, Intl.NumberFormat>();

/** A sentence by the plural rules of its language; `#` stands for the number. */
export function plural(language: Language, count: number, forms: Forms): string {
  let rule = rules.get(language);
  if (rule === undefined) rules.set(language, (rule = new Intl.PluralRules(language)));
  return (forms[rule.select(count)] ?? forms.other).replaceAll('#', number(language, count));
}

export function number(language: Language, value: number): string {
  let format = numbers.get(language);
  if (format === undefined) numbers.set(language, (format = new Intl.NumberFormat(localeOf(language))));
  return format.format(value);
}

/** Figures and calendars as the paper prints them: Arabic texts with Arabic-Indic digits are the reader's choice, not ours. */
export function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language === 'ar' ? 'ar-u-nu-latn' : language;
}
