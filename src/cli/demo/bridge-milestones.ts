/** The days that were not like the others: written by hand, each tied to its day of the works. */
export type Milestone = {
  readonly day: number;
  /** The local hour of the report, 17 unless given. */
  readonly hour?: number;
  readonly headline: string;
  readonly lede: string;
  readonly paragraphs: readonly string[];
  readonly urgency?: number;
  readonly place?: string;
  readonly concepts: readonly string[];
};

export const MILESTONES: readonly Milestone[] = [
  {
    day: 0,
    hour: 20.5,
    urgency: 3,
    concepts: ['bridge-closure', 'transport', 'judith-arkwell'],
    headline: 'Last car crosses the Kingsferry Bridge',
    lede: 'The Kingsferry Bridge closed to all traffic at eight in the evening. The last car over it was a milk van on its way home.',
    paragraphs: [
      'Police lowered the barriers on both ramps at the same moment, by radio. A few hundred people had come to walk across once more; the lord mayor, Judith Arkwell, was among them and made no speech.',
      'From five in the morning three ferries take over. The buses go round by the Tarnfeld road.',
    ],
  },
  {
    day: 1,
    urgency: 4,
    concepts: ['velm-ferries', 'transport'],
    headline: 'First morning on the boats passes without a queue',
    lede: 'The feared crush at Kingsferry Stairs did not come: the longest wait on the first morning was nine minutes.',
    paragraphs: [
      'Many had stayed at home or left early. Velm Ferries said that the second week, not the first, would be the test.',
    ],
  },
  {
    day: 3,
    concepts: ['engineering', 'bridge-authority'],
    headline: 'Lamps, rails and cables are taken off the deck',
    lede: 'Before any steel is cut, everything that is not the bridge is taken from it: 118 lamps, two kilometres of rail and eleven of cable.',
    paragraphs: [
      'The lamps of 1964 will light the allotments at Millfield. The city gas main was cut over to a pipe under the river last autumn.',
    ],
  },
  {
    day: 6,
    urgency: 3,
    concepts: ['engineering', 'halloran-weiss'],
    headline: 'First segment of the old deck is lifted out',
    lede: 'At slack water, with several thousand people watching from the quays, the first piece of the old Kingsferry deck came away and was lowered to a barge.',
    paragraphs: [
      'The cut took longer than planned, since two rivets had been welded over in some forgotten repair. The barge left for Tarnfeld on the next flood.',
      '“Now it is no longer a bridge,” said Nadia Ferrant, the chief engineer. “From today it is a building site with water in it.”',
    ],
  },
  {
    day: 13,
    concepts: ['city-council', 'transport', 'emil-strand'],
    headline: 'Council keeps the ferries free for the whole closure',
    lede: 'The transport committee has voted that the Kingsferry ferries will cost nothing until the bridge reopens, whenever that is.',
    paragraphs: [
      'The motion passed by eight votes to three. Councillor Emil Strand said that people had already paid for a bridge.',
    ],
  },
  {
    day: 19,
    concepts: ['history', 'edith-quint'],
    headline: 'Time capsule of 1963 found under the east abutment',
    lede: 'Workers have found a soldered copper box in the east abutment. It held coins, a copy of the Courier and a list of the men who dug the foundations.',
    paragraphs: [
      'The city archivist, Edith Quint, opened it before witnesses. The list has 412 names, 31 of them marked with a cross. Families who recognise a name may see it at the archive.',
    ],
  },
  {
    day: 28,
    concepts: ['kingsferry', 'noise'],
    headline: 'Authority moves night cutting to the daytime after complaints',
    lede: 'Steel will no longer be cut after ten in the evening. The Bridge Authority gave way after a meeting with some 200 residents in the Seamen’s Hall.',
    paragraphs: [
      'The change will cost about four days in all. Piet Lorrimer, its spokesman, said the days could be found.',
    ],
  },
  {
    day: 36,
    concepts: ['engineering', 'river-velm'],
    headline: 'Divers find scour at pier 4 deeper than drawn',
    lede: 'The river has dug 1.8 metres more from beneath pier 4 than the survey showed. The collar of concrete there will be made larger.',
    paragraphs: [
      'The pier is in no danger, the Authority said; it carries no deck at present. The extra work comes to eleven days, and is done beside other work.',
    ],
  },
  {
    day: 47,
    urgency: 4,
    concepts: ['archaeology', 'history', 'edith-quint'],
    headline: 'Oak piles of the old crossing come up from the mud',
    lede: 'Dredging beside pier 2 has brought up oak piles that are centuries older than the bridge. Work at the pier has stopped for ten days.',
    paragraphs: [
      'Archaeologists from the university have marked out an area of twelve by nine metres. Rings in the wood will tell when the trees were felled.',
    ],
  },
  {
    day: 55,
    concepts: ['archaeology', 'university'],
    headline: 'Tree rings date the Kingsferry piles to the winter of 1611',
    lede: 'The oak piles from pier 2 were felled in the winter of 1611 to 1612, the university’s laboratory has found.',
    paragraphs: [
      'That fits a licence for a “stage and passage” in the city’s books. Two piles will be kept; the rest is drawn, sampled and covered again.',
    ],
  },
  {
    day: 73,
    concepts: ['velm-ferries', 'human-interest'],
    headline: 'Millionth-passenger badge goes to a night nurse',
    lede: 'Velm Ferries gave a brass badge to a nurse coming off her shift, who by its reckoning was close to the millionth passenger.',
    paragraphs: [
      'Ruth Ambler has crossed 131 times since the closure. She asked whether the badge could be had in a size for her bicycle.',
    ],
  },
  {
    day: 71,
    urgency: 4,
    concepts: ['labour', 'halloran-weiss', 'health'],
    headline: 'Rigger breaks a wrist in fall from staging',
    lede: 'A rigger of 34 fell two metres from a staging at pier 5 and broke a wrist. Work at the pier stopped for the day.',
    paragraphs: [
      'He was taken ashore by the rescue boat within six minutes. The labour inspectorate has the case. It is the first reportable accident on the site.',
    ],
  },
  {
    day: 79,
    hour: 22.25,
    concepts: ['music', 'kingsferry'],
    headline: 'Choir sings from the stump of the east ramp',
    lede: 'Some 600 people stood on Ferry Street to hear the Kingsferry choir sing from the end of the ramp, where the road now stops in the air.',
    paragraphs: [
      'The evening was the idea of the traders’ association. The cafés stayed open until eleven and said they would do it again.',
    ],
  },
  {
    day: 88,
    concepts: ['engineering', 'bridge-authority'],
    headline: 'Pier 4 passes its load test',
    lede: 'Loaded with 1,400 tonnes of water in tanks, the strengthened pier 4 sank by two millimetres and came back when they were emptied.',
    paragraphs: [
      'The engineers had allowed five. It was the pier with the deepest scour, and the one they had worried about.',
    ],
  },
  {
    day: 97,
    urgency: 3,
    concepts: ['engineering', 'history', 'kingsferry'],
    headline: 'Last piece of the old bridge leaves the river',
    lede: 'The old deck of the Kingsferry Bridge is gone. Segment W1, the last of 96, was lifted from the western ramp at midday.',
    paragraphs: [
      'Seven piers now stand in the Velm with nothing on them, for the first time since 1962. The harbour master let the ships that passed sound their horns, once each.',
      'A plate from the last segment, with its rivets, goes to the Maritime Museum.',
    ],
  },
  {
    day: 104,
    urgency: 4,
    concepts: ['engineering', 'nadia-ferrant', 'halloran-weiss'],
    headline: 'New deck begins: segment E1 is set on Eastbank',
    lede: 'The first segment of the new deck was set on the eastern abutment, a week later than planned and four millimetres from where it should be.',
    paragraphs: [
      'Four is fewer than the eight that are allowed. The next one follows on the western side, and then they take turns until they meet.',
    ],
  },
  {
    day: 117,
    urgency: 3,
    place: 'VELMOUTH',
    concepts: ['economy', 'city-council', 'bridge-authority'],
    headline: 'Bridge to cost 238 million euros, 24 million more than granted',
    lede: 'The Bridge Authority has told the council that the works will cost 238 million euros rather than 214, mainly for steel and for the deeper collar at pier 4.',
    paragraphs: ['The council meets in two days. The province said it would bear its half.'],
  },
  {
    day: 119,
    hour: 22.5,
    place: 'VELMOUTH',
    concepts: ['city-council', 'economy', 'judith-arkwell'],
    headline: 'Council grants the further millions by 31 votes to 14',
    lede: 'After four hours the city council approved its share of the higher cost of the bridge. Judith Arkwell, the lord mayor, called it an expensive evening and a necessary one.',
    paragraphs: [
      'An amendment that would have paid for it from the libraries’ building fund was lost by a wide margin.',
    ],
  },
  {
    day: 128,
    concepts: ['engineering', 'education'],
    headline: 'Pupils name the crane barge Patience',
    lede: 'The crane barge that had only a number is now called Patience. The children of Kingsferry primary school chose the name.',
    paragraphs: [
      'The runner-up was Heron. The painters put the name on both sides, and a small heron under it.',
    ],
  },
  {
    day: 139,
    concepts: ['engineering', 'tarnfeld'],
    headline: 'Faulty batch of bolts sent back, four segments checked again',
    lede: 'Bolts of one delivery were softer than certified. All 480 that had been fitted are being changed, the Authority said.',
    paragraphs: [
      'They hold four segments for the time until the welds are closed. No segment has moved. The maker has sent an engineer.',
    ],
  },
  {
    day: 146,
    concepts: ['engineering', 'halloran-weiss'],
    headline: 'All 480 suspect bolts have been changed',
    lede: 'A week after the faulty delivery was found, the last of the bolts has been replaced at night and the lifts have begun again.',
    paragraphs: ['The works lost five days. The contractor will bear the cost, and has said so in writing.'],
  },
  {
    day: 150,
    concepts: ['engineering', 'nadia-ferrant'],
    headline: 'Last of the 32 bearings is set, well before its day',
    lede: 'The last of the 32 new bearings was set on pier 7, some three weeks before it was due.',
    paragraphs: [
      'Nadia Ferrant took the crew to the Saltmarket for fish. The jacks go on to a viaduct in the north.',
    ],
  },
  {
    day: 158,
    concepts: ['engineering', 'transport', 'emil-strand'],
    headline: 'Cycle path on the new bridge to be a metre wider',
    lede: 'The path for cyclists on the southern side will be 3.5 metres wide instead of 2.5. The committee found the room by narrowing the verge.',
    paragraphs: [
      'The count of bicycles on the ferries decided it. The railing must be moved outward, on brackets that had been foreseen for cables.',
    ],
  },
  {
    day: 166,
    urgency: 4,
    concepts: ['engineering', 'weather'],
    headline: 'Barge breaks a mooring in the squall, no one hurt',
    lede: 'A barge with two segments on board broke one of its four lines in a squall and swung across the eastern channel for twenty minutes.',
    paragraphs: [
      'Two tugs held it. The segments were not damaged, nor was the pier that it came within fifteen metres of. Shipping stopped until the morning.',
    ],
  },
  {
    day: 174,
    concepts: ['kingsferry', 'leisure'],
    headline: 'Eight thousand walk the new deck on open day',
    lede: 'For six hours the eastern arm of the new bridge belonged to walkers. They were let on by hundreds, and came back with wind in their hair.',
    paragraphs: [
      'The end of the deck was fenced with glass. The youngest visitor was nine days old, the oldest had welded on the first bridge.',
    ],
  },
  {
    day: 181,
    concepts: ['engineering', 'science-technology'],
    headline: 'Two hundred sensors go into the deck',
    lede: 'The new deck will report on itself: 200 gauges for strain, temperature and tilt are being glued in before the last segments close it.',
    paragraphs: [
      'The data are to be public. The university’s institute will watch them for the first five years, against nothing but the electricity.',
    ],
  },
  {
    day: 189,
    place: 'VELMOUTH',
    concepts: ['transport', 'bridge-authority', 'piet-lorrimer'],
    headline: 'Authority sets out the order of the reopening',
    lede: 'Pedestrians and cyclists should be able to cross about four weeks after the last lift, buses three weeks after that, Piet Lorrimer said.',
    paragraphs: [
      'Cars follow when the asphalt has cured. The Authority gave no day and asked not to be pressed for one.',
    ],
  },
  {
    day: 196,
    concepts: ['velm-ferries', 'city-council'],
    headline: 'Petition to keep one ferry gathers 11,000 names',
    lede: 'A petition to keep the Lisbeth running after the bridge reopens was handed to the council with 11,214 signatures.',
    paragraphs: [
      'The committee must now debate it. A boat and its crew would cost 2.3 million euros a year.',
    ],
  },
  {
    day: 203,
    concepts: ['engineering', 'nadia-ferrant'],
    headline: 'The two arms are level to within nine millimetres',
    lede: 'Surveyors shot a line across the gap at dawn: the eastern and the western arm of the bridge differ by nine millimetres in height and by three sideways.',
    paragraphs: [
      'They can be brought together with jacks. “We would have taken thirty,” the chief engineer said.',
    ],
  },
  {
    day: 209,
    urgency: 4,
    concepts: ['engineering', 'shipping', 'anselm-raine'],
    headline: 'River to close for six hours for the last lift',
    lede: 'The harbour master will close the Velm at the bridge for six hours on the day of the last lift. Ferries lie still as well.',
    paragraphs: [
      'Ships that want to pass before should give notice. Small craft may watch from outside the red buoys.',
    ],
  },
];
