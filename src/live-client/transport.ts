import {
  comparePlaces,
  type LiveEvent,
  type LivePoll,
  type Place,
  placeOf,
  placeText,
} from '../contract/live.ts';
import { paths } from '../contract/routes.ts';

/** `hello`: the stream begins at this place. */
export type Told = { readonly place: Place | undefined; readonly event: LiveEvent } | 'reset' | 'hello';
export type Transport = { stop(): void };

/** No word at all for so long, where one comes every twenty seconds: the stream has died without a sound. */
const SILENCE_MS = 50_000;
/** The first word comes at once where streams pass; where they are gathered on the way it does not. */
const FIRST_WORD_MS = 8000;
const POLL_MS = 15_000;
/** How long to poll before a stream is tried again. */
const RETRY_STREAM_MS = 300_000;

/** Between half of `ms` and one and a half: a thousand readers do not come back at once. */
const spread = (ms: number): number => ms * (0.5 + Math.random());

/**
 * Keeps one stream for these topics open, from a place on, whatever happens to connections; asks by polling where streams do not pass.
 * `told` gets everything after the place in order; what is sent twice is told once.
 */
export function openTransport(options: {
  readonly topics: readonly string[];
  readonly after: Place | undefined;
  readonly told: (what: Told, at: Place | undefined) => void;
}): Transport {
  let at = options.after;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;
  let pollUntil = 0;

  const wait = (ms: number, next: () => void): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(next, ms);
  };
  const close = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const again = (ms: number): void => {
    close();
    wait(ms, connect);
  };
  const moved = (id: string): Place | undefined => {
    const place = placeOf(id);
    if (place !== undefined) at = place;
    return place;
  };
  const tell = (event: LiveEvent, id: string): void => {
    const place = placeOf(id);
    if (place !== undefined) {
      if (at !== undefined && comparePlaces(place, at) <= 0) return;
      at = place;
    }
    options.told({ place, event }, at);
  };

  function connect(): void {
    if (stopped) return;
    if (typeof EventSource === 'undefined' || Date.now() < pollUntil) return void poll();
    const opened = new EventSource(
      paths.liveStream(options.topics, at === undefined ? undefined : placeText(at)),
    );
    source = opened;
    let heard = false;
    const failed = (): void => {
      failures += 1;
      // Twice without a word: something on the way keeps streams back, or this node takes no more.
      if (!heard && failures >= 2) pollUntil = Date.now() + RETRY_STREAM_MS;
      again(heard ? spread(1000) : spread(Math.min(30_000, 1000 * 2 ** failures)));
    };
    const word = (event: MessageEvent): void => {
      heard = true;
      failures = 0;
      wait(SILENCE_MS, failed);
      if (event.type === 'hello') options.told('hello', moved(event.lastEventId) ?? at);
      if (event.type === 'reset') options.told('reset', moved(event.lastEventId));
      if (event.type === 'bye') again(spread(3000));
    };
    for (const name of ['hello', 'beat', 'reset', 'bye']) opened.addEventListener(name, word);
    opened.addEventListener('message', (event: MessageEvent<string>) => {
      word(event);
      // An event without an id of its own bears the last one: numbers, which are never sent again.
      const parsed = JSON.parse(event.data) as LiveEvent;
      const known = at !== undefined && event.lastEventId === placeText(at);
      if (known || event.lastEventId === '') options.told({ place: undefined, event: parsed }, at);
      else tell(parsed, event.lastEventId);
    });
    opened.addEventListener('error', failed);
    wait(FIRST_WORD_MS, failed);
  }

  async function poll(): Promise<void> {
    try {
      const answer = await fetch(
        paths.livePoll(options.topics, at === undefined ? undefined : placeText(at)),
        {
          cache: 'no-cache',
        },
      );
      if (answer.ok && !stopped) {
        const { at: next, events, reset } = (await answer.json()) as LivePoll;
        failures = 0;
        if (reset === true) options.told('reset', moved(next));
        for (const { id, ...event } of events) tell(event, id);
        options.told('hello', moved(next));
      } else if (!answer.ok) failures += 1;
    } catch {
      failures += 1;
    }
    wait(spread(POLL_MS * Math.min(8, 2 ** Math.max(0, failures - 1))), connect);
  }

  connect();
  return {
    stop: () => {
      stopped = true;
      close();
    },
  };
}
