import { dayNumber, isDay, weekdayOn } from './calendar.ts';
import type { Evidence } from './evidence.ts';
import type { PartialDate } from './types.ts';

type Year = {
  readonly year: number;
  readonly confidence: number;
  readonly why: string;
  readonly at: readonly number[];
};

/** The web has no article pages to crawl from before this year. */
const FIRST = 1995;

/**
 * The year of a story whose day and month are known, from what the story itself says: dates in it that lie before or after it,
 * 'last year' and 'two years ago', and the weekday its day must have been. `fetched` is the latest possible day; it only
 * bounds. Undefined when the story gives no sign of its year.
 */
export function inferYear(
  day: { readonly month: number; readonly day: number },
  { evidence, fetched }: { evidence: Evidence; fetched: PartialDate | undefined },
): Year | undefined {
  // A story that tells of days after the clock shows that the clock is wrong.
  const wrong = evidence.years.some(
    (mention) => !mention.ahead && mention.month !== undefined && isAfter(mention, fetched),
  );
  const bound = wrong ? undefined : fetched;
  const past = evidence.years.filter((mention) => !mention.ahead && !isAfter(mention, bound));
  const latest = past.reduce((max, mention) => Math.max(max, mention.year), 0);
  const implied = evidence.years.some((mention) => mention.implies !== undefined);
  const strongDays = evidence.weekdays.filter((weekday) => weekday.lead || weekday.on !== undefined);
  if (latest < FIRST - 1 && strongDays.length === 0 && !implied) return undefined;
  const last = bound?.year ?? Math.max(latest, ...evidence.years.map((m) => m.implies ?? 0)) + 3;
  if (last < FIRST || (bound === undefined && latest < FIRST - 1 && !implied)) return undefined;
  const scores: { year: number; score: number; notes: string[]; at: number[] }[] = [];
  for (let year = FIRST; year <= last; year += 1) {
    if (!isDay(year, day.month, day.day)) continue;
    if (bound?.year !== undefined && isAfter({ year, ...day }, bound)) continue;
    scores.push({
      year,
      ...scoreYear({ year, ...day }, { evidence, past, latest, last, bounded: bound !== undefined }),
    });
  }
  scores.sort((a, b) => b.score - a.score || b.year - a.year);
  const [best, second] = scores;
  if (best === undefined) return undefined;
  const margin = second === undefined ? 2 : best.score - second.score;
  const support = best.notes.length;
  const confidence = Math.min(0.95, 0.35 + Math.min(margin, 2) * 0.15 + Math.min(support, 3) * 0.1);
  return { year: best.year, confidence, why: best.notes.join('; '), at: [...new Set(best.at)] };
}

type Context = {
  readonly evidence: Evidence;
  readonly past: Evidence['years'];
  readonly latest: number;
  readonly last: number;
  readonly bounded: boolean;
};

function scoreYear(
  date: { year: number; month: number; day: number },
  context: Context,
): { score: number; notes: string[]; at: number[] } {
  const { evidence, past, latest, last } = context;
  const notes: string[] = [];
  const at: number[] = [];
  let score = 0;
  // Nothing a story tells as past happened after it. A few strong contradictions are enough.
  let broken = 0;
  for (const mention of past) if (isAfter(mention, date)) broken += mention.day === undefined ? 1.2 : 2.2;
  score -= Math.min(broken, 5);
  if (latest >= FIRST - 1 && latest <= date.year) {
    const recent = past.filter((mention) => mention.year === latest);
    const gap = date.year - latest;
    score -= gap <= 1 ? 0 : Math.min((gap - 1) * 0.45, 2.5);
    // A story written in 2014 says 'in November', not 'in 2014': a year is named because it is over.
    const bare = recent.filter((mention) => mention.day === undefined);
    if (gap === 0 && bare.length > 0 && recent.length === bare.length)
      score -= Math.min(0.2 * bare.length, 0.5);
    if (gap <= 1) {
      notes.push(`the latest year it tells of is ${latest}`);
      at.push(...recent.map((mention) => mention.at));
    }
  }
  for (const mention of evidence.years) {
    if (mention.ahead && mention.year < date.year && mention.implies === undefined) score -= 0.8;
    if (mention.implies === undefined) continue;
    score += mention.implies === date.year ? 1.6 : -0.6;
    if (mention.implies === date.year) {
      notes.push(`a phrase beside ${mention.year} counts from ${date.year}`);
      at.push(mention.at);
    }
  }
  if (
    evidence.lastYear !== undefined &&
    past.some((mention) => mention.year === date.year - 1) &&
    latest <= date.year
  ) {
    score += 0.6;
    notes.push(`'last year' and ${date.year - 1}`);
    at.push(evidence.lastYear);
  }
  score += weekdayScore(date, evidence, notes, at);
  // Of years that the story allows equally, the nearest to the day the page was fetched.
  if (context.bounded) score -= (last - date.year) * 0.03;
  return { score, notes, at };
}

function weekdayScore(
  date: { year: number; month: number; day: number },
  evidence: Evidence,
  notes: string[],
  at: number[],
): number {
  let score = 0;
  const own = weekdayOn(date.year, date.month, date.day);
  const lead = evidence.weekdays.filter((weekday) => weekday.on === undefined && weekday.lead);
  if (lead.length > 0) {
    const hit = lead.findIndex((weekday) => weekday.weekday === own);
    score += hit === 0 ? 2.2 : hit > 0 ? 1.2 : -0.8;
    if (hit >= 0) {
      notes.push(`the weekday it names fits ${date.year}`);
      at.push(lead[hit]?.at ?? 0);
    }
  }
  for (const { weekday, on, at: line } of evidence.weekdays) {
    if (on === undefined) continue;
    const fits = [date.year, date.year - 1, date.year + 1].find(
      (year) =>
        isDay(year, on.month, on.day) &&
        Math.abs(dayNumber(year, on.month, on.day) - dayNumber(date.year, date.month, date.day)) < 150,
    );
    if (fits === undefined) continue;
    const right = weekdayOn(fits, on.month, on.day) === weekday;
    score += right ? 2.2 : -1.5;
    if (right) {
      notes.push(`a day named with its weekday fits ${date.year}`);
      at.push(line);
    }
  }
  return score;
}

/** Whether `date`, as far as it is known, lies after `other`. */
export function isAfter(date: PartialDate, other: PartialDate | undefined): boolean {
  if (other?.year === undefined || date.year === undefined) return false;
  if (date.year !== other.year) return date.year > other.year;
  if (date.month === undefined || other.month === undefined || date.month === other.month) {
    return (
      date.month !== undefined &&
      other.month !== undefined &&
      date.day !== undefined &&
      other.day !== undefined &&
      date.day > other.day
    );
  }
  return date.month > other.month;
}
