import { isAfter } from './year.ts';
import type { Sheet } from './sheet.ts';
import type { PartialDate } from './types.ts';

/** The latest day the story can be of: the earliest of the masthead's clock and the crawl; without both, the year of the page's copyright. */
export function boundOf(
  sheet: Sheet,
  known: { clock: PartialDate | undefined; crawledAt: string | undefined; after: number },
): PartialDate | undefined {
  const crawled = /^(\d{4})-(\d{2})-(\d{2})/.exec(known.crawledAt ?? '');
  const crawl =
    crawled === null
      ? undefined
      : { year: Number(crawled[1]), month: Number(crawled[2]), day: Number(crawled[3]) };
  if (known.clock?.year !== undefined && crawl !== undefined)
    return isAfter(known.clock, crawl) ? crawl : known.clock;
  if (known.clock?.year !== undefined) return known.clock;
  if (crawl !== undefined) return crawl;
  let year = 0;
  for (let at = Math.max(known.after + 1, sheet.lines.length - 120); at < sheet.lines.length; at += 1) {
    const text = sheet.text(at).slice(0, 300);
    if (!/©|\(c\)|copyright/i.test(text)) continue;
    for (const match of text.matchAll(/\b((?:19|20)\d{2})\b/g)) year = Math.max(year, Number(match[1]));
  }
  return year === 0 ? undefined : { year };
}
