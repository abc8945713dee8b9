import { Problem } from '../../../base/problem.ts';
import { htmlToParagraphs } from '../html/html.ts';
import { defined, instantOf, line, Numbering } from '../input/finish.ts';
import { openCounted } from '../input/source.ts';
import { readXml, type XmlTag } from '../input/xml.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { atAddresses, type Entry, inTimeOrder } from './order.ts';

/** What of a thread or a post is read: `name`, or `author/name` of a part. */
type Fields = Record<string, string>;

/**
 * Reads a Disqus export (https://docs.disqus.com/developers/export/): threads with their addresses, then posts. The file is read twice; each
 * post becomes one item. Its article is the one that stands, or stood, at the address of the thread.
 * @throws Problem `invalid` before the first item when the file is malformed, cut short, or no such export
 */
export async function* readDisqus(
  source: ImportSource,
  options: ReadOptions = {},
): AsyncGenerator<ImportItem> {
  const threads = new Map<string, string>();
  let posts = 0;
  for await (const { kind, fields } of entries(source, options, 0)) {
    if (kind === 'post') posts += 1;
    else
      threads.set(
        fields['@id'] ?? '',
        // The page's own identifier often holds an address, too: `123 https://paper.example/?p=123`.
        atAddresses([fields['link'], /https?:\/\/\S+/.exec(fields['id'] ?? '')?.[0]]),
      );
  }
  if (threads.size === 0 && posts === 0)
    throw new Problem(
      'invalid',
      `${source.name} is XML but no Disqus export.`,
      'An export of Disqus (Tools → Export) has threads and posts.',
    );
  const numbering = new Numbering(options);
  for await (const item of inTimeOrder(postsOf(source, options, threads))) yield numbering.number(item);
}

async function* postsOf(
  source: ImportSource,
  options: ReadOptions,
  threads: ReadonlyMap<string, string>,
): AsyncGenerator<Entry> {
  for await (const { kind, fields } of entries(source, options, 1)) {
    if (kind !== 'post') continue;
    const externalId = `post:${fields['@id'] ?? fields['id'] ?? ''}`;
    const article = threads.get(fields['thread/@id'] ?? '');
    const what = 'comment';
    if (article === undefined) {
      yield { kind: 'drop', externalId, what, reason: 'its thread is not in the file' };
      continue;
    }
    const spam = fields['isSpam'] === 'true';
    const deleted = fields['isDeleted'] === 'true';
    const paragraphs = htmlToParagraphs(fields['message'] ?? '', { addresses: true });
    if (paragraphs.length === 0 && !deleted && !spam) {
      yield { kind: 'drop', externalId, what, reason: 'it is empty' };
      continue;
    }
    const parent = fields['parent/@id'];
    yield {
      kind: 'comment',
      externalId,
      article,
      ...(parent === undefined ? {} : { parent: `post:${parent}` }),
      author: {
        name: line(fields['author/name'] || fields['author/username'], 200) || 'Anonymous',
        ...defined({ email: line(fields['author/email'], 320) }),
      },
      ...defined({ writtenAt: instantOf(fields['createdAt']) }),
      paragraphs,
      state: spam ? 'spam' : deleted ? 'deleted' : fields['isApproved'] === 'false' ? 'pending' : 'approved',
      type: 'comment',
    };
  }
}

async function* entries(
  source: ImportSource,
  options: ReadOptions,
  pass: 0 | 1,
): AsyncGenerator<{ kind: 'thread' | 'post'; fields: Fields }> {
  let ready: { kind: 'thread' | 'post'; fields: Fields }[] = [];
  const path: string[] = [];
  let open: Fields | undefined;
  let text = '';
  const sink = {
    open(tag: XmlTag): void {
      path.push(tag.local);
      text = '';
      const id = Object.entries(tag.written).find(([name]) => name === 'id' || name.endsWith(':id'))?.[1]
        .value;
      if (path.length === 2 && (tag.local === 'thread' || tag.local === 'post')) {
        open = id === undefined ? {} : { '@id': id };
      } else if (open !== undefined && id !== undefined) open[`${path.slice(2).join('/')}/@id`] = id;
    },
    text(piece: string): void {
      if (open !== undefined) text += piece;
    },
    close(tag: XmlTag): void {
      if (open !== undefined) {
        if (path.length === 2) {
          ready.push({ kind: tag.local === 'thread' ? 'thread' : 'post', fields: open });
          open = undefined;
        } else if (text.trim() !== '') open[path.slice(2).join('/')] = text.trim();
      }
      text = '';
      path.pop();
    },
  };
  const bytes = openCounted(source, options, { pass, passes: 2 });
  yield* readXml(bytes, {
    name: source.name,
    sink,
    take: () => {
      const taken = ready;
      ready = [];
      return taken;
    },
  });
}
