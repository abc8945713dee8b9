import { createHash } from 'node:crypto';
import { slugify } from '../../../base/text.ts';
import { docFromParagraphs } from '../../../contract/document.ts';
import { startOfDay } from '../../../base/clock.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { toJson } from './json.ts';
import { MAX_PAGE, recognisePage } from './recognise.ts';
import type { PageRecognition } from './types.ts';
import { Problem } from '../../../base/problem.ts';

/** Reads the text of a page from its source. @throws Problem `too-large`. */
export async function readPageText(source: ImportSource): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source.open()) {
    size += chunk.length;
    if (size > MAX_PAGE)
      throw new Problem(
        'too-large',
        `${source.name} is larger than a page can be (${MAX_PAGE / 1024 / 1024} MB).`,
      );
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}

/** A recognised page as an article like those of any other import. */
export function pageItem(
  page: PageRecognition,
  options: { name: string; url?: string | undefined; timeZone: string },
): ImportItem {
  const found = toJson(page);
  const headline = found.headline ?? '';
  const published = found.published;
  const digest = createHash('sha256')
    .update(`${options.url ?? ''}\n${headline}\n${found.body.slice(0, 3).join('\n')}`)
    .digest('hex')
    .slice(0, 24);
  const term = (kind: string, name: string): { externalId: string; name: string } => ({
    externalId: `${kind}:${slugify(name) || name}`,
    name,
  });
  return {
    kind: 'article',
    index: 0,
    externalId: `page:${digest}`,
    articleKind: 'article',
    status: 'published',
    urls: options.url === undefined ? [] : [options.url],
    headline,
    lede: found.lede ?? '',
    body: docFromParagraphs(found.body),
    assets: [],
    ...(published === null
      ? {}
      : {
          publishedAt:
            published.length === 10
              ? startOfDay(published, options.timeZone)
              : new Date(published).toISOString(),
        }),
    bylines: found.bylines.map((name) => ({ name })),
    sections: [],
    concepts: found.concepts.map((concept) => ({ ...term('concept', concept.name), type: concept.kind })),
    storylines:
      found.storyline === null
        ? []
        : [
            {
              ...term('storyline', found.storyline.title),
              ...(found.storyline.count === null ? {} : { statedCount: found.storyline.count }),
            },
          ],
    ...(found.language === null ? {} : { language: found.language }),
    ...(found.dateline?.place
      ? {
          dateline: {
            place: found.dateline.place,
            ...datelineDay(found.dateline.date, published),
            ...(found.dateline.source === null ? {} : { source: found.dateline.source }),
          },
        }
      : {}),
    ...(found.source === null ? {} : { source: found.source }),
    discussion: 'open',
    related: [...found.related],
    warnings: [
      ...(found.picture?.caption
        ? [
            `the lead picture is not in the text of the page; its caption was "${found.picture.caption}"${found.picture.credit === null ? '' : `, its credit "${found.picture.credit}"`}`,
          ]
        : []),
      ...(found.storyline?.count
        ? [`the page stated ${found.storyline.count} articles in "${found.storyline.title}"`]
        : []),
    ],
  };
}

/** A dateline gives a day without its year; the story's own day has it. */
function datelineDay(date: string | null, published: string | null): { date?: string } {
  if (date === null) return {};
  if (isDay(date)) return { date };
  return published === null ? {} : { date: published.slice(0, 10) };
}

function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** The reader of one page of plain text. */
export function pageReader(timeZone: string) {
  return async function* readPage(
    source: ImportSource,
    options: ReadOptions = {},
  ): AsyncGenerator<ImportItem> {
    const text = await readPageText(source);
    const page = recognisePage(text, source.url === undefined ? {} : { url: source.url });
    options.onProgress?.(text.length, text.length);
    yield pageItem(page, { name: source.name, url: source.url, timeZone });
  };
}
