import type { DiscussionWords } from '../../../contract/discussion-words/words.ts';

/** The words of the page's language; each language is a module of its own. */
export async function loadWords(lang: string): Promise<DiscussionWords> {
  const { words } = await (lang === 'de'
    ? import('../../../contract/discussion-words/de.ts')
    : lang === 'ar'
      ? import('../../../contract/discussion-words/ar.ts')
      : lang === 'ru'
        ? import('../../../contract/discussion-words/ru.ts')
        : import('../../../contract/discussion-words/en.ts'));
  return words;
}

/** Puts values into the `{name}` places of a phrase. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/** A counted phrase in the plural of the language. */
export function counted(forms: { other: string; [form: string]: string | undefined }, n: number): string {
  const lang = document.documentElement.lang;
  const form = forms[new Intl.PluralRules(lang).select(n)] ?? forms.other;
  return fill(form, { n: new Intl.NumberFormat(`${lang}-u-nu-latn`).format(n) });
}
