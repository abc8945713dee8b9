import { Problem } from '../../../base/problem.ts';
import { htmlToParagraphs } from '../html/html.ts';
import { defined, instantOf, line, Numbering } from '../input/finish.ts';
import { readJson } from '../input/json.ts';
import { openCounted } from '../input/source.ts';
import type { CommentItem, ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { atAddresses, commentId, type Entry, inTimeOrder } from './order.ts';

type Row = Record<string, unknown>;
type Index = {
  readonly stories: Map<string, string>;
  readonly users: Map<string, { name: string; email: string }>;
};

const record = (value: unknown): Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};

/** The first of several names that holds a text; Mongo's extended JSON of ids and dates is unwrapped. */
function text(row: Row, ...names: string[]): string {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
    const wrapped = record(value);
    const inner = wrapped['$oid'] ?? wrapped['$date'] ?? wrapped['$numberLong'];
    if (typeof inner === 'string') return inner;
    if (typeof inner === 'number') return new Date(inner).toISOString();
    const long = record(inner)['$numberLong'];
    if (typeof long === 'string') return new Date(Number(long)).toISOString();
  }
  return '';
}

/**
 * Reads an export of Coral: the documents of its collections (`comments`, `stories`, `users`) as `mongoexport` writes them, one a line or in
 * arrays, of all three together in any order; of Coral from 5 on and of Talk 4 (`assets`); or one object with those collections as members.
 * Each comment becomes one item. Several files are read as one.
 * @throws Problem `invalid` before the first item when the file is malformed, cut short, or no such export
 */
export async function* readCoral(
  source: ImportSource,
  options: ReadOptions = {},
): AsyncGenerator<ImportItem> {
  const index: Index = { stories: new Map(), users: new Map() };
  let comments = 0;
  for await (const row of rows(source, options, 0)) {
    const id = text(row, 'id', '_id');
    if (isComment(row)) comments += 1;
    else if (text(row, 'url') !== '') index.stories.set(id, text(row, 'url'));
    else if (text(row, 'username', 'displayName') !== '' || Array.isArray(row['profiles']))
      index.users.set(id, { name: text(row, 'username', 'displayName'), email: text(row, 'email') });
  }
  if (comments === 0)
    throw new Problem(
      'invalid',
      `${source.name} has no comments of Coral in it.`,
      'Give the exported collections: comments, stories and users.',
    );
  const numbering = new Numbering(options);
  for await (const item of inTimeOrder(commentsOf(source, options, index))) yield numbering.number(item);
}

/** Whoever exports all collections has what people did with comments among them, too: those name a story, and have no words. */
const isComment = (row: Row): boolean =>
  (row['body'] !== undefined || row['revisions'] !== undefined) &&
  text(row, 'commentID', 'comment_id') === '' &&
  (text(row, 'storyID', 'asset_id', 'storyId') !== '' || text(record(row['story']), 'url') !== '');

async function* commentsOf(source: ImportSource, options: ReadOptions, index: Index): AsyncGenerator<Entry> {
  for await (const row of rows(source, options, 1)) {
    if (!isComment(row)) continue;
    const externalId = commentId(text(row, 'id', '_id'));
    const url =
      text(record(row['story']), 'url') || index.stories.get(text(row, 'storyID', 'asset_id', 'storyId'));
    const what = 'comment';
    if (url === undefined) {
      yield { kind: 'drop', externalId, what, reason: 'its story is not in the file' };
      continue;
    }
    const state = stateOf(row);
    const paragraphs = htmlToParagraphs(bodyOf(row), { addresses: true });
    if (paragraphs.length === 0 && state !== 'deleted') {
      yield { kind: 'drop', externalId, what, reason: 'it is empty' };
      continue;
    }
    const author = record(row['author']);
    const user = index.users.get(text(row, 'authorID', 'author_id', 'authorId'));
    const parent = text(row, 'parentID', 'parent_id', 'parentId') || text(record(row['parent']), 'id');
    yield {
      kind: 'comment',
      externalId,
      article: atAddresses([url]),
      ...(parent === '' ? {} : { parent: commentId(parent) }),
      author: {
        name: line(text(author, 'username', 'name') || (user?.name ?? ''), 200) || 'Anonymous',
        ...defined({ email: line(user?.email, 320) }),
      },
      ...defined({ writtenAt: instantOf(text(row, 'createdAt', 'created_at')) }),
      paragraphs,
      state,
      ...(isFeatured(row) ? { featured: true } : {}),
      type: 'comment',
    };
  }
}

/** Coral keeps every revision; the last is what is shown. */
function bodyOf(row: Row): string {
  const revisions = row['revisions'];
  const last: unknown = Array.isArray(revisions) ? revisions.at(-1) : undefined;
  return text(record(last), 'body') || text(row, 'body');
}

function isFeatured(row: Row): boolean {
  const { tags } = row;
  return (
    Array.isArray(tags) &&
    tags.some((tag) =>
      [text(record(tag), 'type'), text(record(record(tag)['tag']), 'name')].includes('FEATURED'),
    )
  );
}

function stateOf(row: Row): CommentItem['state'] {
  if (text(row, 'deletedAt', 'deleted_at') !== '') return 'deleted';
  switch (text(row, 'status').toUpperCase()) {
    case 'REJECTED':
      return 'removed';
    case 'PREMOD':
    case 'SYSTEM_WITHHELD':
      return 'pending';
    default:
      return 'approved';
  }
}

async function* rows(source: ImportSource, options: ReadOptions, pass: 0 | 1): AsyncGenerator<Row> {
  const collections = new Set(['comments', 'stories', 'assets', 'users']);
  yield* readJson<Row>(openCounted(source, options, { pass, passes: 2 }), {
    name: source.name,
    many: true,
    enter: (path, kind) => path.length === 1 && kind === 'array',
    value: (_path, value) => {
      const row = record(value);
      const lists = Object.entries(row).filter(
        ([name, list]) => collections.has(name) && Array.isArray(list),
      );
      return lists.length === 0 || isComment(row)
        ? [row]
        : lists.flatMap(([, list]) => (list as unknown[]).map(record));
    },
  });
}
