import { isBareCredit } from './credit.ts';
import type { Counter, CounterKind } from './counters.ts';
import type { Meta } from './meta.ts';
import type { Sheet, Ledger } from './sheet.ts';
import type { StatedAt } from './published.ts';
import { dateLabelOf } from './stated.ts';
import type { StatedKind } from './stated.ts';
import type { StorylineLine } from './storyline.ts';

type Part = 'above' | 'header' | 'body' | 'tail';
type StorylineAt = StorylineLine & { readonly at: number; readonly part: Part };

/** What the short lines around and in the story said, gathered on the way down the page. */
export type Collected = {
  readonly bylines: { readonly name: string; readonly at: number; readonly sure: number }[];
  readonly stated: StatedAt[];
  readonly counters: (Counter & { readonly at: readonly number[] })[];
  readonly pairs: { readonly numbers: readonly number[]; readonly at: number }[];
  readonly storylines: StorylineAt[];
  readonly sources: { readonly name: string; readonly at: number }[];
};

export function emptyCollection(): Collected {
  return { bylines: [], stated: [], counters: [], pairs: [], storylines: [], sources: [] };
}

/** The page, the account of its lines, and where their meaning goes. */
type Reading = { readonly sheet: Sheet; readonly ledger: Ledger; readonly into: Collected };

/**
 * Puts a line's meaning where it belongs and settles the line with the ledger. False when the line is left for others to read.
 */
export function collect(
  { sheet, ledger, into }: Reading,
  found: { at: number; meta: Meta; part: Part },
): boolean {
  const { at, meta, part } = found;
  switch (meta.kind) {
    case 'counters':
      for (const counter of meta.counters) into.counters.push({ ...counter, at: [at] });
      ledger.drop(at, 'counter label');
      return true;
    case 'counter label':
      besideLabel({ sheet, ledger, into }, { at, counter: meta.counter });
      ledger.drop(at, 'counter label');
      return true;
    case 'numbers':
      if (ledger.isTaken(at)) return true;
      if (part !== 'body') into.pairs.push({ numbers: meta.numbers, at });
      ledger.drop(at, 'list number');
      return true;
    case 'date': {
      const label = at > 0 ? dateLabelOf(sheet.text(at - 1)) : undefined;
      collectDates(into, { ...found, meta, label });
      if (label !== undefined) ledger.drop(at - 1, 'label');
      for (const name of meta.names) into.bylines.push({ name, at, sure: 0.85 });
      for (const counter of meta.counters) into.counters.push({ ...counter, at: [at] });
      if (meta.source !== undefined) into.sources.push({ name: meta.source, at });
      ledger.drop(at, 'date');
      return true;
    }
    case 'byline':
      if (part === 'above') return false;
      for (const name of meta.names) into.bylines.push({ name, at, sure: part === 'header' ? 0.92 : 0.7 });
      return true;
    case 'role':
      if (part === 'above' || part === 'body') return false;
      ledger.drop(at, 'role');
      return true;
    case 'sign-off':
      for (const name of meta.names) into.bylines.push({ name, at, sure: 0.6 });
      ledger.drop(at, 'sign-off');
      return true;
    case 'credit':
      if (part === 'tail' && isBareCredit(meta.credit.credit))
        into.sources.push({ name: meta.credit.credit, at });
      ledger.drop(at, 'picture');
      return true;
    case 'storyline':
      if (part === 'body' && !meta.storyline.labelled && sheet.repeats(at) < 2) return false;
      into.storylines.push({ ...meta.storyline, at, part });
      return true;
    case 'source':
      into.sources.push({ name: meta.source, at });
      ledger.drop(at, 'label');
      return true;
  }
}

function collectDates(
  into: Collected,
  found: { at: number; meta: Meta & { kind: 'date' }; part: Part; label: StatedKind | undefined },
): void {
  const { at, meta, part, label } = found;
  for (const item of meta.line.stated) {
    const kind = item.kind === 'unlabelled' && label !== undefined ? label : item.kind;
    // In the story a date on a line of its own belongs to something else, unless it says what it is.
    if (kind === 'unlabelled' && part === 'body') continue;
    const labelled = kind !== 'unlabelled';
    const sure = labelled ? 0.96 : part === 'header' ? 0.9 : part === 'above' ? 0.7 : 0.55;
    into.stated.push({ ...item, kind, at, confidence: meta.line.pure || labelled ? sure : sure - 0.1 });
  }
}

/** `Views` above `43`, or below it: the number beside the label that no other label has. */
function besideLabel({ sheet, ledger, into }: Reading, label: { at: number; counter: CounterKind }): void {
  const number = (at: number): number | undefined => {
    const text = sheet.text(at);
    return /^[\p{Nd}.,\s]{1,9}$/u.test(text) ? Number(text.replace(/\D/g, '')) : undefined;
  };
  for (const at of [label.at + 1, label.at - 1]) {
    const count = number(at);
    const taken = into.counters.some((counter) => counter.at.includes(at));
    if (count === undefined || taken) continue;
    into.counters.push({ kind: label.counter, count, at: [label.at, at] });
    const pair = into.pairs.findIndex((one) => one.at === at);
    if (pair >= 0) into.pairs.splice(pair, 1);
    ledger.drop(at, 'list number');
    return;
  }
}
