import type { Socket } from 'node:net';
import type { Format, Frame, StreamInfo } from '../frames/frame.ts';
import type { SegmentStore } from '../store/segment-store.ts';
import { Audience, type Listener } from './audience.ts';
import { type Block, makePacker, opusHead } from './block.ts';

export type ChannelOptions = {
  readonly store: SegmentStore;
  /** What a newcomer gets at once. */
  readonly burstBytes: number;
  readonly queueBytes: number;
  readonly now: () => number;
};

/** One stream of sound: frames in; out go the progressive stream, the segments and the recording. */
export class Channel {
  readonly audience: Audience;
  readonly store: SegmentStore;
  readonly #options: ChannelOptions;
  #serial = Math.floor(Math.random() * 2 ** 32);
  #packer = makePacker(this.#serial);
  #info: StreamInfo | undefined;
  #coming: StreamInfo | undefined;
  #burst: Buffer[] = [];
  #burstBytes = 0;
  #bits = 0;
  #seconds = 0;
  readonly #taps = new Set<(block: Block) => void>();
  readonly #frameTaps = new Set<(frames: readonly Frame[]) => void>();
  readonly #formatChanges = new Set<() => void>();
  readonly #breaks = new Set<() => void>();

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.store = options.store;
    this.audience = new Audience({ queueBytes: options.queueBytes });
  }

  /** What is heard; known from the first frame on, before the first block is full. */
  get info(): StreamInfo | undefined {
    return this.#info ?? this.#coming;
  }
  get format(): Format | undefined {
    return this.info?.format;
  }
  /** Average of what has come lately, kbit/s. */
  get kbits(): number {
    return this.#seconds === 0 ? 0 : Math.round(this.#bits / this.#seconds / 1000);
  }

  /** Hears every block after it has gone out: meters and encoders of further bit rates. Returns the way to stop. */
  tap(hear: (block: Block) => void): () => void {
    this.#taps.add(hear);
    return () => void this.#taps.delete(hear);
  }
  /** Hears every frame as it comes in. Returns the way to stop. */
  tapFrames(hear: (frames: readonly Frame[]) => void): () => void {
    this.#frameTaps.add(hear);
    return () => void this.#frameTaps.delete(hear);
  }

  /** Is told when what follows comes from elsewhere. */
  onBreak(tell: () => void): () => void {
    this.#breaks.add(tell);
    return () => void this.#breaks.delete(tell);
  }

  /** Is told when decoders have to start anew. */
  onFormatChange(tell: () => void): () => void {
    this.#formatChanges.add(tell);
    return () => void this.#formatChanges.delete(tell);
  }

  push(frames: readonly Frame[]): void {
    this.#coming = frames[0]?.info ?? this.#coming;
    for (const hear of this.#frameTaps) hear(frames);
    for (const frame of frames) {
      const block = this.#packer.push(frame);
      if (block !== undefined) this.#air(block);
    }
  }

  /** What follows comes from elsewhere: what has gathered goes out, and playlists mark the place. */
  interrupt(): void {
    const block = this.#packer.flush();
    if (block !== undefined) this.#air(block);
    this.store.interrupt();
    for (const tell of this.#breaks) tell();
  }

  #air(block: Block): void {
    if (this.#info?.key !== block.info.key) this.#newFormat(block.info);
    this.#burst.push(block.bytes);
    this.#burstBytes += block.bytes.length;
    while (
      this.#burst.length > 1 &&
      this.#burstBytes - (this.#burst[0]?.length ?? 0) >= this.#options.burstBytes
    )
      this.#burstBytes -= this.#burst.shift()?.length ?? 0;
    const seconds = block.samples / block.info.rate;
    this.#bits = this.#bits * 0.95 + block.bytes.length * 8;
    this.#seconds = this.#seconds * 0.95 + seconds;
    this.audience.send(block.bytes);
    this.store.append(block);
    for (const hear of this.#taps) hear(block);
  }

  #newFormat(info: StreamInfo): void {
    const before = this.#info;
    this.#info = info;
    this.#burst = [];
    this.#burstBytes = 0;
    this.#bits = 0;
    this.#seconds = 0;
    if (before === undefined) return;
    // A decoder of MP3 or ADTS follows a change of rate or channels; one of another coding cannot, nor can Opus without a new head.
    if (before.format !== info.format || info.format === 'opus') this.audience.close();
    for (const tell of this.#formatChanges) tell();
  }

  /** Lets a connection listen; its answer's head has been sent. */
  join(given: {
    socket: Socket;
    icy: boolean;
    bot: boolean;
    key: string;
    onEnd?: Listener['onEnd'];
  }): Listener {
    const { info } = this;
    const head = info?.format === 'opus' ? [opusHead(info, this.#serial)] : [];
    return this.audience.add({ ...given, onEnd: given.onEnd, now: this.#options.now() }, [
      ...head,
      ...this.#burst,
    ]);
  }

  async close(): Promise<void> {
    this.interrupt();
    this.audience.close();
    await this.store.close();
  }
}
