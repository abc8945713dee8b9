import { Problem } from '../../../base/problem.ts';
import type { JsonPath } from '../input/json.ts';
import { readJson } from '../input/json.ts';
import { openCounted } from '../input/source.ts';
import type { ImportSource, ReadOptions } from '../item.ts';

export type Row = Readonly<Record<string, unknown>>;
type Table = { table: string; row: Row };

/** Everything but the posts: names, and which belongs to which. It grows with the number of posts, never with their texts. */
export type GhostIndex = {
  users: Map<string, Row>;
  tags: Map<string, Row>;
  tagsOf: Map<string, string[]>;
  authorsOf: Map<string, string[]>;
  metaOf: Map<string, Row>;
  settings: Map<string, unknown>;
};

const PASSES = 2;
/** Tables of the old machine that no reader ever saw. */
const INTERNAL =
  /^(settings|roles|roles_users|permissions.*|migrations.*|sessions|api_keys|actions|integrations|webhooks|emails?|email_.*|tokens|invites|brute|custom_theme_settings|mobiledoc_revisions|post_revisions|posts_tags|posts_authors|posts_meta|posts_products|users|tags|posts|stripe_.*|jobs|milestones|mentions|outbox)$/;

/** The path without the wrapping that versions of the export differ in: `db.0.data.posts.7` → `data.posts.7`. */
function inner(path: JsonPath): JsonPath {
  return path[0] === 'db' && typeof path[1] === 'number' ? path.slice(2) : path;
}

function* rowOf(path: JsonPath, value: unknown): Generator<Table> {
  const [data, table, index] = inner(path);
  if (
    data === 'data' &&
    typeof table === 'string' &&
    typeof index === 'number' &&
    typeof value === 'object' &&
    value !== null
  )
    yield { table, row: value as Row };
}

/** The rows of every table of the export, in the file's order. */
export function rowsOf(source: ImportSource, options: ReadOptions & { pass: number }): AsyncGenerator<Table> {
  return readJson<Table>(openCounted(source, options, { pass: options.pass, passes: PASSES }), {
    name: source.name,
    enter: (path, kind) => {
      if (path.length === 0) return kind === 'object';
      if (path.length <= 2 && path[0] === 'db') return true;
      const [data, , index] = inner(path);
      return data === 'data' && index === undefined;
    },
    value: rowOf,
  });
}

export const text = (row: Row | undefined, name: string): string => {
  const value = row?.[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

/** The first reading: is the file whole, is it an export, who wrote what. @throws Problem `invalid` in one line. */
export async function scanGhost(source: ImportSource, options: ReadOptions): Promise<GhostIndex> {
  const index: GhostIndex = {
    users: new Map(),
    tags: new Map(),
    tagsOf: new Map(),
    authorsOf: new Map(),
    metaOf: new Map(),
    settings: new Map(),
  };
  const tagsOf = new Map<string, { id: string; order: number }[]>();
  const authorsOf = new Map<string, { id: string; order: number }[]>();
  const unread = new Map<string, number>();
  let hasPosts = false;
  const relate = (map: typeof tagsOf, row: Row, name: string): void => {
    const post = text(row, 'post_id');
    const related = map.get(post) ?? [];
    related.push({ id: text(row, name), order: Number(row['sort_order'] ?? related.length) });
    map.set(post, related);
  };
  for await (const { table, row } of rowsOf(source, { ...options, pass: 0 })) {
    if (table === 'posts') hasPosts = true;
    else if (table === 'users') index.users.set(text(row, 'id'), row);
    else if (table === 'tags') index.tags.set(text(row, 'id'), row);
    else if (table === 'posts_tags') relate(tagsOf, row, 'tag_id');
    else if (table === 'posts_authors') relate(authorsOf, row, 'author_id');
    else if (table === 'posts_meta') index.metaOf.set(text(row, 'post_id'), row);
    else if (table === 'settings') index.settings.set(text(row, 'key'), row['value']);
    else if (!INTERNAL.test(table)) unread.set(table, (unread.get(table) ?? 0) + 1);
  }
  if (!hasPosts && index.users.size === 0 && index.tags.size === 0)
    throw new Problem(
      'invalid',
      `${source.name} is JSON but no Ghost export.`,
      'A Ghost export (Settings → Export) has posts in its “data”.',
    );
  const sorted = (map: typeof tagsOf, into: Map<string, string[]>): void => {
    for (const [post, related] of map)
      into.set(
        post,
        related.sort((a, b) => a.order - b.order).map(({ id }) => id),
      );
  };
  sorted(tagsOf, index.tagsOf);
  sorted(authorsOf, index.authorsOf);
  for (const [table, count] of unread)
    options.onNotice?.(`${count} rows of the table “${table}” are no part of a newsroom and were not read`);
  return index;
}
