/** What tabs of one browser say to each other. */
export type Word =
  | { readonly say: 'want'; readonly tab: string; readonly topics: readonly string[]; readonly after: string }
  | { readonly say: 'lead'; readonly tab: string }
  | { readonly say: 'told'; readonly place: string; readonly event: unknown }
  | { readonly say: 'reset' | 'hello'; readonly place: string };

export type Tabs = {
  readonly id: string;
  send(word: Word): void;
  /** Calls `gone` when the tab of this id is closed or has stopped. */
  watch(tab: string, gone: () => void): void;
  stop(): void;
};

/**
 * Joins the tabs of a channel. One of them, and another as soon as that one is gone, is told to lead; a browser without the means
 * (BroadcastChannel, Web Locks) lets every tab lead itself.
 */
export function joinTabs(channel: string, on: { word(word: Word): void; lead(): void }): Tabs {
  const id = crypto.randomUUID?.() ?? String(Math.random());
  if (typeof BroadcastChannel === 'undefined' || navigator.locks === undefined) {
    queueMicrotask(() => on.lead());
    return { id, send: () => undefined, watch: () => undefined, stop: () => undefined };
  }
  const shared = new BroadcastChannel(channel);
  shared.addEventListener('message', (event: MessageEvent<Word>) => on.word(event.data));
  const leaving = new AbortController();
  const { signal } = leaving;
  const until = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  const ignore = (): void => undefined;
  const nameOf = (tab: string): string => `${channel} tab ${tab}`;
  // Held for as long as this tab takes part: who waits for it learns that it has gone, however it went.
  const present = navigator.locks.request(nameOf(id), { signal }, () => until).catch(ignore);
  void present;
  navigator.locks
    .request(`${channel} leader`, { signal }, () => {
      on.lead();
      return until;
    })
    .catch(ignore);
  return {
    id,
    send: (word) => shared.postMessage(word),
    watch: (tab, gone) => {
      navigator.locks
        .request(nameOf(tab), { signal }, () => {
          if (!signal.aborted) gone();
        })
        .catch(ignore);
    },
    stop: () => {
      leaving.abort();
      shared.close();
    },
  };
}
