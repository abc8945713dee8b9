import type { Socket } from 'node:net';
import { META_INTERVAL, metadataBlock, NO_CHANGE } from './icy.ts';

export type Listener = {
  readonly socket: Socket;
  readonly since: number;
  /** The listener wants titles between the sound. */
  readonly icy: boolean;
  readonly bot: boolean;
  /** Who listens, as far as counting may know: a keyed hash. */
  readonly key: string;
  bytes: number;
  /** Sound until the next metadata. */
  left: number;
  /** Which title was sent last. */
  titleVersion: number;
  /** The first block that it has not had. */
  next: number;
  slot: number;
  readonly onEnd: ((listener: Listener, why: Leaving) => void) | undefined;
};
export type Leaving = 'left' | 'stalled' | 'closed';

export type AudienceOptions = {
  /** Bytes that may wait for one listener; who has more has stopped to read and is dropped. */
  readonly queueBytes: number;
};

/** How many listeners are served before others of the process get a turn. */
const BATCH = 500;

/**
 * All who hear one stream. A block is one buffer for all of them; each costs one write. Nothing waits for anybody: a listener whose queue
 * is full is dropped, and there is no timer and no promise for each.
 */
export class Audience {
  /** Those who left are holes until the next block begins, so that nobody changes places while it is given out. */
  #places: (Listener | undefined)[] = [];
  #holes = 0;
  readonly #queue: { readonly number: number; readonly bytes: Buffer }[] = [];
  readonly #queueBytes: number;
  #number = 0;
  #draining = false;
  #title = '';
  #titleVersion = 1;
  #meta = metadataBlock('');
  dropped = 0;
  sent = 0;

  constructor(options: AudienceOptions) {
    this.#queueBytes = options.queueBytes;
  }

  get size(): number {
    return this.#places.length - this.#holes;
  }

  get listeners(): readonly Listener[] {
    return this.#places.filter((listener) => listener !== undefined);
  }

  setTitle(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.#titleVersion += 1;
    this.#meta = metadataBlock(title);
  }

  /** Takes a connection whose headers have been sent; `first` is what it hears at once: everything up to the newest block. */
  add(
    given: Pick<Listener, 'socket' | 'icy' | 'bot' | 'key' | 'onEnd'> & { now: number },
    first: readonly Buffer[],
  ): Listener {
    const { socket, icy, bot, key, onEnd, now } = given;
    const listener: Listener = {
      socket,
      icy,
      bot,
      key,
      onEnd,
      since: now,
      bytes: 0,
      left: META_INTERVAL,
      titleVersion: 0,
      next: this.#number,
      slot: this.#places.length,
    };
    socket.setNoDelay(true);
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#remove(listener, 'left'));
    this.#places.push(listener);
    socket.cork();
    for (const bytes of first) this.#write(listener, bytes);
    socket.uncork();
    return listener;
  }

  /** Gives a block to everybody who is there now. */
  send(bytes: Buffer): void {
    this.#queue.push({ number: this.#number, bytes });
    this.#number += 1;
    if (this.#draining) return;
    this.#draining = true;
    this.#drain(0);
  }

  #drain(from: number): void {
    const block = this.#queue[0];
    if (block === undefined) {
      this.#draining = false;
      return;
    }
    if (from === 0 && this.#holes > 0) this.#closeRanks();
    const end = Math.min(this.#places.length, from + BATCH);
    for (let at = from; at < end; at += 1) {
      const listener = this.#places[at];
      if (listener !== undefined && listener.next === block.number) this.#give(listener, block.bytes);
    }
    const done = end >= this.#places.length;
    if (done) this.#queue.shift();
    if (done && this.#queue.length === 0) this.#draining = false;
    else setImmediate(() => this.#drain(done ? 0 : end));
  }

  #closeRanks(): void {
    this.#places = this.#places.filter((listener) => listener !== undefined);
    this.#holes = 0;
    for (const [slot, listener] of this.#places.entries()) if (listener !== undefined) listener.slot = slot;
  }

  #give(listener: Listener, bytes: Buffer): void {
    const { socket } = listener;
    listener.next += 1;
    if (socket.destroyed) return;
    if (socket.writableLength > this.#queueBytes) {
      this.dropped += 1;
      this.#remove(listener, 'stalled');
      socket.destroy();
      return;
    }
    if (!listener.icy) {
      listener.bytes += bytes.length;
      this.sent += bytes.length;
      socket.write(bytes);
      return;
    }
    socket.cork();
    this.#write(listener, bytes);
    socket.uncork();
  }

  #write(listener: Listener, bytes: Buffer): void {
    listener.bytes += bytes.length;
    this.sent += bytes.length;
    if (!listener.icy) return void listener.socket.write(bytes);
    let at = 0;
    while (bytes.length - at >= listener.left) {
      listener.socket.write(bytes.subarray(at, at + listener.left));
      at += listener.left;
      listener.left = META_INTERVAL;
      const fresh = listener.titleVersion !== this.#titleVersion;
      listener.titleVersion = this.#titleVersion;
      listener.socket.write(fresh ? this.#meta : NO_CHANGE);
    }
    if (at < bytes.length) {
      listener.socket.write(at === 0 ? bytes : bytes.subarray(at));
      listener.left -= bytes.length - at;
    }
  }

  #remove(listener: Listener, why: Leaving): void {
    if (this.#places[listener.slot] !== listener) return;
    this.#places[listener.slot] = undefined;
    this.#holes += 1;
    listener.onEnd?.(listener, why);
  }

  /** Ends every connection: the stream changes its kind, or the process goes. Players come back by themselves. */
  close(): void {
    for (const listener of this.listeners) {
      this.#remove(listener, 'closed');
      listener.socket.destroySoon();
    }
    this.#queue.length = 0;
  }
}
