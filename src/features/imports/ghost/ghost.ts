import { Numbering } from '../input/finish.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { authorItem, postItem, siteOf, tagItem } from './post.ts';
import { rowsOf, scanGhost } from './tables.ts';

/**
 * Reads a Ghost export (versions 0.x to 5.x): users, tags, posts and pages; texts in lexical, mobiledoc or HTML. The file is read twice;
 * each user, tag and post becomes one item. @throws Problem `invalid` before the first item when the file is malformed, cut short,
 * or no such export.
 */
export async function* readGhost(
  source: ImportSource,
  options: ReadOptions = {},
): AsyncGenerator<ImportItem> {
  const index = await scanGhost(source, options);
  const site = siteOf(index, options.site ?? source.url);
  const numbering = new Numbering(options);
  for (const user of index.users) yield numbering.number(authorItem(user, site));
  for (const [id, row] of index.tags) yield numbering.number(tagItem(id, row));
  for await (const { table, row } of rowsOf(source, { ...options, pass: 1 }))
    if (table === 'posts')
      yield numbering.number(postItem(row, index, { site, withBody: !numbering.isDone }));
}
