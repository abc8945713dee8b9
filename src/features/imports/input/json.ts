import { Problem } from '../../../base/problem.ts';
import { decode } from './decode.ts';

export type JsonPath = readonly (string | number)[];

type JsonOptions<T> = {
  name: string;
  /** Whether a container at this path is entered; all else is parsed whole and given to `value`. */
  enter: (path: JsonPath, kind: 'object' | 'array') => boolean;
  /** Given each value that was not entered; what it returns is yielded. */
  value: (path: JsonPath, value: unknown) => Iterable<T>;
  /** Whether several values may follow one another, as in newline-delimited JSON; their index begins the path. */
  many?: boolean;
};

const MAX_JSON_DEPTH = 512;
/** The longest value that is parsed whole. */
const MAX_VALUE = 64 << 20;

/**
 * Reads JSON (RFC 8259) of any size as a stream of the values at chosen paths. @throws Problem `invalid` in one line: a file cut
 * short, a fault and where, nesting that is too deep, one value that is too long.
 */
export async function* readJson<T>(
  bytes: AsyncIterable<Uint8Array>,
  options: JsonOptions<T>,
): AsyncGenerator<T> {
  const { chunks } = await decode(bytes, { name: options.name });
  const reading = new JsonReading(options);
  for await (const chunk of chunks) {
    reading.write(chunk);
    yield* reading.take();
  }
  reading.end();
  yield* reading.take();
}

type Open = {
  kind: 'object' | 'array';
  key: string;
  index: number;
  expect: 'first' | 'key' | 'colon' | 'value' | 'next';
};

class JsonReading<T> {
  readonly #options: JsonOptions<T>;
  readonly #open: Open[] = [];
  #ready: T[] = [];
  #roots = 0;
  #done = 0;
  /** The text of the value or key that is being collected. */
  #pieces: string[] | undefined;
  #length = 0;
  #isKey = false;
  #inString = false;
  #escaped = false;
  #scalar = false;
  #depth = 0;

  constructor(options: JsonOptions<T>) {
    this.#options = options;
  }

  take(): T[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  write(chunk: string): void {
    let i = chunk.charCodeAt(0) === 0xfeff && this.#done === 0 ? 1 : 0;
    while (i < chunk.length) i = this.#pieces === undefined ? this.#step(chunk, i) : this.#collect(chunk, i);
    this.#done += chunk.length;
  }

  end(): void {
    const { name } = this.#options;
    if (this.#pieces !== undefined && this.#open.length === 0 && this.#scalar) this.#finish();
    if (this.#open.length > 0 || this.#pieces !== undefined)
      throw new Problem(
        'invalid',
        `${name} is cut short: it ends inside ${this.#place()} (character ${this.#done}).`,
        'Get the whole file again.',
      );
    if (this.#roots === 0) throw new Problem('invalid', `${name} is empty.`, 'Get the file again.');
  }

  #place(): string {
    const path = this.#path().join('.');
    return path === '' ? 'its first value' : `“${path}”`;
  }

  #path(): (string | number)[] {
    const path = this.#open.map((open) => (open.kind === 'object' ? open.key : open.index));
    return this.#options.many === true ? [this.#roots, ...path] : path;
  }

  #fault(at: number, what: string): Problem {
    return new Problem(
      'invalid',
      `${this.#options.name} is not valid JSON: ${what} at character ${this.#done + at + 1}, in ${this.#place()}.`,
      'Get the file again, or mend the place.',
    );
  }

  /** One character outside a collected value. @returns the next position. */
  #step(chunk: string, at: number): number {
    const char = chunk[at] ?? '';
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') return at + 1;
    const open = this.#open.at(-1);
    if (open === undefined) {
      if (this.#roots > 0 && this.#options.many !== true)
        throw this.#fault(at, 'there is more after its end');
      return this.#begin(chunk, at);
    }
    if (
      (open.expect === 'first' || open.expect === 'next') &&
      char === (open.kind === 'object' ? '}' : ']')
    ) {
      this.#open.pop();
      this.#after();
      return at + 1;
    }
    if (open.expect === 'next') {
      if (char !== ',') throw this.#fault(at, `“${char}” stands where a comma should`);
      open.index += 1;
      open.expect = open.kind === 'object' ? 'key' : 'value';
      return at + 1;
    }
    if (open.expect === 'colon') {
      if (char !== ':') throw this.#fault(at, `“${char}” stands where a colon should`);
      open.expect = 'value';
      return at + 1;
    }
    if (open.kind === 'object' && open.expect !== 'value') {
      if (char !== '"') throw this.#fault(at, `“${char}” stands where a name should`);
      this.#start({ isKey: true, scalar: false });
      return at;
    }
    return this.#begin(chunk, at);
  }

  #begin(chunk: string, at: number): number {
    const char = chunk[at];
    const kind = char === '{' ? 'object' : char === '[' ? 'array' : undefined;
    if (kind !== undefined && this.#open.length < 16 && this.#options.enter(this.#path(), kind)) {
      this.#open.push({ kind, key: '', index: 0, expect: 'first' });
      return at + 1;
    }
    if (kind === undefined && char !== '"' && !/[-\dtfn]/.test(char ?? ''))
      throw this.#fault(at, `“${char}” begins no value`);
    this.#start({ isKey: false, scalar: kind === undefined && char !== '"' });
    return at;
  }

  #start({ isKey, scalar }: { isKey: boolean; scalar: boolean }): void {
    this.#pieces = [];
    this.#length = 0;
    this.#isKey = isKey;
    this.#scalar = scalar;
    this.#inString = false;
    this.#escaped = false;
    this.#depth = 0;
  }

  /** Takes what belongs to the value that is being collected. @returns the position behind it, or the chunk's end. */
  #collect(chunk: string, from: number): number {
    let i = from;
    let ended = false;
    for (; i < chunk.length && !ended; i += 1) {
      const code = chunk.charCodeAt(i);
      if (this.#scalar) {
        if (code === 0x2c || code === 0x7d || code === 0x5d || code <= 0x20) {
          this.#keep(chunk.slice(from, i), i);
          this.#finish(i);
          return i;
        }
      } else if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === 0x5c) this.#escaped = true;
        else if (code === 0x22) {
          this.#inString = false;
          ended = this.#depth === 0;
        }
      } else if (code === 0x22) this.#inString = true;
      else if (code === 0x7b || code === 0x5b) {
        this.#depth += 1;
        if (this.#depth > MAX_JSON_DEPTH)
          throw new Problem(
            'invalid',
            `${this.#options.name} nests deeper than ${MAX_JSON_DEPTH} levels in ${this.#place()}.`,
            'It is no export that can be read.',
          );
      } else if (code === 0x7d || code === 0x5d) {
        this.#depth -= 1;
        ended = this.#depth === 0;
      }
    }
    this.#keep(chunk.slice(from, i), i);
    if (ended) this.#finish(i);
    return i;
  }

  #keep(piece: string, at: number): void {
    this.#length += piece.length;
    if (this.#length > MAX_VALUE) throw this.#fault(at, 'one value is longer than 64 MB');
    this.#pieces?.push(piece);
  }

  #finish(at = 0): void {
    const text = (this.#pieces ?? []).join('');
    this.#pieces = undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      const problem = this.#fault(
        at,
        `the value that ends here cannot be read (${cause instanceof Error ? cause.message.slice(0, 80) : 'fault'})`,
      );
      throw new Problem('invalid', problem.message, problem.help, { cause });
    }
    const open = this.#open.at(-1);
    if (this.#isKey && open !== undefined) {
      open.key = String(value);
      open.expect = 'colon';
      return;
    }
    for (const item of this.#options.value(this.#path(), value)) this.#ready.push(item);
    this.#after();
  }

  #after(): void {
    const open = this.#open.at(-1);
    if (open === undefined) this.#roots += 1;
    else open.expect = 'next';
  }
}
