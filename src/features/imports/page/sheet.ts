import { furnitureOf } from './furniture.ts';
import type { Furniture } from './furniture.ts';
import type { Line } from './lines.ts';
import { isHeadlineLike, isProse } from './shape.ts';
import type { DropReason, Dropped, Found } from './types.ts';

/** The lines of a page with what their shape and words say, worked out when first asked for. */
export type Sheet = {
  readonly lines: readonly Line[];
  readonly language: string | undefined;
  readonly text: (at: number) => string;
  readonly furniture: (at: number) => Furniture | undefined;
  /** A paragraph of running text that is no furniture. */
  readonly prose: (at: number) => boolean;
  readonly headlineLike: (at: number) => boolean;
  /** How often the very same line stands on the page. */
  readonly repeats: (at: number) => number;
};

const NO_FURNITURE = Symbol('none');

export function makeSheet(lines: readonly Line[], language: string | undefined): Sheet {
  const furniture: (Furniture | typeof NO_FURNITURE | undefined)[] = [];
  const prose: (boolean | undefined)[] = [];
  const counts = new Map<string, number>();
  for (const line of lines) {
    if (line.text.length <= 250) counts.set(line.text, (counts.get(line.text) ?? 0) + 1);
  }
  const text = (at: number): string => lines[at]?.text ?? '';
  const furnitureAt = (at: number): Furniture | undefined => {
    const known = (furniture[at] ??= furnitureOf(text(at)) ?? NO_FURNITURE);
    return known === NO_FURNITURE ? undefined : known;
  };
  return {
    lines,
    language,
    text,
    furniture: furnitureAt,
    prose: (at) => (prose[at] ??= isProse(text(at)) && furnitureAt(at) === undefined),
    headlineLike: (at) => isHeadlineLike(text(at)) && furnitureAt(at) === undefined,
    repeats: (at) => counts.get(text(at)) ?? 1,
  };
}

/** Who has which line: each line is used by at most one thing, or dropped for one reason. */
export class Ledger {
  readonly #lines: readonly Line[];
  readonly #used = new Set<number>();
  readonly #dropped = new Map<number, DropReason>();

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  use(at: number): void {
    this.#dropped.delete(at);
    this.#used.add(at);
  }

  /** Drops a line unless a field has it. */
  drop(at: number, reason: DropReason): void {
    if (!this.#used.has(at)) this.#dropped.set(at, reason);
  }

  isUsed(at: number): boolean {
    return this.#used.has(at);
  }

  isTaken(at: number): boolean {
    return this.#used.has(at) || this.#dropped.has(at);
  }

  /** A thing found in these lines, which are thereby used. */
  found<T>(value: T, ats: readonly number[], sure: { confidence: number; why: string }): Found<T> {
    for (const at of ats) this.use(at);
    const nos = ats
      .flatMap((at) => (this.#lines[at] === undefined ? [] : numbersOf(this.#lines[at])))
      .sort((a, b) => a - b);
    return {
      value,
      confidence: Math.round(Math.max(0, Math.min(1, sure.confidence)) * 100) / 100,
      lines: [...new Set(nos)],
      why: sure.why,
    };
  }

  /** The dropped lines, one for each line of the input; `rest` names the reason of lines that nothing has spoken for. */
  dropped(rest: (at: number) => DropReason): Dropped[] {
    const dropped: Dropped[] = [];
    for (const line of this.#lines) {
      if (this.#used.has(line.index)) continue;
      const reason = this.#dropped.get(line.index) ?? rest(line.index);
      for (const { no, text } of line.parts ?? [line]) dropped.push({ line: no, text, reason });
    }
    return dropped;
  }
}

function numbersOf(line: Line): readonly number[] {
  return line.parts === undefined ? [line.no] : line.parts.map((part) => part.no);
}
