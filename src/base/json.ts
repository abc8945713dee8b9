/** Text that holds JSON of a T: what a JSON column carries. */
export type Json<T> = string & { readonly __json?: T };

export function toJson<T>(value: T): Json<T> {
  return JSON.stringify(value);
}

export function fromJson<T>(text: Json<T>): T {
  return JSON.parse(text) as T;
}

type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, ECMAScript number and string forms, no white space.
 * Members that are undefined are left out. @throws TypeError on NaN, infinities and lone surrogates, which RFC 8785 forbids.
 */
export function canonicalJson(value: unknown): string {
  return write(value as Canonical);
}

function write(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN or infinity');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogates');
    return JSON.stringify(value);
  }
  if (Array.isArray(value))
    return `[${(value as readonly Canonical[]).map((item) => write(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const members = value as { readonly [key: string]: Canonical | undefined };
    const out: string[] = [];
    for (const key of Object.keys(members).sort()) {
      const member = members[key];
      if (member !== undefined) out.push(`${write(key)}:${write(member)}`);
    }
    return `{${out.join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}
