import {
  comparePlaces,
  type LiveEvent,
  type LiveMessage,
  type Place,
  placeOf,
  placeText,
} from '../contract/live.ts';
import { joinTabs, type Tabs, type Word } from './tabs.ts';
import { openTransport, type Told, type Transport } from './transport.ts';

/** `after`: the place of the channel (`at` of the numbers' answer) as of which the page was read; without it, from now on. */
export type LiveTopics =
  | readonly string[]
  | { readonly topics: readonly string[]; readonly after?: string | undefined };
export type LiveHandler = (message: LiveMessage) => void;
export type LiveChannel = {
  /**
   * Listens to topics; returns the way to stop. A `reset` means: read anew what the page shows.
   */
  subscribe(on: LiveTopics, handler: LiveHandler): () => void;
};

type Subscription = {
  readonly topics: ReadonlySet<string>;
  readonly handler: LiveHandler;
  at: Place | undefined;
};
type Want = { readonly topics: readonly string[]; readonly after: string };

/** A page that is out of sight for so long lets its stream go, and takes it up where it was when it is seen again. */
const HIDDEN_MS = 30_000;

/**
 * The channel of one browser: however many tabs there are, the one that leads holds the one stream for all, and tells the others. A
 * leader that goes is followed by another, from the place the tabs had reached.
 */
export function openChannel(name: string): LiveChannel {
  const subscriptions = new Set<Subscription>();
  let tabs: Tabs | undefined;
  let leads = false;
  const wants = new Map<string, Want>();
  let transport: Transport | undefined;
  let reached: Place | undefined;
  let opened = '';
  let soon: ReturnType<typeof setTimeout> | undefined;
  let hidden: ReturnType<typeof setTimeout> | undefined;

  const mine = (): Want => {
    const topics = new Set([...subscriptions].flatMap((each) => [...each.topics]));
    // The earliest that a subscription of this page needs; each passes over what it has had.
    const places = [...subscriptions].flatMap((each) => each.at ?? []).toSorted(comparePlaces);
    return { topics: [...topics].toSorted(), after: places[0] === undefined ? '' : placeText(places[0]) };
  };

  function hand(event: LiveEvent | 'reset' | 'hello', place: Place | undefined): void {
    for (const each of subscriptions) {
      if (event === 'hello') {
        each.at ??= place;
        continue;
      }
      if (event === 'reset') {
        each.at = place;
        for (const topic of each.topics) each.handler({ topic, type: 'reset', data: {} });
        continue;
      }
      if (place !== undefined) {
        if (each.at !== undefined && comparePlaces(place, each.at) <= 0) continue;
        each.at = place;
      }
      // Types that another feature adds are that feature's to know.
      if (each.topics.has(event.topic)) each.handler(event as LiveMessage);
    }
  }

  function told(what: Told, at: Place | undefined): void {
    reached = at;
    const place = at === undefined ? '' : placeText(at);
    if (what === 'reset' || what === 'hello') {
      tabs?.send({ say: what, place });
      hand(what, at);
    } else {
      tabs?.send({
        say: 'told',
        place: what.place === undefined ? '' : placeText(what.place),
        event: what.event,
      });
      hand(what.event, what.place);
    }
  }

  /** The leader's: one stream for what all tabs want, opened anew when that changes. */
  function lead(from = placeOf(mine().after)): void {
    // Somebody needs what the stream has told already: it is opened anew from there.
    if (from !== undefined && reached !== undefined && comparePlaces(from, reached) < 0) opened = '';
    clearTimeout(soon);
    soon = setTimeout(() => {
      const all = [mine(), ...wants.values()].filter(({ topics }) => topics.length > 0);
      const topics = [...new Set(all.flatMap((want) => want.topics))].toSorted().slice(0, 100);
      const places = all.flatMap(({ after }) => placeOf(after) ?? []).toSorted(comparePlaces);
      const key = topics.join();
      if (key === opened && transport !== undefined) return;
      transport?.stop();
      transport = undefined;
      opened = key;
      if (topics.length === 0) return;
      const after = [...places, ...(reached === undefined ? [] : [reached])].toSorted(comparePlaces)[0];
      transport = openTransport({ topics, after, told });
    }, 20);
  }

  function heard(word: Word): void {
    if (word.say === 'lead') announce();
    if (word.say === 'want' && leads) {
      if (!wants.has(word.tab))
        tabs?.watch(word.tab, () => {
          wants.delete(word.tab);
          lead();
        });
      wants.set(word.tab, word);
      lead(placeOf(word.after));
    }
    if (leads) return;
    // What a tab of this site sent is what the stream sent.
    if (word.say === 'told') hand(word.event as LiveEvent, placeOf(word.place));
    if (word.say === 'reset' || word.say === 'hello') hand(word.say, placeOf(word.place));
  }

  function announce(): void {
    if (tabs === undefined) return;
    if (leads) lead();
    else tabs.send({ say: 'want', tab: tabs.id, ...mine() });
  }

  function start(): void {
    if (tabs !== undefined || subscriptions.size === 0) return;
    const joined: Tabs = joinTabs(name, {
      word: heard,
      lead: () => {
        leads = true;
        joined.send({ say: 'lead', tab: joined.id });
        lead();
      },
    });
    tabs = joined;
    announce();
  }

  function stop(): void {
    clearTimeout(soon);
    transport?.stop();
    tabs?.stop();
    transport = undefined;
    tabs = undefined;
    leads = false;
    opened = '';
    wants.clear();
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hidden);
    if (document.hidden) hidden = setTimeout(stop, HIDDEN_MS);
    else start();
  });
  // A page that holds a lock or a stream is not kept for the way back: it lets both go.
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) start();
  });

  return {
    subscribe: (on, handler) => {
      const { topics, after } = 'topics' in on ? on : { topics: on, after: undefined };
      const subscription: Subscription = { topics: new Set(topics), handler, at: placeOf(after) };
      subscriptions.add(subscription);
      if (!document.hidden) {
        if (tabs === undefined) start();
        else announce();
      }
      return () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0) stop();
        else announce();
      };
    },
  };
}
