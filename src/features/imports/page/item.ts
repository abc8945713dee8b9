import { createHash } from 'node:crypto';
import { slugify } from '../../../base/text.ts';
import { docFromParagraphs } from '../../../contract/document.ts';
import { localInstant, startOfDay, toInstant } from '../../../base/clock.ts';
import type { ArticleItem, ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { toJson } from './json.ts';
import { MAX_PAGE, recognisePage } from './recognise.ts';
import type { PageRecognition, PartialDate } from './types.ts';
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
    .update(options.url ?? `${headline}\n${published?.slice(0, 10) ?? ''}`)
    .digest('hex')
    .slice(0, 24);
  const datelineDay = page.dateline === null ? undefined : dayOf(page.dateline.value.parts, published);
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
    ...pictureOf(found.picture, digest),
    ...instants({ publishedAt: published, modifiedAt: found.modified }, options.timeZone),
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
            ...(datelineDay === undefined ? {} : { date: datelineDay }),
            ...(found.dateline.source === null ? {} : { source: found.dateline.source }),
          },
        }
      : {}),
    ...(found.source === null ? {} : { source: found.source }),
    discussion: 'open',
    related: [...found.related],
    warnings: found.storyline?.count
      ? [`the page stated ${found.storyline.count} articles in "${found.storyline.title}"`]
      : [],
  };
}

/** The lead picture of a page whose text names it without an address: its words stay, and wait for its bytes. */
function pictureOf(
  picture: { caption: string | null; credit: string | null } | null,
  digest: string,
): Pick<ArticleItem, 'assets' | 'lead'> {
  if (picture === null || (picture.caption === null && picture.credit === null)) return { assets: [] };
  const words = {
    ...(picture.caption === null ? {} : { caption: picture.caption }),
    ...(picture.credit === null ? {} : { credit: picture.credit }),
  };
  const externalId = `page-picture:${digest}`;
  return {
    assets: [{ externalId, type: 'image', url: '', fileName: 'picture', ...words }],
    lead: { asset: externalId, ...words },
  };
}

/** Times as a page states them: an instant, a local time or a day of the site's zone. What is none of them is left out. */
function instants<K extends string>(
  stated: Record<K, string | null>,
  timeZone: string,
): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const [key, text] of Object.entries(stated) as [K, string | null][]) {
    const instant =
      text === null
        ? undefined
        : isDay(text)
          ? startOfDay(text, timeZone)
          : (toInstant(text) ?? localInstant(text, timeZone));
    if (instant !== undefined) found[key] = instant;
  }
  return found;
}

/** The day of a dateline, whose year it rarely prints: that of the publication, or the one before for a December told of in January. */
function dayOf({ year, month, day }: PartialDate, published: string | null): string | undefined {
  if (month === undefined || day === undefined) return undefined;
  const stated = year ?? (published === null ? undefined : Number(published.slice(0, 4)));
  if (stated === undefined) return undefined;
  const turned = year === undefined && month === 12 && published?.slice(5, 7) === '01';
  const text = `${String(turned ? stated - 1 : stated).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const valid = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(valid.getTime()) && valid.toISOString().startsWith(text) ? text : undefined;
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
