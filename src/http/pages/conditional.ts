export type Encoding = 'br' | 'gzip' | 'identity';

/**
 * The best of our encodings by RFC 9110 §12.5.3: highest q, then br before gzip before identity. Identity is sent as a last resort, even
 * where it is refused, because a page is better than a 406.
 */
export function chooseEncoding(header: string | undefined): Encoding {
  if (header === undefined || header === '') return 'identity';
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';');
    const weight = parameters
      .map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(parameter)?.[1])
      .find(Boolean);
    const q = weight === undefined ? 1 : Number(weight);
    if (name.trim() !== '') weights.set(name.trim(), Number.isFinite(q) ? Math.min(q, 1) : 0);
  }
  const any = weights.get('*');
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? any ?? 0;
  const br = weights.get('br') ?? any ?? 0;
  // Identity is acceptable unless refused, but what was named is preferred over what was not.
  const identity = weights.get('identity') ?? (any === 0 ? 0 : 0.0001);
  if (br > 0 && br >= gzip && br >= identity) return 'br';
  if (gzip > 0 && gzip >= identity) return 'gzip';
  return 'identity';
}

const known = new Map<string, Encoding>();

/** `chooseEncoding`, remembered: browsers send a handful of different headers. Bounded. */
export function encodingOf(header: string | string[] | undefined): Encoding {
  if (typeof header !== 'string') return 'identity';
  const found = known.get(header);
  if (found !== undefined) return found;
  const chosen = chooseEncoding(header);
  if (known.size < 200 && header.length < 200) known.set(header, chosen);
  return chosen;
}

/** Whether If-None-Match names the tag, by weak comparison (RFC 9110 §13.1.2). */
export function matchesTag(header: string, tag: string): boolean {
  if (header === tag) return true;
  if (header.trim() === '*') return true;
  const bare = tag.startsWith('W/') ? tag.slice(2) : tag;
  for (const found of header.matchAll(/"[^"]*"/g)) if (found[0] === bare) return true;
  return false;
}

export type ByteRange = { readonly start: number; readonly end: number };

/**
 * A Range header of one range (RFC 9110 §14.1.2). `whole`: absent, not in bytes, malformed or several ranges, all of which may be
 * answered with everything; `unsatisfiable`: 416.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const found = header === undefined ? null : /^\s*bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(header);
  if (found === null) return 'whole';
  const [, from = '', to = ''] = found;
  if (from === '' && to === '') return 'whole';
  if (from.length > 15 || to.length > 15) return 'unsatisfiable';
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return 'whole';
  return start >= size ? 'unsatisfiable' : { start, end };
}
