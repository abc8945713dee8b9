import { overlapOf } from './headline-signs.ts';
import { metaOf } from './meta.ts';
import { contentKeys, endsSentence, isSentence, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';

type Opening = {
  /** First line of the body. */
  readonly bodyAt: number;
  readonly lede:
    | { readonly at: readonly number[]; readonly confidence: number; readonly why: string }
    | undefined;
};

/**
 * Where the body begins and what stands above it as a summary. With a dateline the body begins there. Without one a first paragraph
 * is a lede only when something (byline, date, credit, share bar) divides it from the next.
 */
export function findOpening(
  sheet: Sheet,
  zone: {
    headlineAt: number | undefined;
    first: number;
    last: number;
    datelineAt: number | undefined;
    captions: ReadonlySet<number>;
  },
): Opening {
  const from = zone.headlineAt === undefined ? zone.first : zone.headlineAt + 1;
  if (zone.datelineAt !== undefined && zone.datelineAt >= from)
    return withDateline(sheet, from, zone.datelineAt, zone.captions);
  const items: { at: number; prose: boolean }[] = [];
  let metaBefore = false;
  let divided = false;
  let first: number | undefined;
  for (let at = from; at <= zone.last; at += 1) {
    if (zone.captions.has(at)) {
      divided ||= first !== undefined && !metaBefore;
      continue;
    }
    const furniture = sheet.furniture(at);
    const meta = furniture === undefined ? metaOf(sheet, at) : undefined;
    if (furniture !== undefined || meta !== undefined) {
      const divides =
        meta !== undefined
          ? meta.kind === 'byline' ||
            meta.kind === 'date' ||
            meta.kind === 'counters' ||
            meta.kind === 'storyline' ||
            (meta.kind === 'credit' && !metaBefore)
          : furniture?.reason === 'share' && !metaBefore;
      if (first !== undefined && divides) divided = true;
      if (first === undefined && (meta?.kind === 'byline' || meta?.kind === 'date')) metaBefore = true;
      continue;
    }
    const prose = sheet.prose(at);
    if (!prose && !isSentence(sheet.text(at))) {
      items.push({ at, prose: false });
      continue;
    }
    if (first === undefined) {
      first = at;
      continue;
    }
    // The second paragraph: what lies between decides.
    if (divided)
      return {
        bodyAt: at,
        lede: {
          at: [first],
          confidence: 0.75,
          why: 'a paragraph divided from the story by its byline, date or picture',
        },
      };
    break;
  }
  if (first === undefined) return { bodyAt: zone.first, lede: undefined };
  return {
    bodyAt: first,
    lede: standfirst(
      sheet,
      items.filter((item) => item.at < (first ?? 0)).map((item) => item.at),
      { from, bodyAt: first, last: zone.last },
    ),
  };
}

function withDateline(
  sheet: Sheet,
  from: number,
  datelineAt: number,
  captions: ReadonlySet<number>,
): Opening {
  const ledes: number[] = [];
  const loose: number[] = [];
  for (let at = from; at < datelineAt; at += 1) {
    if (captions.has(at) || sheet.furniture(at) !== undefined) continue;
    const text = sheet.text(at);
    if (!sheet.prose(at) && metaOf(sheet, at) !== undefined) continue;
    if (sheet.prose(at) || (isSentence(text) && weight(text) >= 30)) ledes.push(at);
    else loose.push(at);
  }
  if (ledes.length > 2)
    return {
      bodyAt: ledes[1] ?? datelineAt,
      lede: {
        at: ledes.slice(0, 1),
        confidence: 0.5,
        why: 'the first paragraph, some lines above the dateline',
      },
    };
  if (ledes.length > 0)
    return {
      bodyAt: datelineAt,
      lede: { at: ledes, confidence: 0.88, why: 'a paragraph between headline and dateline' },
    };
  return {
    bodyAt: datelineAt,
    lede: standfirst(sheet, loose, { from, bodyAt: datelineAt, last: datelineAt + 6 }),
  };
}

/** A summary without a full stop, as broadsheets print it under the headline: a long phrase that uses the story's words. */
function standfirst(
  sheet: Sheet,
  loose: readonly number[],
  zone: { from: number; bodyAt: number; last: number },
): Opening['lede'] {
  const keys = new Set<string>();
  for (let at = zone.bodyAt; at <= Math.min(zone.last, zone.bodyAt + 30); at += 1) {
    if (sheet.prose(at)) for (const key of contentKeys(sheet.text(at))) keys.add(key);
  }
  for (const at of loose) {
    const text = sheet.text(at);
    const near = at === zone.from;
    const long =
      weight(text) >= (near ? 34 : 45) &&
      (wordsOf(text).length >= (near ? 5 : 7) || weight(text) > text.length * 1.5);
    if (!long || sheet.repeats(at) > 1 || overlapOf(text, keys) < (near ? 0.15 : 0.35)) continue;
    // Two phrases in a row are a list of other stories.
    if (loose.filter((other) => Math.abs(other - at) === 1 && weight(sheet.text(other)) >= 30).length >= 2)
      continue;
    return {
      at: [at],
      confidence: 0.6 + (endsSentence(text) ? 0.1 : 0),
      why: 'a summary phrase under the headline',
    };
  }
  return undefined;
}
