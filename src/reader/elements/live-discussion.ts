/**
 * The discussion of a page. It is complete without script; with it one answers where one reads, and new comments are announced. The part that
 * does so is loaded when the discussion comes near.
 */
export class LiveDiscussion extends HTMLElement {
  #seen: IntersectionObserver | undefined;
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    const start = (): void => {
      this.#seen?.disconnect();
      import('./discussion/discussion.ts').then(
        async ({ openDiscussion }) => {
          if (this.isConnected) this.#stop ??= await openDiscussion(this);
        },
        // The chunk did not come: links and forms work as they are.
        () => undefined,
      );
    };
    this.#seen = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) start();
      },
      { rootMargin: '600px' },
    );
    this.#seen.observe(this);
  }

  disconnectedCallback(): void {
    this.#seen?.disconnect();
    this.#stop?.();
    this.#stop = undefined;
  }
}
