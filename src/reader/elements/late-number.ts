type Numbers = Record<string, Record<string, number> | undefined>;

/** All numbers of a page ask together: one request an address. */
const asked = new Map<string, Promise<Numbers>>();

function ask(href: string): Promise<Numbers> {
  let answer = asked.get(href);
  if (answer === undefined) {
    const ids = new Set<string>();
    for (const { dataset } of document.querySelectorAll<HTMLElement>('late-number')) {
      if (dataset['href'] === href && dataset['id'] !== undefined) ids.add(dataset['id']);
    }
    answer = fetch(`${href}?ids=${[...ids].map(encodeURIComponent).join(',')}`, { credentials: 'omit' }).then(
      (response) => (response.ok ? (response.json() as Promise<Numbers>) : {}),
    );
    asked.set(href, answer);
  }
  return answer;
}

/**
 * A number as of the page's rendering, brought up to date once. The answer is `{ [id]: { comments, views } }`; when none
 * comes, the number stays as it was printed.
 */
export class LateNumber extends HTMLElement {
  connectedCallback(): void {
    const { href, id = '', of = '', forms } = this.dataset;
    if (href === undefined || forms === undefined) return;
    const phrases = JSON.parse(forms) as Record<string, string | undefined>;
    ask(href).then(
      (numbers) => {
        const value = numbers[id]?.[of];
        if (typeof value !== 'number') return;
        const locale = document.documentElement.lang;
        const phrase = phrases[new Intl.PluralRules(locale).select(value)] ?? phrases['other'] ?? '{n}';
        const digits = new Intl.NumberFormat(new Intl.Locale(locale, { numberingSystem: 'latn' })).format(
          value,
        );
        const text = phrase.replace('{n}', digits);
        const place = this.firstElementChild ?? this;
        if (place.textContent !== text) place.textContent = text;
      },
      () => this.setAttribute('data-stale', ''),
    );
  }
}
