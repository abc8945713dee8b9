import type { Hls as HlsLight } from './hls.ts';

/** Whether this browser plays HLS by itself and nothing else does (iPhones), or better (Safari). */
const native = (audio: HTMLAudioElement): boolean =>
  audio.canPlayType('application/vnd.apple.mpegurl') !== '' && !('chrome' in globalThis);

/**
 * As near to the oldest sound as one goes: it leaves the recording first, and the library looks elsewhere for what lies a hair before the
 * beginning that it has worked out.
 */
const EDGE_SECONDS = 1;

/** The recording of the last hours in an audio element: by the browser where it can, else by a library that comes when it is wanted. */
export class Recording {
  readonly #audio: HTMLAudioElement;
  readonly #failed: (gone: boolean) => void;
  #hls: HlsLight | undefined;
  #closed = false;

  /** `failed`: what played has broken off; `gone` when there is no such recording. */
  constructor(audio: HTMLAudioElement, failed: (gone: boolean) => void) {
    this.#audio = audio;
    this.#failed = failed;
  }

  /** Loads the playlist; the sound before it is heard until then. @throws when it cannot be loaded. */
  async open(playlist: string): Promise<void> {
    const audio = this.#audio;
    const own = native(audio) ? undefined : (await import('./hls.ts')).Hls;
    if (this.#closed) return;
    await new Promise<void>((resolve, reject) => {
      const done = new AbortController();
      const once = { once: true, signal: done.signal };
      audio.addEventListener('loadedmetadata', () => (done.abort(), resolve()), once);
      if (own === undefined) {
        audio.addEventListener('error', () => (done.abort(), reject(new Error('no recording'))), once);
        audio.src = playlist;
        return;
      }
      const hls = new own({
        enableWorker: false,
        startPosition: -1,
        liveDurationInfinity: true,
        backBufferLength: 60,
        // A place for cues is a track whose address the content policy refuses, and nothing here has cues.
        enableEmsgMetadataCues: false,
        enableID3MetadataCues: false,
        enableDateRangeMetadataCues: false,
      });
      this.#hls = hls;
      hls.on(own.Events.ERROR, (_name, data) => {
        if (!data.fatal || this.#closed) return;
        done.abort();
        reject(new Error(data.details));
        this.#failed(data.response?.code === 404);
      });
      hls.loadSource(playlist);
      hls.attachMedia(audio);
    });
  }

  /** When what is heard was on the air. */
  date(): number | undefined {
    const { currentTime } = this.#audio;
    // By the piece that is at this time: the library's own date is that of the piece before a jump until the new one sounds.
    const piece = this.#pieces().findLast(({ start }) => start <= currentTime);
    const date =
      piece === undefined
        ? this.#zero() + currentTime * 1000
        : (piece.programDateTime ?? Number.NaN) + (currentTime - piece.start) * 1000;
    return Number.isFinite(date) ? date : undefined;
  }

  /** The date of the element's own beginning; no number where the browser does not tell. */
  #zero(): number {
    return (this.#audio as { getStartDate?(): Date }).getStartDate?.().getTime() ?? Number.NaN;
  }

  go(place: { readonly behind: number } | { readonly date: number }): void {
    const { seekable } = this.#audio;
    if (seekable.length === 0) return;
    const end = seekable.end(seekable.length - 1);
    const wish = 'behind' in place ? end - place.behind : this.#timeOf(place.date);
    if (Number.isFinite(wish))
      this.#audio.currentTime = Math.min(Math.max(seekable.start(0) + EDGE_SECONDS, wish), end);
  }

  #timeOf(date: number): number {
    if (this.#hls === undefined) return (date - this.#zero()) / 1000;
    const piece = this.#pieces().find((one) => date < (one.programDateTime ?? 0) + one.duration * 1000);
    if (piece === undefined) return Number.NaN;
    return piece.start + Math.max(0, date - (piece.programDateTime ?? 0)) / 1000;
  }

  #pieces() {
    return this.#hls?.levels[0]?.details?.fragments ?? [];
  }

  /** Nothing is asked for while nobody listens. */
  rest(): void {
    this.#hls?.stopLoad();
  }
  resume(): void {
    this.#hls?.startLoad();
  }

  close(): void {
    this.#closed = true;
    this.#hls?.destroy();
    this.#hls = undefined;
  }
}
