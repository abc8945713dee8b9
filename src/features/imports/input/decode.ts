import { Problem } from '../../../base/problem.ts';

type Decoded = {
  /** The encoding that was found, in the name of the Encoding Standard. */
  encoding: string;
  chunks: AsyncGenerator<string>;
};

/** How many bytes are looked at for a byte order mark and a declaration. */
const HEAD = 1024;

/**
 * Bytes as text. The encoding is that of the byte order mark, else of `declared` in the first bytes, else UTF-8. Nothing is replaced
 * silently: bytes that the encoding does not know are refused. @throws Problem `invalid` naming the byte.
 */
export async function decode(
  bytes: AsyncIterable<Uint8Array>,
  { name, declared }: { name: string; declared?: (head: string) => string | undefined },
): Promise<Decoded> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < HEAD) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const encoding = detect(head, declared, name);
  return { encoding, chunks: decodeAll({ head, iterator, encoding, name }) };
}

function detect(
  head: Uint8Array,
  declared: ((head: string) => string | undefined) | undefined,
  name: string,
): string {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== undefined && a !== 0 && b === 0) return 'utf-16le';
  if (a === 0 && b !== undefined && b !== 0) return 'utf-16be';
  const label = declared?.(new TextDecoder('latin1').decode(head.subarray(0, HEAD)));
  if (label === undefined) return 'utf-8';
  try {
    const { encoding } = new TextDecoder(label);
    // The declaration was readable a byte a letter, so the text is not what it says.
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch (cause) {
    throw new Problem(
      'unsupported',
      `${name} says it is encoded as ${label}, which is not known.`,
      'Convert it to UTF-8.',
      { cause },
    );
  }
}

async function* decodeAll({
  head,
  iterator,
  encoding,
  name,
}: {
  head: Uint8Array;
  iterator: AsyncIterator<Uint8Array>;
  encoding: string;
  name: string;
}): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let done = 0;
  const text = (chunk: Uint8Array, stream: boolean): string => {
    try {
      const out = decoder.decode(chunk, { stream });
      done += chunk.length;
      return out;
    } catch (cause) {
      const at = done + (stream ? badByte(chunk, encoding) : 0);
      throw new Problem(
        'invalid',
        `${name} is not valid ${encoding.toUpperCase()} near byte ${at}.`,
        'Convert it to UTF-8, or declare the encoding it has.',
        { cause },
      );
    }
  };
  try {
    if (head.length > 0) yield text(head, true);
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield text(next.value, true);
    const rest = text(new Uint8Array(), false);
    if (rest !== '') yield rest;
  } finally {
    await iterator.return?.();
  }
}

/** Where in a chunk the first bytes stand that do not decode. */
function badByte(chunk: Uint8Array, encoding: string): number {
  let good = 0;
  let bad = chunk.length;
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(chunk.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
