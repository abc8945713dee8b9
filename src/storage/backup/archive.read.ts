import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Problem } from '../../base/problem.ts';
import {
  END_BYTES,
  HEADER,
  type Header,
  MANIFEST,
  manifestLine,
  SEAL,
  sealText,
  SUMMARY,
  type Summary,
} from './format.ts';
import { BLOCK, padding, parseTarHeader, type TarEntry, tarHeader } from './tar.ts';

const PIECE = 1 << 20;
/** Header, summary and seal are held in memory. */
const SMALL = 64 << 20;

export type ReadEntry = TarEntry & { readonly body: AsyncIterable<Buffer> };

export type ArchiveVisitor = {
  header?(header: Header): Promise<void>;
  /** Called for each table part and media file in order; bytes it leaves unread are read past. */
  entry?(entry: ReadEntry): Promise<void>;
};

export type ReadResult = {
  readonly header: Header;
  readonly summary: Summary;
  /** Of the whole file: the same in two readings when nobody changed it between. */
  readonly sha256: string;
};

/**
 * Reads a backup from end to end and checks every byte of it against manifest and seal, in flat memory.
 * @throws Problem `invalid` in one line when it is torn, altered, or no backup.
 */
export async function readArchive(file: string, visitor: ArchiveVisitor = {}): Promise<ReadResult> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Problem('not-found', `The backup ${file} cannot be opened: ${why}.`, undefined, { cause });
  });
  try {
    return await read(new Source(handle, file), visitor);
  } finally {
    await handle.close();
  }
}

async function read(source: Source, visitor: ArchiveVisitor): Promise<ReadResult> {
  const manifest = createHash('sha256');
  let header: Header | undefined;
  let summary: Summary | undefined;
  let sealable = false;
  for (;;) {
    const before = source.digest();
    const at = source.position;
    const block = await source.take(BLOCK);
    const entry = parseTarHeader(block);
    if (entry === undefined) throw header === undefined ? source.foreign() : source.altered(`at byte ${at}`);
    if (header === undefined && entry.name !== HEADER) throw source.foreign();
    const hash = createHash('sha256');
    const body = source.body(entry, hash);
    const small = async (): Promise<string> => {
      if (entry.bytes > SMALL) throw source.altered(entry.name);
      const pieces: Buffer[] = [];
      for await (const piece of body) pieces.push(piece);
      return Buffer.concat(pieces).toString();
    };
    if (entry.name === HEADER) {
      header = readHeader(source, await small());
      await visitor.header?.(header);
    } else if (entry.name === SUMMARY) summary = source.json<Summary>(await small(), SUMMARY);
    else if (entry.name === SEAL) {
      const text = await small();
      const sound =
        text === sealText({ sha256: before, bytes: at }) &&
        block.equals(tarHeader({ name: SEAL, bytes: entry.bytes, mtime: 0 })) &&
        (await source.take(padding(entry.bytes))).every((byte) => byte === 0);
      if (!sealable || !sound) throw source.altered('its seal does not fit');
      const end = await source.take(END_BYTES);
      if (end.some((byte) => byte !== 0) || !(await source.atEnd())) throw source.altered('after its seal');
      break;
    } else if (entry.name !== MANIFEST) await visitor.entry?.({ ...entry, body });
    for await (const _rest of body); // What the visitor left.
    if ((await source.take(padding(entry.bytes))).some((byte) => byte !== 0))
      throw source.altered(entry.name);
    const sha256 = hash.digest('hex');
    if (entry.name === MANIFEST) {
      if (sha256 !== manifest.copy().digest('hex')) throw source.altered('it is not what its manifest lists');
      sealable = true;
    } else manifest.update(manifestLine({ ...entry, sha256 }));
  }
  if (summary === undefined || header === undefined) throw source.altered('it has no summary');
  return { header, summary, sha256: source.digest() };
}

function readHeader(source: Source, text: string): Header {
  const header = source.json<Header>(text, HEADER);
  if (header.format !== 'dateline-backup') throw source.foreign();
  if (header.version !== 1) {
    throw new Problem(
      'unsupported',
      `${source.file} is a backup of form ${String(header.version)}; this version of Dateline reads form 1.`,
      'Restore it with the version that wrote it.',
    );
  }
  return header;
}

/** The file as a line of bytes, hashed as they go by. */
class Source {
  readonly file: string;
  readonly #handle: FileHandle;
  readonly #whole = createHash('sha256');
  position = 0;

  constructor(handle: FileHandle, file: string) {
    this.#handle = handle;
    this.file = file;
  }

  digest(): string {
    return this.#whole.copy().digest('hex');
  }

  async take(bytes: number): Promise<Buffer> {
    const buffer = Buffer.alloc(bytes);
    for (let have = 0; have < bytes;) {
      const { bytesRead } = await this.#handle.read(buffer, have, bytes - have, this.position + have);
      if (bytesRead === 0) {
        throw new Problem(
          'invalid',
          `The backup ${this.file} is torn: it ends after ${this.position + have} bytes, before its seal.`,
          'Copy it again, or use another backup.',
        );
      }
      have += bytesRead;
    }
    this.position += bytes;
    this.#whole.update(buffer);
    return buffer;
  }

  /**
   * An entry's bytes. Leaving off loses nothing: whoever asks next gets the next piece, one at a time, so a stream that was given up
   * while it read ahead cannot disturb the place in the file.
   */
  body(entry: TarEntry, hash: { update(piece: Buffer): unknown }): AsyncIterable<Buffer> {
    let left = entry.bytes;
    let turn: Promise<unknown> = Promise.resolve();
    const read = async (): Promise<IteratorResult<Buffer, undefined>> => {
      if (left === 0) return { done: true, value: undefined };
      const piece = await this.take(Math.min(left, PIECE));
      left -= piece.length;
      hash.update(piece);
      return { done: false, value: piece };
    };
    const next = (): Promise<IteratorResult<Buffer, undefined>> => {
      const result = turn.then(read);
      turn = result.catch(() => undefined); // The fault is told to the one who asked.
      return result;
    };
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  async atEnd(): Promise<boolean> {
    return (await this.#handle.read(Buffer.alloc(1), 0, 1, this.position)).bytesRead === 0;
  }

  json<T>(text: string, name: string): T {
    try {
      return JSON.parse(text) as T;
    } catch {
      throw this.altered(name);
    }
  }

  foreign(): Problem {
    return new Problem(
      'invalid',
      `${this.file} is not a backup of Dateline.`,
      'Name a file that dateline backup wrote.',
    );
  }

  altered(where: string): Problem {
    return new Problem(
      'invalid',
      `The backup ${this.file} was altered or damaged: ${where}.`,
      'Copy it again, or use another backup.',
    );
  }
}
