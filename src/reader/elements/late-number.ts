import { live } from './live.ts';
import { ask, forget } from './numbers.ts';
import { phrase } from './phrase.ts';

/**
 * A number as of the page's rendering: brought up to date once, with one request for all numbers of a page, and then as it moves. When
 * nothing comes it stays as it was printed.
 */
export class LateNumber extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    const { href, id = '' } = this.dataset;
    if (href === undefined) return;
    ask(href).then(
      ({ at, numbers }) => {
        this.#show(numbers[id]);
        if (!this.isConnected || at === undefined) return;
        const topic = id.includes(':') ? id : `article:${id}`;
        this.#stop = live({ topics: [topic], after: at }, ({ type, data }) => {
          if (type === 'numbers') this.#show(data);
          else if (type === 'storyline.count') this.#show({ stories: data.count });
          else if (type === 'reset') {
            forget(href);
            setTimeout(
              () =>
                ask(href).then(
                  (answer) => this.#show(answer.numbers[id]),
                  () => undefined,
                ),
              3000 * Math.random(),
            );
          }
        });
      },
      () => this.setAttribute('data-stale', ''),
    );
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  #show(numbers: Readonly<Record<string, number | undefined>> | undefined): void {
    const { of = '', forms = '{}', least = '0' } = this.dataset;
    const value = numbers?.[of];
    if (typeof value !== 'number') return;
    const text = phrase(JSON.parse(forms) as Record<string, string | undefined>, value);
    const place = this.firstElementChild ?? this;
    if (place.textContent !== text) place.textContent = text;
    this.hidden = value < Number(least);
  }
}
