import { parseDateline } from './dateline.ts';
import type { ParsedDateline } from './dateline.ts';
import { creditAtEnd } from './credit.ts';
import { endsSentence, isSentence, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';

/** The stretch of the page that is the story: first and last line, and the line whose text opens with a dateline. */
export type Segment = {
  readonly first: number;
  readonly last: number;
  readonly dateline: { readonly at: number; readonly parsed: ParsedDateline } | undefined;
};

type Cluster = { first: number; last: number; prose: number[]; size: number; role: string | undefined };

const GAP = 6;
const RESUME = 14;

/** Finds the main run of paragraphs of the page; undefined when there is none. */
export function findSegment(sheet: Sheet): Segment | undefined {
  const clusters = merge(sheet, clusterProse(sheet));
  let best: Cluster | undefined;
  let bestScore = 0;
  let before = 0;
  for (const cluster of clusters) {
    const score = scoreOf(sheet, cluster, before);
    if (score > bestScore) [best, bestScore] = [cluster, score];
    if (cluster.role === undefined) before = Math.max(before, cluster.size);
  }
  if (best === undefined) return undefined;
  const dateline = findDateline(sheet, best);
  return { first: best.first, last: extend(sheet, best), dateline };
}

function clusterProse(sheet: Sheet): Cluster[] {
  const clusters: Cluster[] = [];
  let open: Cluster | undefined;
  let role: string | undefined;
  let headlines = 0;
  for (let at = 0; at < sheet.lines.length; at += 1) {
    if (sheet.prose(at)) {
      const near = open !== undefined && at - open.last <= GAP + 1 && role === undefined && headlines < 3;
      if (near && open !== undefined) {
        open.last = at;
        open.prose.push(at);
        open.size += Math.min(weight(sheet.text(at)), 4000);
      } else {
        open = { first: at, last: at, prose: [at], size: Math.min(weight(sheet.text(at)), 4000), role };
        clusters.push(open);
      }
      role = undefined;
      headlines = 0;
      continue;
    }
    const opened = sheet.furniture(at)?.role;
    if (opened === 'comments' || (opened !== undefined && role !== 'comments')) role = opened;
    if (wordsOf(sheet.text(at)).length >= 5 && !isSentence(sheet.text(at)) && sheet.headlineLike(at))
      headlines += 1;
  }
  return clusters;
}

/** Joins what a box of related headlines, a newsletter form or an advert has cut in two. */
function merge(sheet: Sheet, clusters: readonly Cluster[]): Cluster[] {
  const merged: Cluster[] = [];
  for (const cluster of clusters) {
    const last = merged.at(-1);
    const resumes =
      last !== undefined &&
      cluster.first - last.last <= RESUME &&
      cluster.role !== 'comments' &&
      cluster.role !== 'others' &&
      cluster.role !== 'footer';
    if (
      last !== undefined &&
      resumes &&
      isRun(sheet, cluster) &&
      last.prose.length >= 1 &&
      followsOn(sheet, last, cluster)
    ) {
      last.last = cluster.last;
      last.prose.push(...cluster.prose);
      last.size += cluster.size;
    } else {
      merged.push({ ...cluster });
    }
  }
  return merged;
}

/** At least two paragraphs one after the other: teasers alternate with headlines. */
function isRun(sheet: Sheet, cluster: Cluster): boolean {
  if (cluster.prose.length < 2) return false;
  let adjacent = 0;
  for (let i = 1; i < cluster.prose.length; i += 1) {
    const [a = 0, b = 0] = [cluster.prose[i - 1], cluster.prose[i]];
    let headline = false;
    for (let at = a + 1; at < b; at += 1) headline ||= sheet.headlineLike(at);
    if (!headline) adjacent += 1;
  }
  return adjacent >= (cluster.prose.length - 1) * 0.6;
}

// The same story goes on: the paragraphs are of a like length.
function followsOn(sheet: Sheet, a: Cluster, b: Cluster): boolean {
  void sheet;
  const mean = (cluster: Cluster): number => cluster.size / cluster.prose.length;
  return mean(b) > mean(a) * 0.35;
}

function scoreOf(sheet: Sheet, cluster: Cluster, before: number): number {
  const lines = cluster.last - cluster.first + 1;
  let score = cluster.size * Math.sqrt(cluster.prose.length / lines);
  if (cluster.role === 'comments' && before > 200) score *= 0.15;
  if ((cluster.role === 'others' || cluster.role === 'related' || cluster.role === 'footer') && before > 200)
    score *= 0.3;
  for (const at of cluster.prose.slice(0, 6)) {
    if ((parseDateline(sheet.text(at), sheet.language)?.confidence ?? 0) >= 0.8) {
      score *= 1.6;
      break;
    }
  }
  return score;
}

function findDateline(sheet: Sheet, cluster: Cluster): Segment['dateline'] {
  const tried = cluster.prose.slice(0, 9);
  let weak: Segment['dateline'];
  // A brief may open with a short line before the first long paragraph.
  for (let at = Math.max(0, cluster.first - 3); at < cluster.first; at += 1)
    if (endsSentence(sheet.text(at))) tried.unshift(at);
  for (const at of tried) {
    const text = sheet.text(at);
    const parsed = parseDateline(text, sheet.language);
    const above = parsed === undefined ? ownLine(sheet, at) : undefined;
    if (above !== undefined) return above;
    if (parsed === undefined || weight(parsed.rest) < 25) continue;
    // A caption may open the same way, but it ends with its credit.
    if (creditAtEnd(text) !== undefined && at !== cluster.prose.at(-1) && parsed.dateline.source === null)
      continue;
    if (parsed.confidence >= 0.7) return { at, parsed };
    if (at <= (cluster.prose[2] ?? cluster.last)) weak ??= { at, parsed };
  }
  return weak;
}

/** A dateline on a line of its own, the story's first paragraph on the next. */
function ownLine(sheet: Sheet, at: number): Segment['dateline'] {
  const above = at === 0 ? '' : sheet.text(at - 1);
  if (above.length < 4 || above.length > 80 || sheet.furniture(at - 1) !== undefined) return undefined;
  const text = sheet.text(at);
  const parsed =
    parseDateline(`${above} ${text}`, sheet.language) ?? parseDateline(`${above} — ${text}`, sheet.language);
  if (parsed === undefined || parsed.rest !== text || parsed.confidence < 0.8) return undefined;
  const printed = parsed.dateline.text.replace(/ —$/, (dash) => (above.endsWith('—') ? dash : ''));
  return { at: at - 1, parsed: { ...parsed, rest: '', dateline: { ...parsed.dateline, text: printed } } };
}

/** Short closing sentences belong to the story as well. */
function extend(sheet: Sheet, cluster: Cluster): number {
  let last = cluster.last;
  while (last + 1 < sheet.lines.length && last - cluster.last < 4) {
    const text = sheet.text(last + 1);
    if (
      sheet.furniture(last + 1) !== undefined ||
      !isSentence(text) ||
      (wordsOf(text).length < 2 && weight(text) < 25)
    )
      break;
    last += 1;
  }
  return last;
}
