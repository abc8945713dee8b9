import { placedLabel, removedLabel, SEGMENTS, WIND_LIMIT } from './bridge-model.ts';
import type { Kind } from './bridge-phrases.ts';
import { capital, many, n, ordinal, share } from './bridge-phrases.ts';

/** The deck: what comes off, what goes on, and how it is checked. */
export const DECK_KINDS: readonly Kind[] = [
  {
    name: 'removal',
    from: 7,
    to: 96,
    every: 2.6,
    place: 'KINGSFERRY',
    concepts: ['engineering', 'bridge-authority', 'kingsferry'],
    when: (f) => f.removed > f.before.removed,
    headlines: [
      (f) => `${f.removed} of ${SEGMENTS} old segments are off the bridge`,
      (f) => `Segment ${removedLabel(f.removed)} comes down at Kingsferry`,
      (f) => `Old deck: ${SEGMENTS - f.removed} segments left to lift`,
      (f) =>
        `Crane barge takes ${many(f.removed - f.before.removed, 'more segment')}, up to ${removedLabel(f.removed)}`,
      (f) =>
        `${capital(share(f.removed, SEGMENTS))} of the old deck gone after segment ${removedLabel(f.removed)}`,
    ],
    ledes: [
      (f) =>
        `Crews lowered segment ${removedLabel(f.removed)} of the old Kingsferry deck on to a barge on ${f.weekday}, the ${ordinal(f.removed)} of ${SEGMENTS}.`,
      (f) =>
        `Since ${f.since} the crews have cut free ${many(f.removed - f.before.removed, 'segment')} of the 1964 deck and sent the steel upriver; ${SEGMENTS - f.removed} remain.`,
      (f) =>
        `The demolition of the old deck reached segment ${removedLabel(f.removed)} on ${f.weekday}, the Bridge Authority said.`,
    ],
    firsts: [
      () =>
        'Each piece weighs about 78 tonnes. It is cut at the old rivet lines, slung from four points and lowered on the slack of the tide, when the barge moves least.',
      () =>
        'The steel goes to the yard at Tarnfeld, where it is stripped of its lead paint under cover before it is cut for scrap.',
      (f) =>
        `The work goes from the middle of the river towards both banks. With ${f.removed} segments down, the gap seen from the ferries is now some ${n(Math.round(f.removed * 8.8))} metres wide.`,
      () =>
        'One lift takes about three hours from the first cut to the last shackle. Two can be done in a day when the tide falls right.',
    ],
    seconds: [
      () =>
        '“Taking down is slower than putting up, because the old drawings are not always right,” said Agnes Torrance, who runs the site for Halloran Weiss.',
      (f) =>
        `Wind at deck height reached ${f.gust} kilometres an hour during the day; lifting stops above ${WIND_LIMIT}.`,
      () => 'Ships of more than 40 metres keep to the western channel while a barge lies under the span.',
      () =>
        'The Authority said that the programme allows for ten lost days; it did not say how many have been used.',
    ],
  },
  {
    name: 'placing',
    from: 105,
    to: 211,
    every: 2.1,
    place: 'KINGSFERRY',
    concepts: ['engineering', 'bridge-authority', 'halloran-weiss'],
    when: (f) => f.placed > f.before.placed,
    headlines: [
      (f) => `New deck reaches segment ${placedLabel(f.placed)}`,
      (f) => `${f.placed} of ${SEGMENTS} new segments are in place`,
      (f) =>
        `${capital(many(f.placed - f.before.placed, 'segment'))} lifted, ${SEGMENTS - f.placed} to go at Kingsferry`,
      (f) => `Segment ${placedLabel(f.placed)} is set down within ${2 + (f.placed % 5)} millimetres`,
      (f) => `Bridge deck now ${n(Math.round(f.placed * 8.8))} metres long`,
      (f) => `${capital(share(f.placed, SEGMENTS))} of the new deck in place after ${placedLabel(f.placed)}`,
    ],
    ledes: [
      (f) =>
        `Segment ${placedLabel(f.placed)} of the new Kingsferry deck was lifted from its barge and bolted in place on ${f.weekday}.`,
      (f) =>
        `The new deck has grown by ${many(f.placed - f.before.placed, 'segment')} since ${f.since} and now counts ${f.placed} of ${SEGMENTS}.`,
      (f) =>
        `With ${placedLabel(f.placed)} in place, ${SEGMENTS - f.placed} of the ${SEGMENTS} segments of the new deck are still to be lifted.`,
    ],
    firsts: [
      () =>
        'A new segment weighs 61 tonnes, seventeen less than an old one: the steel is stronger, and the road surface on it is thinner.',
      (f) =>
        `Survey marks put the segment ${2 + (f.placed % 5)} millimetres from its computed place, inside the tolerance of eight.`,
      () =>
        'The lift was made at slack water and took two hours and a quarter. Temporary bolts hold the joint until the welders have closed it.',
      (f) =>
        `The two arms of the deck, from Eastbank and from the Saltmarket, are now about ${n(Math.round((SEGMENTS - f.placed) * 8.8))} metres apart.`,
    ],
    seconds: [
      () =>
        '“We look at the temperature before we look at the clock,” said Nadia Ferrant, chief engineer of the Bridge Authority. “Steel that is warm on one side does not fit.”',
      (f) => `${f.workforce} people worked on the site on the day.`,
      (f) => `The highest gust was ${f.gust} kilometres an hour, and no lift had to be broken off.`,
      () =>
        'The ferries ran to their timetable. Passengers on the morning boat from Kingsferry Stairs stood along the rail to watch.',
      () =>
        'Agnes Torrance of Halloran Weiss said the crews now need a third less time for a lift than they did for the first ten.',
    ],
  },
  {
    name: 'deliveries',
    from: 101,
    to: 211,
    every: 5,
    place: 'TARNFELD',
    concepts: ['tarnfeld', 'halloran-weiss', 'engineering'],
    when: (f) => f.delivered > f.before.delivered,
    headlines: [
      (f) => `Barge brings segments up to number ${f.delivered}`,
      (f) => `${n(f.delivered * 61)} tonnes of new steel have left Tarnfeld`,
      (f) => `Yard at Tarnfeld has shipped ${f.delivered} segments`,
    ],
    ledes: [
      (f) =>
        `A barge with ${many(Math.min(3, f.delivered - f.before.delivered), 'segment')} of the new deck came down the Velm on the ebb on ${f.weekday}.`,
      (f) =>
        `The yard at Tarnfeld has now delivered ${f.delivered} of ${SEGMENTS} segments, about ${n(f.delivered * 61)} tonnes of steel.`,
    ],
    firsts: [
      () =>
        'The tow takes four hours for nineteen kilometres. At the Tarnfeld bend a second tug holds the stern.',
      () =>
        'The yard builds on two lines and keeps three finished segments in hand, so that a good week of weather is never wasted.',
      () =>
        'Each segment carries the names of the welders who made it, punched into the inner side of the web.',
    ],
    seconds: [
      () => 'The yard employs 180 people, forty of them apprentices who joined for the bridge.',
      () => 'The swans at the bend have learned to leave the channel when the tug sounds twice.',
      (f) =>
        f.delivered === SEGMENTS
          ? 'It was the last delivery.'
          : `Still in the yard: ${many(SEGMENTS - f.delivered, 'segment')}.`,
    ],
  },
  {
    name: 'welds',
    from: 112,
    to: 211,
    every: 6.5,
    place: 'KINGSFERRY',
    concepts: ['engineering', 'halloran-weiss'],
    when: (f) => f.welds > f.before.welds,
    headlines: [
      (f) => `${n(f.welds)} welds tested on the new deck`,
      (f) => `Weld inspection: ${(0.7 + (f.day % 9) / 10).toFixed(1)} per cent repaired of ${n(f.welds)}`,
      (f) => `Ultrasound passes ${n(f.welds - f.before.welds)} more joints, ${n(f.welds)} in all`,
    ],
    ledes: [
      (f) =>
        `Inspectors have now tested ${n(f.welds)} welds on the new deck with ultrasound, ${n(f.welds - f.before.welds)} of them since ${f.since}.`,
      (f) =>
        `The independent inspectors reported on ${f.weekday} that of ${n(f.welds)} welds on the new deck ${(0.7 + (f.day % 9) / 10).toFixed(1)} per cent had needed a second pass.`,
    ],
    firsts: [
      () =>
        'Thirty joints close each segment to the next. Every one is tested, not a sample, as the council demanded.',
      () => 'Welding is done under tents that are heated in the morning: damp steel makes brittle seams.',
    ],
    seconds: [
      () => 'A repair means grinding out the seam and doing it again, about four hours of work.',
      () => 'The reports, with the inspectors’ names, are filed at the Guildhall and open to anyone.',
      () => 'The contract allows two per cent before the contractor pays for further tests.',
    ],
  },
  {
    name: 'paint',
    from: 124,
    to: 211,
    every: 7.5,
    place: 'KINGSFERRY',
    concepts: ['engineering', 'kingsferry'],
    when: (f) => f.painted > f.before.painted,
    headlines: [
      (f) => `${n(f.painted)} square metres painted in harbour grey`,
      (f) => `Painters reach segment ${placedLabel(Math.max(1, f.placed - 8))}`,
    ],
    ledes: [
      (f) =>
        `The painters follow the welders by eight segments: ${n(f.painted)} square metres of the new deck had their last coat by ${f.weekday}.`,
      (f) =>
        `Since ${f.since} another ${n(f.painted - f.before.painted)} square metres of steel have been painted.`,
    ],
    firsts: [
      () =>
        'Four coats make three tenths of a millimetre. The top one is the grey-green that the city chose in a vote of 9,400 residents.',
      () => 'The paint holds no lead, dries at five degrees and should last a quarter of a century.',
    ],
    seconds: [
      () => 'A test panel on the Outer Mole has been under salt spray for two years without a blister.',
      () => 'Painting stops when the dew point comes within three degrees of the steel.',
    ],
  },
];
