/** Keeps the time column of a list right in a page that was cached: minutes within the hour, a time today, a day before. */
export class RelTime extends HTMLElement {
  connectedCallback(): void {
    const time = this.querySelector('time');
    const at = Date.parse(time?.dateTime ?? '');
    if (time === null || Number.isNaN(at)) return;
    const { zone: timeZone, locale } = this.dataset;
    const format = (options: Intl.DateTimeFormatOptions, when: number): string =>
      new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(when);
    const show = (): void => {
      const now = Date.now();
      const minutes = Math.floor((now - at) / 60_000);
      let text: string;
      if (minutes >= 0 && minutes < 60) {
        text = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(
          Math.max(1, minutes),
        );
        setTimeout(show, 60_000);
      } else if (format({ dateStyle: 'short' }, at) === format({ dateStyle: 'short' }, now)) {
        text = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at);
      } else {
        const sameYear = format({ year: 'numeric' }, at) === format({ year: 'numeric' }, now);
        text = format({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, at);
      }
      if (time.textContent !== text) time.textContent = text;
    };
    time.title = format({ dateStyle: 'long', timeStyle: 'short' }, at);
    show();
  }
}
