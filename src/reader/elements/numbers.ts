/** `at`: the place of the live channel as of which the numbers were read. */
export type Numbers = {
  readonly at?: string;
  readonly numbers: Readonly<Record<string, Readonly<Record<string, number>> | undefined>>;
  /** What is on the air; absent while nothing is. */
  readonly onAir?: string;
};

/** All numbers of a page ask together: one request an address. */
const asked = new Map<string, Promise<Numbers>>();

/** Asks for the numbers of everything on the page that bears `data-href` and `data-id`. */
export function ask(href: string): Promise<Numbers> {
  let answer = asked.get(href);
  if (answer === undefined) {
    // Everything that is on the page is: elements are connected one after the other.
    answer = Promise.resolve().then(async () => {
      const ids = new Set<string>();
      for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-href][data-id]')) {
        if (dataset['href'] === href && dataset['id'] !== undefined) ids.add(dataset['id']);
      }
      const response = await fetch(`${href}?ids=${[...ids].map(encodeURIComponent).join(',')}`, {
        credentials: 'omit',
      });
      if (!response.ok) throw new Error(String(response.status));
      return response.json() as Promise<Numbers>;
    });
    asked.set(href, answer);
  }
  return answer;
}

/** Something was missed: the next one who asks gets the numbers as they are now. */
export function forget(href: string): void {
  asked.delete(href);
}
