/** Copies the short address; the link inside leads to the page with the QR code when copying is not possible. */
export class ShortLink extends HTMLElement {
  #said: HTMLElement | undefined;

  connectedCallback(): void {
    this.addEventListener('click', this.#copy);
  }

  disconnectedCallback(): void {
    this.removeEventListener('click', this.#copy);
  }

  readonly #copy = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { url, copied, failed } = this.dataset;
    // Without the clipboard (plain http, a refusing browser) the link stays a link.
    if (url === undefined || navigator.clipboard === undefined) return;
    event.preventDefault();
    const fill = (phrase: string | undefined): string => (phrase ?? '').replace('{url}', url);
    navigator.clipboard.writeText(url).then(
      () => this.#say(fill(copied)),
      () => this.#say(fill(failed)),
    );
  };

  #say(text: string): void {
    if (this.#said === undefined) {
      this.#said = document.createElement('span');
      this.#said.className = 'copied';
      this.#said.role = 'status';
      this.append(this.#said);
    }
    this.#said.textContent = text;
  }
}
