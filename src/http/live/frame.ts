import { type LiveEvent, type Place, placeText } from '../../contract/live.ts';

/** An event of the channel, serialised once for everyone who gets it. `place` is absent where it is not sent again to who missed it. */
export type Frame = {
  readonly place: Place | undefined;
  readonly topic: string;
  readonly event: LiveEvent;
  readonly bytes: Buffer;
};

/** Server-sent events, HTML Living Standard §9.2: JSON has no line breaks, so that one `data:` line is enough. */
export function frameOf(event: LiveEvent, place?: Place): Frame {
  const id = place === undefined ? '' : `id: ${placeText(place)}\n`;
  return { place, topic: event.topic, event, bytes: Buffer.from(`${id}data: ${JSON.stringify(event)}\n\n`) };
}

/** A word of the channel itself: `hello`, `beat`, `reset`, `bye`. */
export function wordOf(
  word: 'hello' | 'beat' | 'reset' | 'bye',
  options: { at?: Place; retryMs?: number } = {},
): Buffer {
  const { at, retryMs } = options;
  const retry = retryMs === undefined ? '' : `retry: ${retryMs}\n`;
  const id = at === undefined ? '' : `id: ${placeText(at)}\n`;
  return Buffer.from(`${retry}${id}event: ${word}\ndata: {}\n\n`);
}
