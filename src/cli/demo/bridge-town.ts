import { NOISE_LIMIT } from './bridge-model.ts';
import type { Kind } from './bridge-phrases.ts';
import { n } from './bridge-phrases.ts';

/** The town on both banks. */
export const TOWN_KINDS: readonly Kind[] = [
  {
    name: 'buses',
    from: 1,
    to: 208,
    every: 8.5,
    place: 'VELMOUTH',
    concepts: ['transport', 'city-council', 'eastbank'],
    headlines: [
      (f) => `The long way round: ${f.busMinutes} minutes by bus in week ${f.week}`,
      (f) =>
        `Tarnfeld road: diversion takes ${f.busMinutes} minutes, ${n(14_000 + f.day * 11)} vehicles a day`,
      (f) => `Bus 12 needs ${f.busMinutes} minutes from Eastbank in week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `The diversion by the Tarnfeld road took a bus ${f.busMinutes} minutes on average this week, the council’s measurements show.`,
      (f) =>
        `Drivers between Eastbank and the Westbank Quays should reckon with ${f.busMinutes} minutes by the Tarnfeld road in the mornings; on ${f.since} it was ${f.before.busMinutes}.`,
    ],
    firsts: [
      () => 'Before the closure the same journey over the bridge took eleven minutes.',
      () =>
        'The bus lane on the quay road, painted in the first week, now runs as far as the grain terminal.',
      () =>
        'Lorries over 12 tonnes use the motorway crossing at Lindauer Kreuz, 24 kilometres upriver; their number on the Tarnfeld road is checked by camera.',
    ],
    seconds: [
      () =>
        'Councillor Emil Strand, who chairs the transport committee, said the bus lane would stay when the bridge reopened “if the figures go on arguing for it”.',
      () => 'The next count is due in a week.',
      () =>
        'Residents of Tarnfeld Road have asked for a second crossing with lights near the school; the committee will hear them at its next sitting.',
    ],
  },
  {
    name: 'noise',
    from: 4,
    to: 210,
    every: 8.5,
    place: 'KINGSFERRY',
    concepts: ['noise', 'kingsferry'],
    headlines: [
      (f) => `Night noise: ${f.noise} decibels in week ${f.week}`,
      (f) => `Meter on Ferry Street reads ${f.noise} decibels at night, week ${f.week}`,
      (f) =>
        f.noise > NOISE_LIMIT
          ? `Night limit broken: ${f.noise} decibels, week ${f.week}`
          : f.noise === NOISE_LIMIT
            ? `Nights at the limit: ${f.noise} decibels on Ferry Street, week ${f.week}`
            : `Quieter than the limit by ${NOISE_LIMIT - f.noise} in week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `The loudest night hour on Ferry Street since ${f.since} was ${f.noise} decibels; the limit is ${NOISE_LIMIT}.`,
      (f) =>
        f.noise > NOISE_LIMIT
          ? `The site was louder than it may be on ${f.weekday}: ${f.noise} decibels at the Ferry Street meter, where ${NOISE_LIMIT} is the limit between ten and six.`
          : `The site kept to its night limit this week, with ${f.noise} decibels at most at the meter on Ferry Street.`,
    ],
    firsts: [
      () =>
        'Three meters stand on Eastbank and two at the Saltmarket. Their readings are published each hour.',
      () =>
        'Riveting hammers are no longer used after eight in the evening. What residents hear at night are pumps and the reversing signals of lorries.',
      () => 'The Authority has paid for secondary glazing in 212 flats so far.',
    ],
    seconds: [
      () => 'A hotline answers day and night; it took fourteen calls this week.',
      () =>
        'The signals have been changed for ones that hiss rather than beep, which carry less far over water.',
      (f) => `The mean of all nights so far is ${52 + (f.day % 3)} decibels.`,
    ],
  },
  {
    name: 'traders',
    from: 9,
    to: 206,
    every: 13,
    place: 'KINGSFERRY',
    concepts: ['economy', 'kingsferry'],
    headlines: [
      (f) => `Ferry Street trade down ${f.tradeFall} per cent in week ${f.week}`,
      (f) => `Shops at Kingsferry: takings ${f.tradeFall} per cent below last year on day ${f.day}`,
    ],
    ledes: [
      (f) =>
        `Takings on Ferry Street were ${f.tradeFall} per cent lower this week than a year ago, the traders’ association said on ${f.weekday}. On ${f.since} it had reported ${f.before.tradeFall}.`,
      (f) =>
        `The shops at the eastern bridgehead took ${f.tradeFall} per cent less than in the same week last year.`,
    ],
    firsts: [
      () =>
        'Forty-one of the 58 shops take part in the survey. Cafés near the ferry stairs do better than before the closure; the hardware shops at the old ramp do worse.',
      () => 'The city has waived the pavement rent until the bridge reopens.',
    ],
    seconds: [
      () =>
        '“We asked for customers and were given a leaflet,” said Bridget Amory, who chairs the association. “Since the boats stop here, it is customers.”',
      () => 'Applications for the hardship fund may be handed in until the end of the month.',
    ],
  },
  {
    name: 'school',
    from: 8,
    to: 202,
    every: 15,
    place: 'EASTBANK',
    concepts: ['education', 'velm-ferries'],
    headlines: [
      (f) => `School boat: ${f.pupils} pupils cross in week ${f.week}`,
      (f) => `${f.pupils} on the 7.35, and a teacher in every cabin: week ${f.week}`,
    ],
    ledes: [
      (f) =>
        `${f.pupils} pupils crossed on the 7.35 and the 7.43 on ${f.weekday}, the school board reported.`,
      (f) =>
        `The school boats carried ${f.pupils} children on ${f.weekday}; at the count of ${f.since} it was ${f.before.pupils}.`,
    ],
    firsts: [
      () => 'Four schools on the west bank begin ten minutes later until the bridge reopens.',
      () =>
        'Life-jackets for every child hang in the lower cabin; a drill is held on the first Monday of the month.',
    ],
    seconds: [
      () =>
        'Lateness has fallen below its level before the closure, which the head teachers ascribe to the boat’s bell.',
      () => 'Parents have asked for a third boat in fog; Velm Ferries is looking for a crew.',
    ],
  },
];
