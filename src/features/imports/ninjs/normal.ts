import { NinjsItem } from './schema.ts';

type Members = Record<string, unknown>;

/** Names of version 1 that later ones put into lists. */
const LISTS: Readonly<Record<string, string>> = {
  headline: 'headlines',
  description: 'descriptions',
  body: 'bodies',
};
const RENAMED: Readonly<Record<string, string>> = {
  person: 'people',
  organisation: 'organisations',
  place: 'places',
  subject: 'subjects',
  event: 'events',
  object: 'objects',
  infosource: 'infosources',
  genre: 'genres',
  byline: 'by',
};
const CONTENT: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  xhtml: 'application/xhtml+xml',
};
const MAX_DEPTH = 40;

/**
 * A ninjs item of any version in one shape, or what is wrong with it in a few words.
 */
export function parseNinjs(value: unknown): { item: NinjsItem } | { fault: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: 'it is no JSON object' };
  const parsed = NinjsItem.safeParse(upgrade(lowerNames(value, 0) as Members));
  if (parsed.success) return { item: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  return {
    fault: `it is no valid ninjs${path === '' ? '' : ` at ${path}`}: ${issue?.message ?? ''}`.slice(0, 300),
  };
}

/** Names in lower case; the insides of GeoJSON keep theirs. */
function lowerNames(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => lowerNames(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const out: Members = {};
  for (const [name, member] of Object.entries(value)) {
    const lower = name.toLowerCase();
    out[lower] = lower === 'geojson' ? member : lowerNames(member, depth + 1);
  }
  return out;
}

/** Version 1 has `body_html`, `headline`, and objects where later versions have lists. */
function upgrade(members: Members): Members {
  const out: Members = {};
  for (const [name, value] of Object.entries(members)) {
    const [base = '', suffix] = name.split(/_(.*)/s);
    const list = LISTS[base];
    if (list !== undefined && typeof value === 'string') {
      const words = {
        ...(suffix === undefined
          ? {}
          : CONTENT[suffix] === undefined
            ? { role: suffix }
            : { contenttype: CONTENT[suffix] }),
        value,
      };
      out[list] = [...(Array.isArray(out[list]) ? (out[list] as unknown[]) : []), words];
    } else if (name === 'associations' && typeof value === 'object' && value !== null)
      out[name] = Array.isArray(value)
        ? value.map((item) => (isMembers(item) ? upgrade(item) : item))
        : Object.entries(value).map(([key, item]) =>
            isMembers(item) ? { name: key, ...upgrade(item) } : item,
          );
    else if (name === 'renditions' && isMembers(value))
      out[name] = Object.entries(value).map(([key, item]) =>
        isMembers(item) ? { name: key, ...item } : item,
      );
    else out[RENAMED[name] ?? name] = value;
  }
  return out;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
