/** The three codings that a mount takes, told apart by content. */
export type Format = 'mp3' | 'aac' | 'opus';

/** What stays the same from one frame to the next. A change of `key` is a change of format: decoders start anew. */
export type StreamInfo = {
  readonly format: Format;
  /** Samples a second: the unit of `Frame.samples`. */
  readonly rate: number;
  readonly channels: number;
  /** RFC 6381 name for playlists. */
  readonly codec: string;
  readonly key: string;
  /** The OpusHead packet (RFC 7845 §5.1), with which every Opus stream begins. */
  readonly head?: Buffer;
};

/** One frame of MP3 or ADTS with its header, or one Opus packet. */
export type Frame = { readonly info: StreamInfo; readonly bytes: Buffer; readonly samples: number };

/** Titles that a stream carries within itself (Vorbis comments of OpusTags). */
export type Tags = { readonly title?: string; readonly artist?: string };

/**
 * Cuts a stream of bytes into whole frames. What is no frame is skipped and counted; never more than `MAX_HELD` bytes are kept back.
 */
export type Cutter = {
  push(chunk: Buffer): readonly Frame[];
  /** The frame that waited for its successor; the stream is over. */
  end(): readonly Frame[];
  /** Bytes that belonged to no frame. */
  readonly skipped: number;
  readonly tags?: Tags;
};

/** The largest page of Ogg is 65,307 bytes; frames of MP3 and AAC are far smaller. */
export const MAX_HELD = 256 * 1024;

/** What a stream of bytes is sent as. */
export const mimeOf = { mp3: 'audio/mpeg', aac: 'audio/aac', opus: 'audio/ogg' } as const satisfies Record<
  Format,
  string
>;
