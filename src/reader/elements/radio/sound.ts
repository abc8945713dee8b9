import type { Hls as HlsLight } from './hls.ts';

/** What plays: the stream as it comes, or the recording of the last hours through a playlist. */
export type Mode = 'live' | 'rewind';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
/** Sound that has not moved for so long is asked for anew. */
const STALLED_MS = 6000;

/** Whether this browser plays HLS by itself and nothing else does (iPhones), or better (Safari). */
const native = (audio: HTMLAudioElement): boolean =>
  audio.canPlayType('application/vnd.apple.mpegurl') !== '' && !('chrome' in globalThis);

/** The audio element of a page with what keeps it sounding: it comes back after a lost network, a restart, a change of encoder. */
export class Sound {
  readonly audio = new Audio();
  readonly #stream: string;
  readonly #changed: () => void;
  #wanted = false;
  #mode: Mode = 'live';
  #hls: HlsLight | undefined;
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
      this.#wait = FIRST_WAIT_MS;
      this.#settle();
    });
    // A stream has no end of its own: an end is a line that broke.
    for (const name of ['error', 'ended'] as const) audio.addEventListener(name, () => this.#again());
    addEventListener('online', () => this.#again(0));
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
    if (this.#mode === 'live') return 0;
    const { seekable, currentTime } = this.audio;
    const behind = seekable.length === 0 ? 0 : seekable.end(seekable.length - 1) - currentTime;
    return Number.isFinite(behind) ? Math.max(0, behind) : 0;
  }
  /** How far one can go back now. */
  get window(): number {
    const { seekable } = this.audio;
    if (this.#mode === 'live' || seekable.length === 0) return 0;
    return seekable.end(seekable.length - 1) - seekable.start(0);
  }

  play(): Promise<void> {
    this.#wanted = true;
    if (this.#mode === 'live') this.#load();
    return this.#start();
  }

  pause(): void {
    this.#wanted = false;
    this.#settle();
    this.audio.pause();
    // A paused stream would go on in the background, and be late afterwards.
    if (this.#mode === 'live') {
      this.audio.removeAttribute('src');
      this.audio.load();
    }
    this.#changed();
  }

  /** Goes back (or forward) by so many seconds; the first step back changes over to the recording. */
  async step(seconds: number): Promise<void> {
    if (this.#mode === 'live') {
      if (seconds >= 0) return;
      // What plays goes on where the recording cannot be opened.
      await this.#openRecording(-seconds).catch(() => this.toLive());
      return;
    }
    if (this.behind - seconds < 8) return this.toLive();
    this.audio.currentTime += seconds;
    this.#changed();
  }

  async toLive(): Promise<void> {
    this.#closeRecording();
    this.#mode = 'live';
    await this.play();
  }

  async #openRecording(behind: number): Promise<void> {
    const playlist = `${this.#stream}/rewind.m3u8`;
    const { audio } = this;
    // A try to come back to the stream that is still to come would end what is being opened.
    this.#settle();
    const ready = new Promise<void>((resolve) => {
      audio.addEventListener('loadedmetadata', () => resolve(), { once: true });
    });
    this.#mode = 'rewind';
    this.#wanted = true;
    if (native(audio)) audio.src = playlist;
    else {
      const { Hls } = await import('./hls.ts');
      const hls = new Hls({ enableWorker: false, startPosition: -1, liveDurationInfinity: true });
      this.#hls = hls;
      hls.on(Hls.Events.ERROR, (_name, data) => {
        if (data.fatal && this.#hls === hls) this.#again();
      });
      hls.loadSource(playlist);
      hls.attachMedia(audio);
    }
    await ready;
    const { seekable } = audio;
    if (seekable.length > 0)
      audio.currentTime = Math.max(seekable.start(0), seekable.end(seekable.length - 1) - behind);
    await this.#start();
    this.#changed();
  }

  #closeRecording(): void {
    this.#hls?.destroy();
    this.#hls = undefined;
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

  #again(wait = this.#wait): void {
    if (!this.#wanted) return;
    this.#settle();
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#retry = setTimeout(() => {
      this.#retry = 0;
      if (!this.#wanted) return;
      // What was being heard again is left for what is on: the recording begins anew where it can.
      this.#closeRecording();
      this.#mode = 'live';
      this.#load();
      void this.#start();
    }, wait);
    this.#changed();
  }

  /** Browsers do not always say that a stream has died. */
  #watch(): void {
    const { audio } = this;
    if (!this.#wanted || audio.currentTime !== this.#moved.time) {
      this.#moved = { at: Date.now(), time: audio.currentTime };
      return;
    }
    if (Date.now() - this.#moved.at > STALLED_MS && this.#retry === 0) this.#again();
    if (Date.now() - this.#moved.at > 2 * STALLED_MS) {
      this.#moved.at = Date.now();
      this.#again();
    }
  }
}
