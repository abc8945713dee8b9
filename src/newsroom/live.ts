import { useEffect, useRef } from 'react';
import { type LiveChannel, type LiveHandler, openChannel } from '../live-client/channel.ts';

let channel: LiveChannel | undefined;

/** The newsroom's channel: one stream for all of its tabs, apart from the reader pages'. */
export function newsroomChannel(): LiveChannel {
  channel ??= openChannel('dateline newsroom live');
  return channel;
}

/**
 * Calls `handler` with what happens on topics while the component is shown. A message of type `reset` means that something was missed:
 * read anew. The handler may change between renderings without a new subscription.
 */
export function useLive(topics: readonly string[], handler: LiveHandler): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const key = topics.join();
  useEffect(
    () =>
      key === ''
        ? undefined
        : newsroomChannel().subscribe(key.split(','), (message) => latest.current(message)),
    [key],
  );
}
