import { live } from './live.ts';
import { ask } from './numbers.ts';

/**
 * One on every page: tells once that the page is seen, and listens to what concerns the whole page. What is to be shown of that comes in a
 * module of its own when there is something.
 */
export class PageLive extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.#seen();
    const { topics, id = '', href, version } = this.dataset;
    if (topics === undefined) return;
    const news = () => import('./news.ts');
    const listen = (after?: string): void => {
      if (!this.isConnected) return;
      this.#stop = live(
        { topics: topics.split(','), after },
        (message) => void news().then(({ show }) => show(this, message)),
      );
    };
    // A kept page does not know what is on the air.
    const radio = document.querySelector('.listen') !== null;
    if (href === undefined || (id === '' && !radio)) return listen();
    ask(href).then(
      ({ at, numbers, onAir }) => {
        const now = numbers[id]?.['version'];
        // The page was kept somewhere on its way, or the story changed while it came.
        if (now !== undefined && now > Number(version)) void news().then(({ changed }) => changed(this));
        if (radio && onAir !== undefined)
          void news().then(({ show }) =>
            show(this, { topic: 'radio', type: 'on-air', data: { title: onAir } }),
          );
        listen(at);
      },
      () => listen(),
    );
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  /** A page that is made ahead, or in a tab behind, is seen when it is shown. */
  #seen(): void {
    const { seen } = this.dataset;
    if (seen === undefined) return;
    const events = ['visibilitychange', 'prerenderingchange'];
    const tell = (): void => {
      if (
        document.visibilityState !== 'visible' ||
        ('prerendering' in document && document.prerendering === true)
      )
        return;
      for (const name of events) document.removeEventListener(name, tell);
      let from = '';
      try {
        from = new URL(document.referrer).hostname;
      } catch {
        // There is none.
      }
      // Without cookies, and also when the reader leaves at once.
      fetch(`${seen}&from=${from}`, { method: 'POST', keepalive: true, credentials: 'omit' }).catch(
        () => undefined,
      );
    };
    for (const name of events) document.addEventListener(name, tell);
    tell();
  }
}
