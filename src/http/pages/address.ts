/** Bytes of a request target; what is longer is no address of ours. */
export const MAX_TARGET = 2048;
const MAX_QUERY_VALUE = 512;

export type Address =
  | {
      readonly kind: 'address';
      /** Percent-encoded in one way: the same page has the same path. */
      readonly path: string;
      /** Decoded, NFC. Empty for `/`. */
      readonly segments: readonly string[];
      readonly search: string;
    }
  /** Written otherwise than we write it: `location` is the address to go to (308). */
  | { readonly kind: 'moved'; readonly location: string }
  | { readonly kind: 'bad'; readonly status: 400 | 414; readonly reason: string };

/**
 * Reads the target of a request line (RFC 9112 §3.2, origin-form and absolute-form). Double slashes, dot segments and a trailing
 * slash lead to the address without them; different percent-encodings of one path are one address.
 */
export function readAddress(target: string): Address {
  if (target.length > MAX_TARGET)
    return { kind: 'bad', status: 414, reason: `The address is longer than ${MAX_TARGET} bytes.` };
  const local = originForm(target);
  if (local === undefined || hasForbidden(local))
    return { kind: 'bad', status: 400, reason: 'This is no address.' };
  const mark = local.indexOf('?');
  const rawPath = mark === -1 ? local : local.slice(0, mark);
  const search = mark === -1 ? '' : local.slice(mark + 1);
  const segments: string[] = [];
  let moved = false;
  const pieces = rawPath.slice(1).split('/');
  for (const [index, piece] of pieces.entries()) {
    const last = index === pieces.length - 1;
    const text = decode(piece);
    if (text === undefined)
      return { kind: 'bad', status: 400, reason: 'The address has a malformed percent-encoding.' };
    if (text === '' && last && pieces.length === 1) break;
    if (text === '' || text === '.' || text === '..') {
      moved = true;
      if (text === '..') segments.pop();
    } else segments.push(text);
  }
  const path = `/${segments.map(encodeURIComponent).join('/')}`;
  if (moved) return { kind: 'moved', location: search === '' ? path : `${path}?${search}` };
  return { kind: 'address', path, segments, search };
}

function originForm(target: string): string | undefined {
  if (target.startsWith('/')) return target;
  const absolute = /^https?:\/\/[^/?#]+(.*)$/i.exec(target)?.[1];
  if (absolute === undefined) return undefined;
  return absolute.startsWith('/') ? absolute : `/${absolute}`;
}

/** A fragment, white space, controls, or bytes that are not ASCII have no place in a request line. */
function hasForbidden(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f || code === 0x23) return true;
  }
  return false;
}

/** Undefined for malformed UTF-8, controls, and an encoded slash, which would let one address pass for another. */
function decode(piece: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(piece);
  } catch {
    return undefined;
  }
  // oxlint-disable-next-line no-control-regex -- controls are what is looked for
  return /[\u0000-\u001f\u007f/\\]/.test(text) ? undefined : text.normalize('NFC');
}

/** The known keys of a query, in the route's order: first value of each, trimmed; undefined when a value is too long. */
export function readQuery(search: string, known: readonly string[]): Record<string, string> | undefined {
  const query: Record<string, string> = {};
  if (search === '' || known.length === 0) return query;
  const given = new URLSearchParams(search);
  for (const key of known) {
    const value = given.get(key)?.trim().normalize('NFC');
    if (value === undefined || value === '') continue;
    if (value.length > MAX_QUERY_VALUE) return undefined;
    query[key] = value;
  }
  return query;
}

/** The one key of a page in the cache: its canonical path and known query. It is itself a request target. */
export function cacheKey(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}
