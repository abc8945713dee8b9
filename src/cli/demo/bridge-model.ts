/**
 * The reconstruction of the Kingsferry Bridge as numbers: one row a day, from the day of the closure. Every figure that a bulletin
 * prints comes from here, so that what was removed stays removed and no count ever runs backwards.
 */
export const BRIDGE_DAYS = 212;
export const SEGMENTS = 96;
export const BEARINGS = 32;
export const WIND_LIMIT = 60;
export const NOISE_LIMIT = 60;
export const TURBIDITY_LIMIT = 75;
/** The day on which the council was told that the works would cost 238 million, not 214. */
const COST_DAY = 117;

export type BridgeDay = {
  readonly day: number;
  readonly removed: number;
  readonly placed: number;
  readonly bearings: number;
  readonly concrete: number;
  readonly welds: number;
  readonly painted: number;
  readonly delivered: number;
  readonly passengersToday: number;
  readonly passengers: number;
  readonly punctuality: number;
  readonly busMinutes: number;
  readonly gust: number;
  readonly noise: number;
  readonly turbidity: number;
  readonly workforce: number;
  readonly spent: number;
  readonly budget: number;
  readonly safeDays: number;
  readonly tradeFall: number;
  readonly highWater: number;
  readonly ships: number;
  readonly pupils: number;
};

export type Random = () => number;

/** Mulberry32: a small generator of repeatable numbers in [0, 1). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function between(random: Random, low: number, high: number): number {
  return Math.round(low + random() * (high - low));
}

type Ramp = { from: number; to: number; total: number; random: Random; stops?: readonly boolean[] };

/** A count that climbs from 0 to `total` between two days, unevenly, and stands still on days of storm. */
function ramp({ from, to, total, random, stops = [] }: Ramp): number[] {
  const weights = Array.from({ length: BRIDGE_DAYS }, (_, day) =>
    day < from || day > to || stops[day] === true ? 0 : 0.4 + random(),
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return Math.round((total * sum) / whole);
  });
}

export function bridgeDays(seed: number): BridgeDay[] {
  const random = seeded(seed);
  const gusts = Array.from({ length: BRIDGE_DAYS }, () => {
    const roll = random();
    return roll > 0.94 ? between(random, 62, 84) : between(random, 14, 56);
  });
  const stops = gusts.map((gust) => gust > WIND_LIMIT);
  const removed = ramp({ from: 6, to: 97, total: SEGMENTS, random, stops });
  const placed = ramp({ from: 104, to: BRIDGE_DAYS - 2, total: SEGMENTS - 3, random, stops });
  const bearings = ramp({ from: 38, to: 150, total: BEARINGS, random });
  const concrete = ramp({ from: 18, to: 112, total: 6480, random });
  const spent = ramp({ from: 0, to: BRIDGE_DAYS - 1, total: 1874, random });
  let passengers = 0;
  let incident = 0;
  return gusts.map((gust, day): BridgeDay => {
    const passengersToday =
      between(random, 12_400, 15_100) + Math.round(day * 6.5) - (gust > WIND_LIMIT ? 3_200 : 0);
    passengers += passengersToday;
    if (day === 71) incident = day;
    const onDeck = placed[day] ?? 0;
    return {
      day,
      removed: removed[day] ?? 0,
      placed: onDeck,
      bearings: bearings[day] ?? 0,
      concrete: concrete[day] ?? 0,
      welds: Math.max(0, onDeck - 2) * 30,
      painted: Math.max(0, onDeck - 8) * 290,
      delivered: day < 100 ? 0 : Math.min(SEGMENTS, onDeck + 3),
      passengersToday,
      passengers,
      punctuality: between(random, 93, 99),
      busMinutes: Math.round(37 - day / 22) + between(random, -2, 2),
      gust,
      noise: between(random, 50, 61),
      turbidity: between(random, 14, 66),
      workforce:
        Math.round(150 + 165 * Math.sin((Math.PI * Math.min(day, 190)) / 230)) + between(random, -6, 6),
      spent: (spent[day] ?? 0) / 10,
      budget: day < COST_DAY ? 214 : 238,
      safeDays: day - incident,
      tradeFall: Math.max(6, Math.round(33 - day / 8.5) + between(random, -2, 2)),
      highWater: between(random, 212, 318),
      ships: between(random, 9, 24),
      pupils: between(random, 640, 790),
    };
  });
}

/** The k-th segment off the old deck: work went from the middle to the banks. */
export function removedLabel(k: number): string {
  return k % 2 === 1 ? `E${48 - (k - 1) / 2}` : `W${49 - k / 2}`;
}

/** The k-th segment of the new deck: work goes from the banks to the middle. */
export function placedLabel(k: number): string {
  return k % 2 === 1 ? `E${(k + 1) / 2}` : `W${k / 2}`;
}
