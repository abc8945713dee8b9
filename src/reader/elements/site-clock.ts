/** The masthead's clock: the site's zone, right across its changes of summer time, set on the minute. */
export class SiteClock extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    this.#tick();
    document.addEventListener('visibilitychange', this.#tick);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#tick);
  }

  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const now = new Date();
    const { zone: timeZone, locale } = this.dataset;
    const say = (part: string, options: Intl.DateTimeFormatOptions, only?: string): void => {
      const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
      const text =
        only === undefined
          ? format.format(now)
          : format.formatToParts(now).find(({ type }) => type === only)?.value;
      const place = this.querySelector(`.clock-${part}`);
      if (place !== null && text !== undefined && place.textContent !== text) place.textContent = text;
    };
    say('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    say('offset', { timeZoneName: 'shortOffset' }, 'timeZoneName');
    say('date', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    this.querySelector('time')?.setAttribute('datetime', now.toISOString());
    this.#timer = setTimeout(this.#tick, 60_050 - (now.getTime() % 60_000));
  };
}
