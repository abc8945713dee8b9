import { BEARINGS, WIND_LIMIT } from './bridge-model.ts';
import type { Kind } from './bridge-phrases.ts';
import { capital, many, n, share, words } from './bridge-phrases.ts';

/** The site: piers, bearings, people, money and weather. */
export const SITE_KINDS: readonly Kind[] = [
  {
    name: 'piers',
    from: 20,
    to: 112,
    every: 5.5,
    place: 'KINGSFERRY',
    concepts: ['engineering', 'river-velm'],
    when: (f) => f.concrete > f.before.concrete,
    headlines: [
      (f) => `Piers: ${n(f.concrete)} cubic metres of concrete poured`,
      (f) => `Night pour brings pier works to ${share(f.concrete, 6480)}`,
      (f) =>
        `Pier ${1 + (f.day % 7)} takes ${n(f.concrete - f.before.concrete)} cubic metres since last count`,
    ],
    ledes: [
      (f) =>
        `The strengthening of the seven river piers has used ${n(f.concrete)} cubic metres of concrete, ${n(f.concrete - f.before.concrete)} of it since ${f.since}.`,
      (f) => `Another pour at pier ${1 + (f.day % 7)} ended before the tide turned on ${f.weekday}.`,
    ],
    firsts: [
      () =>
        'The old piers stay. Each gets a collar of reinforced concrete from two metres under the bed to the bearing shelf.',
      () =>
        'The concrete is mixed on Eastbank, pumped along a pipe on the temporary jetty and kept at a steady temperature by water in the formwork.',
      (f) => `About ${share(f.concrete, 6480)} of the planned 6,480 cubic metres is now in the river.`,
    ],
    seconds: [
      () =>
        'Cores drilled from the first collars were stronger than the contract asks, the Authority’s laboratory reported.',
      () =>
        'Divers check the formwork before each pour; they work by touch, since the Velm shows them half a metre at best.',
      (f) => `High water at the Kingsferry gauge stood at ${f.highWater} centimetres.`,
    ],
  },
  {
    name: 'bearings',
    from: 42,
    to: 150,
    every: 6,
    place: 'KINGSFERRY',
    concepts: ['engineering', 'nadia-ferrant'],
    when: (f) => f.bearings > f.before.bearings,
    headlines: [
      (f) => `${f.bearings} of ${BEARINGS} bearings replaced`,
      (f) => `Bearing number ${f.bearings} slides home on pier ${1 + (Math.floor(f.bearings / 5) % 7)}`,
      (f) => `Bearings: ${BEARINGS - f.bearings} still to come`,
    ],
    ledes: [
      (f) =>
        `${capital(words(f.bearings))} of the ${BEARINGS} bearings that carry the bridge on its piers have now been renewed.`,
      (f) =>
        `Engineers set ${many(f.bearings - f.before.bearings, 'new bearing')} between ${f.since} and ${f.weekday}.`,
    ],
    firsts: [
      () =>
        'A bearing is a steel dish the size of a kitchen table. It lets the deck grow on a hot day and shrink in frost without pushing the piers.',
      () =>
        'The old rollers of 1964 had rusted fast in their tracks, which is what first brought the bridge to the inspectors’ notice.',
      () => 'Each is lifted in from below with jacks that together could carry 900 tonnes.',
    ],
    seconds: [
      () =>
        '“It is the smallest part of the bridge, and it is the reason for everything else,” Ms Ferrant said.',
      () => 'The bearings are guaranteed for forty years and can be changed without closing the road.',
      () => 'One of the old rollers will go to the Maritime Museum.',
    ],
  },
  {
    name: 'wind',
    from: 6,
    to: 211,
    every: 3,
    place: 'KINGSFERRY',
    concepts: ['weather', 'engineering'],
    when: (f) => f.gust > WIND_LIMIT,
    headlines: [
      (f) => `Gusts of ${f.gust} stop the cranes in week ${f.week}`,
      (f) => `No lifts: wind reaches ${f.gust} kilometres an hour, day ${f.day}`,
      (f) => `Crane barge sent upriver as wind rises to ${f.gust}, week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `All lifting at the Kingsferry Bridge stopped on ${f.weekday} when the wind at deck height passed ${WIND_LIMIT} kilometres an hour.`,
      (f) =>
        `Gusts of up to ${f.gust} kilometres an hour kept the cranes idle on ${f.weekday}; work on the piers went on.`,
    ],
    firsts: [
      () =>
        'The crane barge was laid to two anchors in the lee of the Tarnfeld bend. Loose material on the deck had been lashed the evening before.',
      () =>
        'The ferries ran, but with a third fewer passengers; the harbour master left it to each skipper whether to sail.',
    ],
    seconds: [
      () => 'Lifting begins again when the ten-minute mean has stayed under the limit for two hours.',
      () =>
        '“A day lost to wind is a day we had already lent to it,” Mr Lorrimer said. The plan keeps some in reserve.',
    ],
  },
  {
    name: 'workforce',
    from: 10,
    to: 205,
    every: 17,
    place: 'KINGSFERRY',
    concepts: ['labour', 'halloran-weiss'],
    headlines: [
      (f) => `${f.workforce} at work on the bridge in week ${f.week}`,
      (f) => `Site counts ${f.workforce} workers on day ${f.day}`,
    ],
    ledes: [
      (f) =>
        `${f.workforce} people worked on the bridge on ${f.weekday}, on two shifts; at the count of ${f.since} it was ${f.before.workforce}.`,
      (f) => `The site had ${f.workforce} workers on ${f.weekday}, the monthly return to the council shows.`,
    ],
    firsts: [
      () =>
        'About a third live in Velmouth. Most others are lodged at the former customs barracks, which the city reopened for them.',
      () => 'Steel fixers and divers are still sought, the contractor said.',
    ],
    seconds: [
      () =>
        'The site’s canteen also serves the ferry crews and, on Thursdays, anyone who comes to the public hour.',
      () => 'The building union said that rest times were being kept.',
    ],
  },
  {
    name: 'money',
    from: 20,
    to: 208,
    every: 21,
    place: 'VELMOUTH',
    concepts: ['economy', 'city-council', 'bridge-authority'],
    headlines: [
      (f) => `Bridge: ${f.spent.toFixed(1)} of ${f.budget} million euros paid out`,
      (f) => `Council certifies ${f.spent.toFixed(1)} million for the bridge`,
    ],
    ledes: [
      (f) =>
        `The Bridge Authority has paid out ${f.spent.toFixed(1)} million euros of the ${f.budget} million granted, its return of ${f.weekday} says.`,
      (f) =>
        `Payments for the bridge stand at ${f.spent.toFixed(1)} million euros, ${share(f.spent, f.budget)} of the sum agreed.`,
    ],
    firsts: [
      () => 'Half is borne by the province, a third by the city and the rest by the port.',
      () => 'The largest item is steel, followed by the piers and the ferries.',
    ],
    seconds: [
      () => 'The return is checked by the city’s auditors within thirty days.',
      () => 'Claims by the contractor for further costs are listed separately; two are open.',
    ],
  },
  {
    name: 'safety',
    from: 32,
    to: 209,
    every: 17,
    place: 'KINGSFERRY',
    concepts: ['labour', 'health'],
    headlines: [
      (f) => `${f.safeDays} days without an accident on the bridge`,
      (f) => `Safety board shows ${f.safeDays} days, ${f.workforce} on site`,
    ],
    ledes: [
      (f) =>
        `No reportable accident has happened on the site for ${f.safeDays} days, the safety engineer told the council on ${f.weekday}.`,
      (f) => `The board at the site gate stood at ${f.safeDays} days without injury on ${f.weekday}.`,
    ],
    firsts: [
      () =>
        'Ola Brandvik, who keeps the board, said near misses count for more with her than days. She had recorded six this month, all of them dropped tools.',
      () => 'Rescue boats lie on both sides of the span whenever anyone works over the water.',
    ],
    seconds: [
      () => 'The fire brigade practised the rescue of a crane driver on Sunday morning.',
      () => 'Every tool above the deck must now be tied to its user.',
    ],
  },
  {
    name: 'nightwork',
    from: 14,
    to: 211,
    every: 8,
    place: 'KINGSFERRY',
    concepts: ['kingsferry', 'bridge-authority'],
    headlines: [
      (f) => `Night work announced for ${words(2 + (f.day % 3))} nights at pier ${1 + ((f.day * 3) % 7)}`,
      (f) => `Ferry Street ramp shut for ${words(2 + (f.day % 3))} nights, week ${f.week}`,
      (f) => `Floodlights on the span in week ${f.week}: what residents should know`,
    ],
    ledes: [
      (f) =>
        `The Bridge Authority has announced ${words(2 + (f.day % 3))} nights of work from ${f.weekday}, to use the low tides.`,
      (f) =>
        `From ${f.weekday} the site works through the night ${words(2 + (f.day % 3))} times; residents have had letters.`,
    ],
    firsts: [
      () =>
        'Work begins at nine in the evening and ends at five. Floodlights are turned from the houses and go out when no one is on the span.',
      () =>
        'The foot of the ramp stays open for people on foot. Deliveries to Ferry Street are taken in by the yard gate.',
    ],
    seconds: [
      () =>
        'Those who cannot sleep may ask for a room at the seamen’s house; eleven families have done so since the closure.',
      () => '“A low tide at two in the morning is not our choice,” Mr Lorrimer said.',
    ],
  },
];
