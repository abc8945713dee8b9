import { median, quantile, type Row, type RowMaker, spreadOf } from '../row.ts';
import { type Heard, listen } from '../radio/crowd.ts';
import { hlsAges, joinOnce, type Join } from '../radio/delay.ts';
import { silences } from '../radio/resume.ts';
import { type Server, startIcecast, startOurs } from '../radio/servers.ts';

const ROUNDS = 3;
const SECONDS = 6;
const JOINS = 30;
const SEGMENTS = 5;
const RELOADS = 20;
const SILENCE_MS = 1000;
const KBITS = 128;
type Pair = { readonly ours: Server; readonly icecast: Server };

async function crowdRows(pair: Pair, at: { size: number; listeners: number }): Promise<Row[]> {
  const { size, listeners } = at;
  const ours: Heard[] = [];
  const theirs: Heard[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    theirs.push(await listen(pair.icecast, { listeners, seconds: SECONDS }));
    ours.push(await listen(pair.ours, { listeners, seconds: SECONDS }));
  }
  const gone = (heard: readonly Heard[]): number => heard.reduce((sum, each) => sum + each.gone, 0);
  const measure = (part: 'corePercent' | 'kbits') => {
    const mine = ours.map((each) => each[part]);
    const yardstick = median(theirs.map((each) => each[part]));
    return { ours: median(mine), yardstick, spread: spreadOf(mine), yardstickIs: 'icecast2' };
  };
  const bitRate = measure('kbits');
  const many = listeners.toLocaleString('en');
  return [
    {
      ...measure('corePercent'),
      name: `radio: processor for 1,000 of ${many} listeners`,
      size,
      unit: '% of a core',
      budget: '',
      holds: undefined,
    },
    {
      ...bitRate,
      name: `radio: delivered to each of ${many} listeners`,
      size,
      unit: 'kbit/s',
      budget: `≥ ${KBITS * 0.98} kbit/s, nobody dropped`,
      holds: bitRate.ours >= KBITS * 0.98 && gone(ours) === 0,
      note: `dropped: ${gone(ours)}, by icecast2 ${gone(theirs)}; listeners on the same machine`,
    },
  ];
}

async function joinRows(pair: Pair, size: number): Promise<Row[]> {
  const ours: Join[] = [];
  const theirs: Join[] = [];
  for (let n = 0; n < JOINS; n += 1) {
    theirs.push(await joinOnce(pair.icecast));
    ours.push(await joinOnce(pair.ours));
  }
  const ms = ours.map((join) => join.ms);
  const ages = await hlsAges(pair.ours, SEGMENTS);
  const first = ages.map((age) => age.first);
  return [
    {
      name: 'radio: join to the first sound',
      size,
      ours: median(ms),
      yardstick: median(theirs.map((join) => join.ms)),
      unit: 'ms',
      spread: spreadOf(ms),
      yardstickIs: 'icecast2',
      budget: '',
      holds: undefined,
      note: `95 of 100 within ${quantile(ms, 0.95).toFixed(1)} ms`,
    },
    {
      name: 'radio: age of a segment’s first sound when HLS first offers it',
      size,
      ours: median(first),
      yardstick: median(theirs.map((join) => join.age)),
      unit: 's',
      spread: spreadOf(first),
      yardstickIs: 'icecast2: age of what a new listener first hears',
      budget: '',
      holds: undefined,
      note: `its last sound is ${median(ages.map((age) => age.last)).toFixed(2)} s old then; a new listener of our stream first hears what is ${median(ours.map((join) => join.age)).toFixed(1)} s old`,
    },
  ];
}

async function silenceRows(executable: string, size: number): Promise<Row[]> {
  const { live, rewound, bare } = await silences(executable, RELOADS);
  return (
    [
      ['live', live],
      ['going back', rewound],
    ] as const
  ).map(([name, ms]) => ({
    name: `radio: silence when a page is loaded whole, ${name}, p95`,
    size,
    ours: quantile(ms, 0.95),
    yardstick: quantile(bare, 0.95),
    unit: 'ms',
    spread: spreadOf(ms),
    yardstickIs: 'a page with nothing but an audio element of the stream',
    budget: `≤ ${SILENCE_MS} ms`,
    holds: quantile(ms, 0.95) <= SILENCE_MS,
    note: `median ${median(ms).toFixed(0)} ms`,
  }));
}

/** A mount of 128 kbit/s beside icecast2 with the same limits: one encoder each, listeners in processes of their own. */
export const radioRow: RowMaker = async ({ size, executable, listeners }) => {
  const icecast = await startIcecast();
  try {
    const ours = await startOurs(executable);
    try {
      const pair = { ours, icecast };
      const rows = [...(await joinRows(pair, size)), ...(await silenceRows(executable, size))];
      for (const count of listeners) rows.push(...(await crowdRows(pair, { size, listeners: count })));
      return rows;
    } finally {
      await ours.stop();
    }
  } finally {
    await icecast.stop();
  }
};
