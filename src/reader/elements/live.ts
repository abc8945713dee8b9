import type { LiveChannel, LiveHandler, LiveTopics } from '../../live-client/channel.ts';

let channel: Promise<LiveChannel> | undefined;

/** The page has been shown and has nothing better to do: what is live waits for that. */
const idle = (): Promise<void> =>
  new Promise((resolve) => {
    const when = (): void => {
      if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 2000 });
      else setTimeout(resolve, 200);
    };
    if (document.readyState === 'complete') when();
    else addEventListener('load', when, { once: true });
  });

/**
 * Listens to topics of the live channel; all elements of a page, and all tabs of a browser, share one stream. Returns the way to stop.
 */
export function live(on: LiveTopics, handler: LiveHandler): () => void {
  let stop: (() => void) | undefined;
  let stopped = false;
  channel ??= idle()
    .then(() => import('../../live-client/channel.ts'))
    .then(({ openChannel }) => openChannel('dateline live'));
  channel.then(
    (opened) => {
      if (!stopped) stop = opened.subscribe(on, handler);
    },
    // The chunk did not come: the page is complete without.
    () => undefined,
  );
  return () => {
    stopped = true;
    stop?.();
  };
}
