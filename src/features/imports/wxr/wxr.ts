import { Numbering } from '../input/finish.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { articleItem, commentItems } from './article.ts';
import { headItem } from './heads.ts';
import { typeOf } from './ids.ts';
import { entriesOf, scanWxr } from './scan.ts';

/**
 * Reads a WordPress export (WXR 1.0 to 1.2). The file is read three times: once to see that it is whole, once for authors, terms and
 * the library, once for posts, pages and comments; each entry and each comment of it becomes exactly one item.
 * @throws Problem `invalid` before the first item when the file is malformed, cut short, or no such export.
 */
export async function* readWxr(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportItem> {
  const index = await scanWxr(source, options);
  const numbering = new Numbering(options);
  if (index.lastHead >= 0)
    for await (const entry of entriesOf(source, { ...options, pass: 1 })) {
      if (entry.name !== 'item' || typeOf(entry) === 'attachment')
        yield numbering.number(headItem(entry, index));
      if (entry.ordinal >= index.lastHead) break;
    }
  for await (const entry of entriesOf(source, { ...options, pass: 2 })) {
    if (entry.name !== 'item') continue;
    const isAttachment = typeOf(entry) === 'attachment';
    const item = isAttachment ? undefined : articleItem(entry, index, !numbering.isDone);
    if (item !== undefined) yield numbering.number(item);
    for (const comment of commentItems(entry, item?.kind === 'article')) yield numbering.number(comment);
  }
}
