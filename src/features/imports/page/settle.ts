import type { Collected } from './collect.ts';
import type { CounterKind } from './counters.ts';
import type { Headline } from './headline.ts';
import { normal, weight } from './shape.ts';
import type { Ledger, Sheet } from './sheet.ts';
import { houseOfCopyright, sameText } from './title.ts';
import type { Found, PageCredit, PageDateline, PageStoryline } from './types.ts';

/** The page, the account of its lines, and what they said. */
type Reading = { readonly sheet: Sheet; readonly ledger: Ledger; readonly collected: Collected };

/** Chooses the page's storyline among the lines that have the form of one: labelled, or at the top and again at the bottom, or counted. */
export function settleStoryline(
  { sheet, ledger, collected }: Reading,
  zone: { headlineAt: number; bodyAt: number; last: number },
): Found<PageStoryline> | null {
  const groups = new Map<string, typeof collected.storylines>();
  for (const line of collected.storylines) {
    const key = normal(line.title);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  let best: { lines: typeof collected.storylines; score: number } | undefined;
  for (const lines of groups.values()) {
    const parts = new Set(lines.map((line) => (line.part === 'tail' ? 'tail' : 'top')));
    const labelled = lines.some((line) => line.labelled);
    const counted = lines.some((line) => line.count !== null);
    const header = lines.some((line) => line.part === 'header' || line.part === 'above');
    let score =
      0.3 + (parts.size > 1 ? 0.35 : 0) + (labelled ? 0.3 : 0) + (counted ? 0.2 : 0) + (header ? 0.15 : 0);
    // Many counted lines in a row are a menu with numbers.
    if (!labelled && parts.size < 2 && groups.size > 2) score -= 0.4;
    if (score > (best?.score ?? 0.45)) best = { lines, score };
  }
  if (best === undefined) return repeatedLine(sheet, ledger, zone);
  const first = best.lines.find((line) => line.count !== null) ?? best.lines[0];
  if (first === undefined) return null;
  const twice = best.lines.length > 1;
  return ledger.found(
    { title: first.title, count: first.count },
    best.lines.map((line) => line.at),
    {
      confidence: Math.min(0.98, best.score),
      why: twice ? 'stands above and below the story' : 'the form of a storyline',
    },
  );
}

/** Without count or label: a phrase by the headline that stands again right below the story. */
function repeatedLine(
  sheet: Sheet,
  ledger: Ledger,
  zone: { headlineAt: number; bodyAt: number; last: number },
): Found<PageStoryline> | null {
  for (let at = Math.max(0, zone.headlineAt - 2); at < zone.bodyAt; at += 1) {
    const text = sheet.text(at);
    if (
      at === zone.headlineAt ||
      ledger.isUsed(at) ||
      sheet.repeats(at) !== 2 ||
      sheet.furniture(at) !== undefined
    )
      continue;
    if (weight(text) < 12 || text.length > 120 || sheet.prose(at) || !/\s|\p{sc=Han}/u.test(text)) continue;
    for (let below = zone.last + 1; below <= Math.min(zone.last + 3, sheet.lines.length - 1); below += 1) {
      if (!ledger.isUsed(below) && sheet.text(below) === text) {
        return ledger.found({ title: text, count: null }, [at, below], {
          confidence: 0.5,
          why: 'the same phrase above and below the story',
        });
      }
    }
  }
  return null;
}

export function settleComments(ledger: Ledger, collected: Collected): Found<number> | null {
  return settleCounter(ledger, collected, 'comments');
}

export function settleViews(ledger: Ledger, collected: Collected): Found<number> | null {
  return settleCounter(ledger, collected, 'views');
}

function settleCounter(ledger: Ledger, collected: Collected, kind: CounterKind): Found<number> | null {
  const named = collected.counters.find((counter) => counter.kind === kind);
  if (named !== undefined)
    return ledger.found(named.count, named.at, { confidence: 0.93, why: 'a number with its word' });
  if (collected.counters.some((counter) => counter.kind === 'comments' || counter.kind === 'views'))
    return null;
  const pair = collected.pairs.find((one) => one.numbers.length === 2);
  const count = pair?.numbers[kind === 'comments' ? 0 : 1];
  if (pair === undefined || count === undefined) return null;
  return ledger.found(count, [pair.at], {
    confidence: 0.6,
    why: 'two bare numbers beside the story: comments, then views',
  });
}

export function settleBylines(ledger: Ledger, collected: Collected): Found<readonly string[]> | null {
  // A sign-off and a byline inside the story count only when nothing by the headline names the writer.
  const best = collected.bylines.filter((one) => one.sure >= 0.8);
  const chosen = best.length > 0 ? best : collected.bylines;
  const first = chosen[0];
  if (first === undefined) return null;
  const names = [...new Map(chosen.map((one) => [one.name.toLowerCase(), one.name])).values()];
  return ledger.found(
    names,
    chosen.map((one) => one.at),
    { confidence: Math.max(...chosen.map((one) => one.sure)), why: 'a line that names the writer' },
  );
}

/** The house (title line, copyright, address) and the source (dateline, a line 'Source: …', else the house). */
export function settleSource(
  { sheet, ledger, collected }: Reading,
  page: {
    dateline: Found<PageDateline> | null;
    headline: Headline | undefined;
    after: number;
    url: string | undefined;
    credit: PageCredit | undefined;
  },
): { source: Found<string> | null; house: Found<string> | null } {
  const house = houseOf(sheet, ledger, page);
  const printed = page.dateline?.value.source ?? null;
  if (printed !== null && page.dateline !== null) {
    return {
      house,
      source: { value: printed, confidence: 0.95, lines: page.dateline.lines, why: 'named in the dateline' },
    };
  }
  const line = collected.sources[0];
  if (line !== undefined)
    return {
      house,
      source: ledger.found(line.name, [line.at], { confidence: 0.9, why: 'a line that names the source' }),
    };
  return {
    house,
    source:
      house === null
        ? null
        : { ...house, confidence: Math.round(house.confidence * 80) / 100, why: `the house: ${house.why}` },
  };
}

function houseOf(
  sheet: Sheet,
  ledger: Ledger,
  page: { headline: Headline | undefined; after: number; url: string | undefined },
): Found<string> | null {
  const titled = page.headline?.house;
  if (titled !== undefined)
    return ledger.found(titled, [...(page.headline?.titles ?? [page.headline?.at ?? 0])], {
      confidence: 0.88,
      why: 'in the title line',
    });
  const size = sheet.lines.length;
  for (let at = size - 1; at > page.after && at > size - 120; at -= 1) {
    const name = houseOfCopyright(sheet.text(at));
    if (name === undefined || ledger.isUsed(at) || /^(?:getty|afp|reuters|dpa|ap)\b/i.test(name)) continue;
    const top = [0, 1, 2, 3, 4].some((i) => sameText(sheet.text(i), name));
    return ledger.found(name, [at], { confidence: top ? 0.92 : 0.8, why: 'in the copyright line' });
  }
  const host = /^[a-z]+:\/\/(?:www\.|m\.)?([^/:?#]{3,100})/i.exec(page.url ?? '')?.[1];
  return host === undefined
    ? null
    : { value: host.toLowerCase(), confidence: 0.6, lines: [], why: 'the host of the address' };
}
