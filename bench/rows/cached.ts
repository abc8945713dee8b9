import { measureFrontDoor } from '../front-door.ts';
import type { RowMaker } from '../row.ts';

/** A page from the cache beside a bare node:http server that sends the same bytes. */
export const cachedArticle: RowMaker = async ({ size }) => {
  const measured = await measureFrontDoor({ rounds: 5, milliseconds: 1000 });
  return measured.map((row) => ({
    name: `cached article, 30 KB, ${row.encoding}`,
    size,
    ours: row.doorRequests,
    yardstick: row.bareRequests,
    unit: 'requests/s',
    spread: [row.ratio[1] * row.bareRequests, row.ratio[2] * row.bareRequests],
    yardstickIs: 'bare node:http, same bytes',
    budget: '≥ 0.95 × bare',
    // Of the two ways to compare, processor time is the steadier on a shared machine.
    holds: Math.max(row.ratio[0], row.cpuRatio[0]) >= 0.95,
    note: `rate × ${row.ratio[0].toFixed(3)}, processor time × ${row.cpuRatio[0].toFixed(3)}`,
  }));
};
