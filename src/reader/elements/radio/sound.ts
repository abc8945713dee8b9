import { Recording } from './recording.ts';

/** What plays: the stream as it comes, or the recording of the last hours through a playlist. */
export type Mode = 'live' | 'rewind';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5000;
/** Sound that has not moved for so long is asked for anew. */
const STALLED_MS = 6000;
/** Who is nearer to what is on now hears the stream. */
const LIVE_SECONDS = 8;
/** So often in a row the recording is opened again before it is left for what is on. */
const MAX_FAILURES = 12;

type Place = { readonly behind: number } | { readonly date: number };

/** The audio element of a page with what keeps it sounding: it comes back after a lost network, a restart, a change of encoder. */
export class Sound {
  readonly audio = new Audio();
  readonly #stream: string;
  readonly #changed: () => void;
  #wanted = false;
  #mode: Mode = 'live';
  #recording: Recording | undefined;
  /** The recording that is being opened, and since when: what the old sound says meanwhile is of no matter. */
  #opening: { readonly since: number } | undefined;
  #failures = 0;
  #heardAt: number | undefined;
  #wait = FIRST_WAIT_MS;
  #retry = 0;
  #moved = { at: 0, time: 0 };

  constructor(stream: string, changed: () => void) {
    this.#stream = stream;
    this.#changed = changed;
    const { audio } = this;
    audio.preload = 'none';
    for (const name of ['playing', 'pause', 'waiting', 'volumechange'] as const)
      audio.addEventListener(name, changed);
    audio.addEventListener('playing', () => {
      if (this.#opening !== undefined) return;
      this.#wait = FIRST_WAIT_MS;
      this.#failures = 0;
      this.#settle();
    });
    // A stream has no end of its own: an end is a line that broke.
    for (const name of ['error', 'ended'] as const)
      audio.addEventListener(name, () => {
        if (this.#opening === undefined) this.#again();
      });
    addEventListener('online', () => {
      if (this.#opening === undefined && (audio.paused || audio.readyState < 3)) this.#again(0);
    });
    setInterval(() => this.#watch(), 2000);
  }

  get wanted(): boolean {
    return this.#wanted;
  }
  get mode(): Mode {
    return this.#mode;
  }
  /** Seconds behind what is on now. */
  get behind(): number {
    return Math.max(0, this.#range().end - this.audio.currentTime);
  }
  /** How far one can go back now. */
  get window(): number {
    const { start, end } = this.#range();
    return end - start;
  }
  /** What can be gone to; nothing of the stream, nor while the recording is still being opened. */
  #range(): { start: number; end: number } {
    const { seekable, currentTime } = this.audio;
    const nothing = { start: currentTime, end: currentTime };
    if (this.#mode === 'live' || this.#opening !== undefined || seekable.length === 0) return nothing;
    const [start, end] = [seekable.start(0), seekable.end(seekable.length - 1)];
    return Number.isFinite(end) ? { start, end } : nothing;
  }
  /** When what is heard of the recording was on the air, in ms since 1970; undefined for what is on now. */
  get heardAt(): number | undefined {
    if (this.#mode === 'live') return undefined;
    if (this.#opening === undefined) this.#heardAt = this.#recording?.date() ?? this.#heardAt;
    return this.#heardAt;
  }

  play(): Promise<void> {
    this.#wanted = true;
    if (this.#mode === 'live') this.#load();
    else this.#recording?.resume();
    return this.#start();
  }

  /** Goes on with the recording where another page left it. */
  playFrom(date: number): Promise<void> {
    return this.#goTo({ date });
  }

  pause(): void {
    this.#wanted = false;
    this.#settle();
    this.audio.pause();
    // A paused stream would go on in the background, and be late afterwards.
    if (this.#mode === 'live') {
      this.audio.removeAttribute('src');
      this.audio.load();
    } else this.#recording?.rest();
    this.#changed();
  }

  /** Goes back (or forward) by so many seconds; the first step back changes over to the recording. */
  step(seconds: number): Promise<void> {
    if (this.#mode === 'live' && seconds >= 0) return Promise.resolve();
    return this.seek(this.behind - seconds);
  }

  /** Goes to so many seconds before what is on now. */
  async seek(behind: number): Promise<void> {
    if (behind < LIVE_SECONDS) return this.toLive();
    if (this.#mode === 'live' || this.#opening !== undefined) return this.#goTo({ behind });
    this.#recording?.go({ behind });
    this.#changed();
  }

  async toLive(): Promise<void> {
    this.#leaveRecording();
    await this.play();
  }

  /** What is on now is heard where the recording cannot be opened. */
  #goTo(place: Place): Promise<void> {
    return this.#openRecording(place).catch(() => this.toLive());
  }

  async #openRecording(place: Place): Promise<void> {
    const { audio } = this;
    this.#settle();
    this.#recording?.close();
    const opening = { since: Date.now() };
    this.#opening = opening;
    this.#mode = 'rewind';
    this.#wanted = true;
    if ('date' in place) this.#heardAt = place.date;
    this.#changed();
    const recording = new Recording(audio, (gone) => {
      if (this.#recording !== recording) return;
      if (gone) this.#failures = MAX_FAILURES;
      if (this.#opening === undefined) this.#again();
    });
    this.#recording = recording;
    try {
      await recording.open(`${this.#stream}/rewind.m3u8`);
    } catch (cause) {
      if (this.#opening !== opening) return;
      this.#opening = undefined;
      throw cause;
    }
    if (this.#opening !== opening) return;
    recording.go(place);
    this.#opening = undefined;
    this.#moved = { at: Date.now(), time: audio.currentTime };
    if (this.#wanted) await this.#start();
    else recording.rest();
    this.#changed();
  }

  #leaveRecording(): void {
    this.#opening = undefined;
    this.#recording?.close();
    this.#recording = undefined;
    this.#heardAt = undefined;
    this.#mode = 'live';
  }

  #load(): void {
    // Another address each time: a cache, or the browser's own half of an old answer, would be the past.
    this.audio.src = `${this.#stream}?t=${Date.now().toString(36)}`;
    this.#moved = { at: Date.now(), time: 0 };
  }

  async #start(): Promise<void> {
    try {
      await this.audio.play();
    } catch (cause) {
      // The browser wants a click first; anything else is mended by trying again.
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') this.#wanted = false;
    }
    this.#changed();
  }

  /** Whatever was going to be tried again is not needed any more. */
  #settle(): void {
    clearTimeout(this.#retry);
    this.#retry = 0;
  }

  /** Not all at once: a thousand players have lost the same server. */
  #again(wait = this.#wait * (0.5 + Math.random() / 2)): void {
    if (!this.#wanted) return;
    this.#settle();
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#retry = setTimeout(() => {
      this.#retry = 0;
      if (!this.#wanted) return;
      const date = this.heardAt;
      this.#failures += 1;
      // Who had gone back goes on where the line broke.
      if (date !== undefined && this.#failures <= MAX_FAILURES) {
        void this.#openRecording({ date }).catch(() => this.#again());
        return;
      }
      this.#leaveRecording();
      this.#load();
      void this.#start();
    }, wait);
    this.#changed();
  }

  /** Browsers do not always say that a stream has died. */
  #watch(): void {
    const { audio } = this;
    if (this.#opening !== undefined && Date.now() - this.#opening.since < 2 * STALLED_MS) return;
    if (!this.#wanted || audio.currentTime !== this.#moved.time) {
      this.#moved = { at: Date.now(), time: audio.currentTime };
      if (this.#opening === undefined) return;
    }
    this.#opening = undefined;
    if (Date.now() - this.#moved.at > STALLED_MS && this.#retry === 0) this.#again();
    if (Date.now() - this.#moved.at > 2 * STALLED_MS) {
      this.#moved.at = Date.now();
      this.#again();
    }
  }
}
