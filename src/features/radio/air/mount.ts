import type { Fallback } from '../../../storage/tables/radio.ts';
import type { Frame } from '../frames/frame.ts';
import { songOf, type Title } from '../source/metadata.ts';
import type { Channel } from './channel.ts';
import type { Feed, FeedSink } from './feed.ts';

export type MountConfig = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly listed: boolean;
  readonly relayUrl: string | undefined;
  readonly fallback: Fallback;
  readonly bitRates: readonly number[];
  readonly keepHours: number;
};

export type Origin = 'off' | Feed['kind'];

export type OnAir = {
  readonly origin: Origin;
  readonly title: Title;
  /** Since when it comes from there, in ms since 1970. */
  readonly since: number;
};

/** Who sends: as a listener's connection holds it. */
export type SourceSession = {
  readonly sourceId: string;
  readonly username: string;
  readonly takesOver: boolean;
  /** Tells the encoder that it is off the air, and why. */
  dismiss(why: string): void;
};

export type MountOptions = {
  readonly config: MountConfig;
  readonly channel: Channel;
  readonly now: () => number;
  /** Starts the relay, or the fallback; undefined where the mount has none. */
  readonly startRelay: (config: MountConfig, sink: FeedSink) => Feed | undefined;
  readonly startFallback: (mount: Mount, sink: FeedSink) => Feed | undefined;
  readonly onChange: (mount: Mount) => void;
};

/**
 * Silence is counted in beats of a quarter of a second, not by the clock: when the process itself was held up, what arrived meanwhile
 * is heard before the next beat. An encoder that says nothing for ten is covered by the fallback, though its connection stands.
 */
const COVER_BEATS = 10;
/** Where nothing was heard for so long there is nothing on the air. */
const SILENT_BEATS = 24;
/** A relay that has not brought a frame for so long is covered, too. */
const RELAY_BEATS = 20;

/** One address of the radio: who has its air, and what stands in when nobody has. */
export class Mount {
  config: MountConfig;
  readonly channel: Channel;
  readonly #options: MountOptions;
  #session: SourceSession | undefined;
  #relay: { feed: Feed | undefined; token: object } | undefined;
  #fallback: { feed: Feed | undefined; token: object } | undefined;
  /** Beats since the encoder, anything at all, the relay was heard. */
  #quiet = { encoder: 0, all: 0, relay: RELAY_BEATS };
  #origin: Origin = 'off';
  #title: Title = { artist: '', title: '' };
  #since: number;
  #closed = false;

  constructor(options: MountOptions) {
    this.#options = options;
    this.config = options.config;
    this.channel = options.channel;
    this.#since = options.now();
  }

  get onAir(): OnAir {
    return { origin: this.#origin, title: this.#title, since: this.#since };
  }
  get session(): SourceSession | undefined {
    return this.#session;
  }

  /**
   * Gives the air to an encoder. One that is there stays unless the newcomer may take over, or unless it is the same encoder whose last
   * connection has gone silent (a lost network, not yet timed out).
   */
  take(session: SourceSession): boolean {
    const current = this.#session;
    if (current !== undefined) {
      const silent = this.#quiet.encoder >= COVER_BEATS;
      const same = current.sourceId === session.sourceId && silent;
      const stronger = session.takesOver && !current.takesOver;
      const rival = session.takesOver && current.takesOver && current.sourceId !== session.sourceId;
      if (!same && !stronger && !rival) return false;
      this.#session = undefined;
      current.dismiss(same ? 'the same encoder came back' : 'another encoder took over');
      this.channel.interrupt();
    }
    this.#session = session;
    this.#quiet.encoder = 0;
    return true;
  }

  /** Sound of the encoder that has the air. */
  encoderFrames(session: SourceSession, frames: readonly Frame[]): void {
    if (this.#session !== session || frames.length === 0) return;
    this.#quiet.encoder = 0;
    if (this.#origin !== 'encoder') {
      this.#stopOthers();
      this.#goes('encoder', { artist: '', title: '' });
    }
    this.#sound(frames);
  }

  #sound(frames: readonly Frame[]): void {
    this.#quiet.all = 0;
    this.channel.push(frames);
  }

  encoderTitle(session: SourceSession | undefined, title: Title): void {
    if (session !== undefined && this.#session !== session) return;
    if (this.#origin === 'encoder' || this.#session !== undefined) this.setTitle(title);
  }

  /** The encoder's connection is over: what stands in is heard at once. */
  release(session: SourceSession): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    if (!this.#closed) this.look();
  }

  setTitle(title: Title): void {
    if (title.artist === this.#title.artist && title.title === this.#title.title) return;
    this.#title = title;
    this.channel.audience.setTitle(songOf(title) || this.config.name);
    this.#options.onChange(this);
  }

  #goes(origin: Origin, title: Title): void {
    this.#origin = origin;
    this.#since = this.#options.now();
    this.#title = title;
    this.channel.audience.setTitle(songOf(title) || this.config.name);
    this.channel.interrupt();
    this.#options.onChange(this);
  }

  #stopOthers(): void {
    this.#relay?.feed?.stop();
    this.#relay = undefined;
    this.#fallback?.feed?.stop();
    this.#fallback = undefined;
  }

  /** A beat: called four times a second. */
  beat(): void {
    this.#quiet.encoder += 1;
    this.#quiet.all += 1;
    this.#quiet.relay += 1;
    this.look();
  }

  /** Looks who should have the air. */
  look(): void {
    if (this.#closed) return;
    if (this.#session !== undefined && this.#quiet.encoder < COVER_BEATS) return;
    if (this.config.relayUrl !== undefined && this.#relay === undefined) this.#startRelay();
    if (this.#relay !== undefined && this.#quiet.relay < RELAY_BEATS && this.#origin === 'relay') return;
    if (this.#fallback === undefined) this.#startFallback();
    const silent = this.#fallback === undefined || this.#quiet.all > SILENT_BEATS;
    if (silent && this.#origin !== 'off') this.#goes('off', { artist: '', title: '' });
  }

  #startRelay(): void {
    const token = {};
    const mine = (): boolean => this.#relay?.token === token && !this.#closed;
    this.#relay = { feed: undefined, token };
    this.#relay.feed = this.#options.startRelay(this.config, {
      frames: (frames) => {
        if (!mine() || frames.length === 0) return;
        this.#quiet.relay = 0;
        if (this.#origin !== 'relay') {
          this.#fallback?.feed?.stop();
          this.#fallback = undefined;
          this.#goes('relay', { artist: '', title: '' });
        }
        this.#sound(frames);
      },
      title: (title) => {
        if (mine() && this.#origin === 'relay') this.setTitle(title);
      },
      over: () => undefined,
    });
  }

  #startFallback(): void {
    const token = {};
    const mine = (): boolean => this.#fallback?.token === token && !this.#closed;
    const entry: { feed: Feed | undefined; token: object } = { feed: undefined, token };
    this.#fallback = entry;
    entry.feed = this.#options.startFallback(this, {
      frames: (frames) => {
        if (!mine() || frames.length === 0) return;
        if (this.#origin !== 'fallback') this.#goes('fallback', { artist: '', title: '' });
        this.#sound(frames);
      },
      title: (title) => {
        if (mine() && this.#origin === 'fallback') this.setTitle(title);
      },
      over: () => {
        if (mine()) this.#fallback = undefined;
      },
    });
    if (entry.feed === undefined && this.#fallback === entry) this.#fallback = undefined;
  }

  /** Takes new settings; what they concern begins anew. */
  configure(config: MountConfig): void {
    const before = this.config;
    this.config = config;
    if (before.relayUrl !== config.relayUrl) {
      this.#relay?.feed?.stop();
      this.#relay = undefined;
      this.#quiet.relay = RELAY_BEATS;
    }
    if (JSON.stringify(before.fallback) !== JSON.stringify(config.fallback)) {
      this.#fallback?.feed?.stop();
      this.#fallback = undefined;
    }
    this.look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#session?.dismiss('the station ends');
    this.#session = undefined;
    this.#stopOthers();
    await this.channel.close();
  }
}
