import type { BridgeDay } from './bridge-model.ts';

/** What a phrase may use: the day's figures, those of the last bulletin of its kind, and the names of the days. */
export type Facts = BridgeDay & {
  readonly before: BridgeDay;
  /** The day of publication, `Tuesday`, and the day of the last bulletin of this kind, `14 March`. */
  readonly weekday: string;
  readonly since: string;
  readonly week: number;
};

type Phrase = (facts: Facts) => string;

export type Kind = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** About how many days lie between two bulletins of this kind. */
  readonly every: number;
  readonly when?: (facts: Facts) => boolean;
  readonly place: string;
  readonly concepts: readonly string[];
  readonly headlines: readonly Phrase[];
  readonly ledes: readonly Phrase[];
  readonly firsts: readonly Phrase[];
  readonly seconds: readonly Phrase[];
};

const number = new Intl.NumberFormat('en-GB');
export const n = (value: number): string => number.format(value);
const SMALL = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
export const words = (value: number): string => SMALL[value] ?? n(value);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const many = (value: number, noun: string): string =>
  `${words(value)} ${noun}${value === 1 ? '' : 's'}`;
export const million = (value: number): string =>
  value < 1_000_000 ? n(Math.round(value / 1000) * 1000) : `${(value / 1_000_000).toFixed(2)} million`;
export const share = (part: number, whole: number): string => `${Math.round((part * 100) / whole)} per cent`;

export function ordinal(value: number): string {
  const tail = value % 100 > 10 && value % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${n(value)}${tail}`;
}
