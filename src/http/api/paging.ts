import { z } from 'zod';
import { Problem } from '../../base/problem.ts';

/** The query of a list: how many, and where the page before ended. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many, at most'),
  after: z.string().max(1000).optional().describe('The cursor of the page before'),
});
export type PageQuery = z.output<typeof PageQuery>;

/** A page of a list in an answer. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The cursor of the next page; null on the last'),
  });
}

export type Cursor<T> = {
  encode(position: T): string;
  /** @throws Problem `invalid` for what is no cursor of this list */
  decode(text: string): T;
};

/**
 * Opaque cursors over a list's sort key. The key is checked by its schema on the way in and used as a bound value only, so a made-up
 * cursor is just another place in the list.
 */
export function cursorOf<T>(position: z.ZodType<T>): Cursor<T> {
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)).toString('base64url'),
    decode: (text) => {
      const parsed = position.safeParse(unpack(text));
      if (parsed.success) return parsed.data;
      throw new Problem('invalid', 'The cursor is not one of this list.', 'Begin again without it.', {
        fields: { '?after': 'not a cursor of this list' },
      });
    },
  };
}

function unpack(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/**
 * Cuts a page from rows that were read with one more than the limit, and makes its cursor and Link header (RFC 8288).
 * `path` is the list's address, `query` what else it was asked with.
 */
export function cutPage<Row, T>(
  rows: readonly Row[],
  options: {
    readonly limit: number;
    readonly cursor: Cursor<T>;
    readonly position: (row: Row) => T;
    readonly path: string;
    readonly query?: Readonly<Record<string, string | number | undefined>>;
  },
): { rows: readonly Row[]; next: string | null; headers: Record<string, string> } {
  const page = rows.slice(0, options.limit);
  const last = page.at(-1);
  if (rows.length <= options.limit || last === undefined) return { rows: page, next: null, headers: {} };
  const next = options.cursor.encode(options.position(last));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(options.query ?? {}))
    if (value !== undefined) search.set(key, String(value));
  search.set('limit', String(options.limit));
  search.set('after', next);
  return { rows: page, next, headers: { Link: `<${options.path}?${search.toString()}>; rel="next"` } };
}
