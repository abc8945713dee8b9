/** A number as the page's language writes it, in the digits of the site. */
export function digits(value: number): string {
  const locale = new Intl.Locale(document.documentElement.lang, { numberingSystem: 'latn' });
  return new Intl.NumberFormat(locale).format(value);
}

/** A phrase with a number in it, from the forms of the page's language. */
export function phrase(forms: Readonly<Record<string, string | undefined>>, value: number): string {
  const rule = new Intl.PluralRules(document.documentElement.lang).select(value);
  return (forms[rule] ?? forms['other'] ?? '{n}').replace('{n}', digits(value));
}
