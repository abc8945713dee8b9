import type { House } from '../src/app.ts';
import type { Config } from '../src/config/config.ts';

/** One line of the table. */
export type Row = {
  readonly name: string;
  readonly size: number;
  /** Median of the runs, and of the yardstick's in the same run. */
  readonly ours: number;
  readonly yardstick: number;
  readonly unit: string;
  /** The lowest and the highest of ours. */
  readonly spread: readonly [low: number, high: number];
  /** Ours over the yardstick's. */
  readonly yardstickIs: string;
  readonly budget: string;
  /** undefined: this row has no budget of its own. */
  readonly holds: boolean | undefined;
  readonly note?: string;
};

/** What every row gets: a filled house. */
export type Bench = {
  readonly house: House;
  readonly config: Config;
  readonly size: number;
  readonly folder: string;
  /** The built executable, for rows that start processes. */
  readonly executable: string;
  /** What a start is measured against: `bench/bare-start.ts`, built. */
  readonly bareStart: string;
  /** Articles a second of each batch while the house was filled; empty when it was full already. */
  readonly fillRates: readonly number[];
  /** How many listen to the radio at once, one pair of rows each. */
  readonly listeners: readonly number[];
};

export type RowMaker = (bench: Bench) => Promise<Row[]>;

/** The value below which a share of the values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const spreadOf = (values: readonly number[]): [number, number] => [
  Math.min(...values),
  Math.max(...values),
];

/** Milliseconds that some work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
