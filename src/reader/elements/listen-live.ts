import type { Player } from './radio/player.ts';
import { PLAYING } from './radio/playing.ts';

let player: Promise<Player> | undefined;

/**
 * "Listen live" in the masthead: a link to the stream, which plays without any script. With one it starts a player that outlives the page;
 * the player itself is loaded when it is wanted.
 */
export class ListenLive extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', this.#click);
    // The page was loaded anew while the radio played: it goes on at once.
    const from = sessionStorage.getItem(PLAYING);
    if (player === undefined && from !== null) void this.#open(from);
  }

  disconnectedCallback(): void {
    this.removeEventListener('click', this.#click);
  }

  #open(from: string | undefined): Promise<Player> {
    player ??= import('./radio/player.ts').then(({ openPlayer }) => openPlayer());
    void player.then((opened) => opened.play(from));
    return player;
  }

  readonly #click = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void this.#open(undefined);
  };
}
