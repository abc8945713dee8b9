import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import {
  audienceOf,
  type FlatHeaders,
  IMMUTABLE,
  NO_STORE,
  pageCacheControl,
  securityHeaders,
} from '../headers.ts';
import type { Encoding } from './conditional.ts';
import type { PageAnswer } from './page-route.ts';

const compressBr = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** One encoding of a page, ready to be sent. */
export type Variant = {
  readonly body: Buffer;
  readonly etag: string;
  readonly headers: FlatHeaders;
  readonly notModified: FlatHeaders;
};

/** A page in memory. Encodings are made when first asked for. */
export type Entry = {
  readonly key: string;
  readonly status: number;
  readonly tags: readonly string[];
  /** What a request for it is counted as; undefined for what is not counted. */
  readonly subject: string | undefined;
  /** Whether it carries an ETag, so that If-None-Match can be answered with 304. */
  readonly validated: boolean;
  /** Milliseconds since 1970; Infinity: until a tag is bumped. */
  readonly expiresAt: number;
  readonly variants: { readonly identity: Variant; br: Variant | undefined; gzip: Variant | undefined };
  /** Tells the variant for an encoding, compressing when it is the first to ask. */
  encode(encoding: Encoding): Promise<Variant>;
  /** Bytes of memory, near enough. */
  size(): number;
  /** Set by every hit, cleared by the sweep of the eviction (CLOCK). */
  used: boolean;
};

export type EntryOptions = {
  readonly https: boolean;
  /** Seconds that a shared cache may keep a page. */
  readonly sharedSeconds: number;
  /** Sends the tags as Surrogate-Key. */
  readonly surrogateKeys: boolean;
  readonly now: number;
  /** Called when the entry has grown by so many bytes. */
  readonly grown?: (entry: Entry, bytes: number) => void;
};

const COMPRESSIBLE = /^(text\/|image\/svg|application\/(json|xml|javascript|manifest|[\w.-]+\+(json|xml)))/;
const SMALLEST = 400;
const SURROGATE_KEY_BYTES = 4096;
const OVERHEAD = 2048;

/** Makes the page's entry: headers joined once, so that a hit only sends. */
export function makeEntry(
  { key, answer }: { key: string; answer: PageAnswer },
  options: EntryOptions,
): Entry {
  const bytes = Buffer.from(answer.body);
  const digest = createHash('sha256')
    .update(answer.contentType)
    .update('\0')
    .update(bytes)
    .digest('base64url');
  const compressible = COMPRESSIBLE.test(answer.contentType) && bytes.length >= SMALLEST;
  const always = answer.cache === 'none' ? ['Cache-Control', NO_STORE] : cacheHeaders(answer, options);
  if (compressible) always.push('Vary', 'Accept-Encoding');
  const extra = Object.entries(answer.headers ?? {}).flat();
  const secure = securityHeaders(audienceOf(answer.contentType), options.https);

  const validated = answer.status === 200 && answer.cache !== 'none';
  const variant = (body: Buffer, encoding: Encoding): Variant => {
    const etag = `"${digest.slice(0, 22)}${encoding === 'identity' ? '' : `-${encoding}`}"`;
    const validators = validated ? ['ETag', etag, ...always] : always;
    const headers = ['Content-Type', answer.contentType, 'Content-Length', String(body.length)];
    if (encoding !== 'identity') headers.push('Content-Encoding', encoding);
    if (answer.location !== undefined) headers.push('Location', answer.location);
    headers.push(...validators, ...extra, ...secure);
    return { body, etag, headers, notModified: validators };
  };

  const identity = variant(bytes, 'identity');
  const variants: Entry['variants'] = { identity, br: undefined, gzip: undefined };
  if (!compressible) {
    variants.br = identity;
    variants.gzip = identity;
  }
  const pending: { br?: Promise<Variant>; gzip?: Promise<Variant> } = {};
  const compress = async (encoding: 'br' | 'gzip'): Promise<Variant> => {
    const packed = await (encoding === 'br'
      ? answer.packed === undefined
        ? brotli(bytes)
        : Buffer.from(answer.packed)
      : compressGzip(bytes, { level: 6 }));
    const made = packed.length < bytes.length ? variant(packed, encoding) : identity;
    variants[encoding] = made;
    if (made !== identity) options.grown?.(entry, made.body.length + OVERHEAD / 2);
    return made;
  };
  const entry: Entry = {
    key,
    status: answer.status,
    tags: answer.tags,
    subject: answer.subject,
    validated,
    expiresAt: answer.maxAgeSeconds === undefined ? Infinity : options.now + answer.maxAgeSeconds * 1000,
    variants,
    encode: async (encoding) => {
      if (encoding === 'identity') return identity;
      return variants[encoding] ?? (await (pending[encoding] ??= compress(encoding)));
    },
    size: () => {
      let size = bytes.length + OVERHEAD + key.length * 2;
      for (const made of [variants.br, variants.gzip])
        if (made !== undefined && made !== identity) size += made.body.length + OVERHEAD / 2;
      return size;
    },
    used: false,
  };
  return entry;
}

/** Level 5 costs about a millisecond for 30 KB and comes within a tenth of the best. */
function brotli(bytes: Buffer): Promise<Buffer> {
  return compressBr(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

function cacheHeaders(answer: PageAnswer, options: EntryOptions): string[] {
  if (answer.cache === 'immutable') return ['Cache-Control', IMMUTABLE];
  const seconds = Math.min(options.sharedSeconds, answer.maxAgeSeconds ?? options.sharedSeconds);
  const headers = [...pageCacheControl(seconds)];
  if (!options.surrogateKeys || answer.tags.length === 0) return headers;
  let keys = '';
  for (const tag of answer.tags) {
    if (keys.length + tag.length > SURROGATE_KEY_BYTES) break;
    keys += keys === '' ? encodeURI(tag) : ` ${encodeURI(tag)}`;
  }
  headers.push('Surrogate-Key', keys);
  return headers;
}
