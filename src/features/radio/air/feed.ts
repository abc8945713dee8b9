import type { Frame } from '../frames/frame.ts';
import type { Title } from '../source/metadata.ts';

/** Something that sounds: an encoder, a relayed stream, the fallback. */
export type Feed = {
  readonly kind: 'encoder' | 'relay' | 'fallback';
  stop(): void;
};

/** Where a feed brings its sound. What comes while another has the air is not heard. */
export type FeedSink = {
  frames(frames: readonly Frame[]): void;
  title(title: Title): void;
  /** The feed is over by itself. */
  over(why: string): void;
};
