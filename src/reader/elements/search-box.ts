/** Niceties of the masthead's search: `/` goes to it, Escape leaves it, an empty search is not sent. */
export class SearchBox extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener('keydown', this.#key);
    this.addEventListener('submit', this.#submit);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#key);
    this.removeEventListener('submit', this.#submit);
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  readonly #key = (event: KeyboardEvent): void => {
    const input = this.#input;
    if (input === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (event.key === 'Escape' && target === input) input.blur();
    const writing =
      target instanceof HTMLElement && target.closest('input,textarea,select,[contenteditable]') !== null;
    if (event.key !== '/' || writing) return;
    event.preventDefault();
    input.focus();
  };

  readonly #submit = (event: SubmitEvent): void => {
    const input = this.#input;
    if (input === null || input.value.trim() !== '' || input.offsetParent === null) return;
    event.preventDefault();
    input.focus();
  };
}
