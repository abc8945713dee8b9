import { TURBIDITY_LIMIT } from './bridge-model.ts';
import type { Kind } from './bridge-phrases.ts';
import { capital, many, million, n, words } from './bridge-phrases.ts';

/** The river: ferries, ships, water and what lives in it. */
export const RIVER_KINDS: readonly Kind[] = [
  {
    name: 'ferries',
    from: 2,
    to: 211,
    every: 4,
    place: 'VELMOUTH',
    concepts: ['velm-ferries', 'transport'],
    headlines: [
      (f) => `Ferries have carried ${million(f.passengers)} passengers`,
      (f) => `${n(f.passengersToday)} cross the Velm by boat in a day`,
      (f) => `Ferry count: ${n(f.passengersToday)} passengers, ${f.punctuality} per cent on time`,
      (f) =>
        `${f.passengersToday > f.before.passengersToday ? 'More' : 'Fewer'} on the boats: ${n(f.passengersToday)} in a day, week ${f.week}`,
      (f) => `Boats pass ${million(f.passengers)} journeys in week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `The three replacement ferries carried ${n(f.passengersToday)} people across the Velm on ${f.weekday}, and ${million(f.passengers)} since the bridge closed.`,
      (f) =>
        `Velm Ferries counted ${n(f.passengersToday)} passengers on ${f.weekday}; ${f.punctuality} in a hundred boats left within two minutes of the timetable.`,
      (f) =>
        `Traffic on the free ferries between Kingsferry Stairs and Saltmarket Pier stood at ${n(f.passengersToday)} on ${f.weekday}, against ${n(f.before.passengersToday)} at the count of ${f.since}.`,
    ],
    firsts: [
      () =>
        'The Marigold, the Lisbeth and the Samphire each take 250 passengers and 60 bicycles. The crossing lasts six minutes.',
      () =>
        'The busiest boats leave Kingsferry Stairs between 7.20 and 8.10 in the morning. Those who can travel after nine find a seat.',
      (f) => `The average since the closure is ${n(Math.round(f.passengers / (f.day + 1)))} a day.`,
      () =>
        'About one passenger in five brings a bicycle, more than the planners had reckoned with; a second rack has been welded on each foredeck.',
    ],
    seconds: [
      () =>
        '“People have begun to nod to each other,” said Jonas Pettering, who skippers the Lisbeth. “On the bus they never did.”',
      () =>
        'The boats run from five in the morning until half past midnight, every eight minutes at the peaks.',
      () => 'Wheelchair users need not book; the ramps at both piers are staffed.',
      () => 'The service costs 31,000 euros a day, half of it paid by the province.',
    ],
  },
  {
    name: 'disruption',
    from: 5,
    to: 209,
    every: 10,
    place: 'SALTMARKET',
    concepts: ['velm-ferries', 'weather'],
    headlines: [
      (f) => `Fog holds the ferries for ${18 + (f.day % 37)} minutes`,
      (f) => `Low water lengthens the gangway at Saltmarket Pier in week ${f.week}`,
      (f) => `Samphire goes to the slip, ${n(f.passengersToday)} share two boats`,
      (f) => `Ferries run every ${10 + (f.day % 4)} minutes after rope in propeller, week ${f.week}`,
      (f) => `Tide of ${f.highWater} centimetres wets the ramp at Kingsferry Stairs`,
    ],
    ledes: [
      (f) =>
        `Passengers waited longer than usual for the Kingsferry ferries on ${f.weekday}; the timetable held again by the evening.`,
      (f) =>
        `The river had its own ideas on ${f.weekday}, and the ferries followed. ${n(f.passengersToday)} people still got across.`,
    ],
    firsts: [
      () =>
        'Buses on the long way round by the Tarnfeld road were doubled for the morning, and ferry staff sent people with trains to catch to the front of the queue.',
      () =>
        'The skippers may not leave the pier when they cannot see the mark in mid-stream. The rule was the Authority’s condition for the licence.',
      () =>
        'Velm Ferries apologised and said that season tickets for the car parks would be extended by a day.',
    ],
    seconds: [
      (f) =>
        `The tide stood at ${f.highWater} centimetres at the Kingsferry gauge, and the wind blew at up to ${f.gust} kilometres an hour.`,
      () => '“You cannot argue with a tide table, you can only read it early enough,” Mr Pettering said.',
      () => 'No one was hurt and nothing was damaged.',
    ],
  },
  {
    name: 'water',
    from: 11,
    to: 207,
    every: 10,
    place: 'VELMOUTH',
    concepts: ['environment', 'river-velm', 'university'],
    headlines: [
      (f) => `River samples: ${f.turbidity} milligrams of silt a litre, week ${f.week}`,
      (f) => `Velm below the bridge stays under its silt limit with ${f.turbidity}, week ${f.week}`,
      (f) => `Silt at ${f.turbidity} milligrams as tide runs to ${f.highWater}`,
    ],
    ledes: [
      (f) =>
        `Water taken below the bridge on ${f.weekday} held ${f.turbidity} milligrams of silt a litre. Work must stop at ${TURBIDITY_LIMIT}.`,
      (f) =>
        `The university’s weekly samples found ${f.turbidity} milligrams of suspended silt a litre, after ${f.before.turbidity} at the bulletin of ${f.since}.`,
    ],
    firsts: [
      () =>
        'The samples are drawn at three depths by students of the marine institute and published before the contractor sees them.',
      () => 'Curtains of woven fabric hang around the piers to keep stirred mud where it is.',
      () => 'Lead from the old paint was not found above the trace that the river carries anyway.',
    ],
    seconds: [
      () => 'Smelt and young eels pass the piers close to the banks, where no work is done on a rising tide.',
      () => 'All series since the first day can be read at the harbour library.',
      () =>
        'A heavy shower upriver moves more silt in an hour than the works do in a week, the institute said.',
    ],
  },
  {
    name: 'wildlife',
    from: 15,
    to: 204,
    every: 18,
    place: 'KINGSFERRY',
    concepts: ['wildlife', 'river-velm'],
    headlines: [
      (f) => `Seal on the pontoon delays pier ${1 + (f.day % 7)} by ${20 + (f.day % 50)} minutes`,
      (f) => `${capital(words(2 + (f.day % 6)))} grey seals counted at the bridge, week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `A grey seal that likes the work pontoon at pier ${1 + (f.day % 7)} was given its rest on ${f.weekday}; the pumps waited.`,
      (f) =>
        `The watchers on the temporary jetty counted ${words(2 + (f.day % 6))} grey seals on ${f.weekday}.`,
    ],
    firsts: [
      () => 'The licence asks for a stop of all piling when an animal is nearer than 150 metres.',
      () => 'Two observers are on duty whenever there is noise under water.',
    ],
    seconds: [
      () => 'The seals follow the smelt up the Velm and go back to the sands off Skarholm to rest.',
      () => 'Visitors are asked to watch from the quay and to leave the gate shut.',
    ],
  },
  {
    name: 'channel',
    from: 12,
    to: 210,
    every: 9,
    place: 'VELMOUTH',
    concepts: ['shipping', 'port-of-velmouth', 'river-velm'],
    headlines: [
      (f) => `Western channel narrowed, ${f.ships} ships pass in week ${f.week}`,
      (f) => `River notice ${100 + f.day}: no passing under the bridge at night`,
      (f) => `${capital(words(f.ships))} ships wait for the tide at the bridge, week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `The harbour master narrowed the channel under the bridge on ${f.weekday}; ${many(f.ships, 'ship')} passed one at a time.`,
      (f) =>
        `River notice ${100 + f.day} closes the eastern channel from ${f.weekday} while barges lie at pier ${1 + (f.day % 7)}.`,
    ],
    firsts: [
      () => 'A traffic boat with a yellow light lies above the bridge and gives the right of way by radio.',
      () => 'Loaded ships bound upriver go first, as they cannot anchor in the bend.',
    ],
    seconds: [
      () => 'Rowing boats keep to the eastern bank and cross only at the marks.',
      (f) => `High water was forecast at ${f.highWater} centimetres.`,
      () => 'Captain Anselm Raine thanked the skippers for their patience and their whistles.',
    ],
  },
];
