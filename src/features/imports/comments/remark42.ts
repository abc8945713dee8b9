import { Problem } from '../../../base/problem.ts';
import { htmlToParagraphs } from '../html/html.ts';
import { instantOf, line, Numbering } from '../input/finish.ts';
import { readJson } from '../input/json.ts';
import { openCounted } from '../input/source.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { atAddresses, commentId, type Entry, inTimeOrder } from './order.ts';

type Row = Record<string, unknown>;

const record = (value: unknown): Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
const text = (row: Row, name: string): string => {
  const value = row[name];
  return typeof value === 'string' ? value : '';
};

/**
 * Reads a backup or an export of Remark42: one JSON object a line, a head with the version and then the comments; also an array of
 * comments, or an object that has one under `comments` (the answer of its API). Each comment becomes one item.
 * @throws Problem `invalid` before the first item when the file is malformed, cut short, or no such export
 */
export async function* readRemark42(
  source: ImportSource,
  options: ReadOptions = {},
): AsyncGenerator<ImportItem> {
  let known = false;
  for await (const row of rows(source, options, 0)) known ||= isComment(row);
  if (!known)
    throw new Problem(
      'invalid',
      `${source.name} is JSON but no export of Remark42.`,
      'Its comments have a locator with the address of the page.',
    );
  const numbering = new Numbering(options);
  for await (const item of inTimeOrder(comments(source, options))) yield numbering.number(item);
}

const isComment = (row: Row): boolean => text(row, 'id') !== '' && text(record(row['locator']), 'url') !== '';

async function* comments(source: ImportSource, options: ReadOptions): AsyncGenerator<Entry> {
  for await (const row of rows(source, options, 1)) {
    // The head of a backup names the version, the users that were blocked and the pages that were closed.
    if (!isComment(row)) continue;
    const externalId = commentId(text(row, 'id'));
    const deleted = row['delete'] === true || row['deleted'] === true;
    const paragraphs = htmlToParagraphs(text(row, 'text') || text(row, 'orig'), { addresses: true });
    if (paragraphs.length === 0 && !deleted) {
      yield { kind: 'drop', externalId, what: 'comment', reason: 'it is empty' };
      continue;
    }
    const user = record(row['user']);
    const parent = text(row, 'pid');
    const writtenAt = instantOf(text(row, 'time'));
    yield {
      kind: 'comment',
      externalId,
      article: atAddresses([text(record(row['locator']), 'url')]),
      ...(parent === '' ? {} : { parent: commentId(parent) }),
      author: { name: line(text(user, 'name'), 200) || 'Anonymous' },
      ...(writtenAt === undefined ? {} : { writtenAt }),
      paragraphs,
      state: deleted ? 'deleted' : 'approved',
      ...(row['pin'] === true ? { featured: true } : {}),
      type: 'comment',
    };
  }
}

async function* rows(source: ImportSource, options: ReadOptions, pass: 0 | 1): AsyncGenerator<Row> {
  yield* readJson<Row>(openCounted(source, options, { pass, passes: 2 }), {
    name: source.name,
    many: true,
    // A line is taken whole; a file that is one array, or one object with the comments in it, is entered.
    enter: (path, kind) =>
      (path.length === 1 && kind === 'array') || (path.length === 2 && path[1] === 'comments'),
    value: (_path, value) => {
      const row = record(value);
      const list = row['comments'];
      return Array.isArray(list) ? list.map(record) : [row];
    },
  });
}
