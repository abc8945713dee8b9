/** Begins an episode at the moment that the address names (`#t=95`), and goes there when a chapter is chosen. */
export class EpisodeAudio extends HTMLElement {
  connectedCallback(): void {
    addEventListener('hashchange', this.#go);
    this.#go();
  }

  disconnectedCallback(): void {
    removeEventListener('hashchange', this.#go);
  }

  readonly #go = (event?: Event): void => {
    const audio = this.querySelector('audio');
    const second = Number(/^#t=(\d+)/.exec(location.hash)?.[1] ?? Number.NaN);
    if (audio === null || Number.isNaN(second)) return;
    audio.currentTime = second;
    // Whoever chose a chapter wants to hear it; whoever came by a link presses play.
    if (event !== undefined) void audio.play().catch(() => undefined);
  };
}
