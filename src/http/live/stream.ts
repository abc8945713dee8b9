import type { Socket } from 'node:net';
import { comparePlaces, type Place } from '../../contract/live.ts';
import { type Frame, wordOf } from './frame.ts';

export type StreamOptions = {
  readonly socket: Socket;
  readonly addressKey: string;
  readonly topics: readonly string[];
  /** Everything up to it has been seen or is not wanted. */
  readonly at: Place;
  /** Bytes that may wait for a slow reader before the stream is ended. */
  readonly maxQueue: number;
  /** Milliseconds since 1970 when it is ended, so that its reader opens a new one. */
  readonly endsAt: number;
  readonly onEnd: (why: StreamEnd) => void;
};

export type StreamEnd = 'left' | 'slow' | 'vanished' | 'old' | 'drained';

/**
 * One reader's stream. It owns the socket: frames are the same bytes for all, so what waits for a slow reader is references and the
 * system's buffer, up to `maxQueue`; then the stream is cut and its reader comes back with the place it had reached.
 */
export class LiveStream {
  readonly topics: readonly string[];
  readonly addressKey: string;
  readonly endsAt: number;
  /** The newest place it was sent, or began at. */
  at: Place;
  readonly #socket: Socket;
  readonly #options: StreamOptions;
  #ended = false;
  #waiting = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.topics = options.topics;
    this.addressKey = options.addressKey;
    this.endsAt = options.endsAt;
    this.at = options.at;
    this.#socket.once('close', () => this.#end('left'));
    this.#socket.on('error', () => this.#socket.destroy());
    // Nothing more is read of a stream; what a client sends is let go, and the end of its side ends the stream.
    this.#socket.on('end', () => this.#socket.destroy());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends frames it has not had yet. */
  send(frames: readonly Frame[]): void {
    if (this.#ended) return;
    if (frames.length > 1) this.#socket.cork();
    for (const frame of frames) {
      if (frame.place !== undefined) {
        if (comparePlaces(frame.place, this.at) <= 0) continue;
        this.at = frame.place;
      }
      this.#socket.write(frame.bytes);
    }
    if (frames.length > 1) this.#socket.uncork();
    if (this.#socket.writableLength > this.#options.maxQueue) this.#cut('slow');
  }

  word(bytes: Buffer): void {
    if (!this.#ended) this.#socket.write(bytes);
  }

  /** Resolves when what was sent has left this process, or the stream has ended. */
  async flushed(): Promise<void> {
    if (this.#ended || !this.#socket.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }

  /** A sign of life, and the look whether anybody takes it: one who has taken nothing since the last one is gone. */
  beat(bytes: Buffer): void {
    const stuck = this.#socket.writableLength > 0;
    if (stuck && this.#waiting) return this.#cut('vanished');
    this.#waiting = stuck;
    this.word(bytes);
  }

  /** Ends it in good order: the reader is asked to come back after `retryMs`. */
  close(why: 'old' | 'drained', retryMs: number): void {
    if (this.#ended) return;
    this.#socket.end(wordOf('bye', { retryMs }));
    this.#end(why);
    // Who never takes the end does not keep the socket.
    setTimeout(() => this.#socket.destroy(), 5000).unref();
  }

  #cut(why: StreamEnd): void {
    this.#end(why);
    this.#socket.destroy();
  }

  #end(why: StreamEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.onEnd(why);
  }
}
