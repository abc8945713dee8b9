import { fanOut } from '../fan-out.ts';
import { quantile, type Row, type RowMaker } from '../row.ts';

const ROUNDS = 3;
const ROW_MS = 90_000;

async function row(
  size: number,
  { readers, name, budgetMs }: { readers: number; name: string; budgetMs: number },
): Promise<Row> {
  const ours: number[][] = [];
  const bare: number[][] = [];
  const until = performance.now() + ROW_MS;
  // A slow machine gets fewer rounds, so that a run ends; one it gets in any case.
  for (let round = 0; round < ROUNDS && (round === 0 || performance.now() < until); round += 1) {
    const measure = { readers, events: 5, processes: readers > 2000 ? 3 : 1 };
    bare.push(await fanOut({ kind: 'bare', ...measure }));
    ours.push(await fanOut({ kind: 'hub', ...measure }));
  }
  const p99 = ours.map((delays) => quantile(delays, 0.99));
  const all = ours.flat();
  return {
    name,
    size,
    ours: quantile(p99, 0.5),
    yardstick: quantile(
      bare.map((delays) => quantile(delays, 0.99)),
      0.5,
    ),
    unit: 'ms p99',
    spread: [Math.min(...p99), Math.max(...p99)],
    yardstickIs: 'bare node:http writing the same to as many, nothing stored',
    budget: `≤ ${budgetMs} ms`,
    holds: quantile(p99, 0.5) <= budgetMs,
    note: `median ${quantile(all, 0.5)} ms, ${ours.length} rounds; readers on the same machine`,
  };
}

/** From the write of an event to every one of so many open pages, the commit and the outbox included. */
export const liveRow: RowMaker = async ({ size }) => [
  await row(size, { readers: 1000, name: 'posted → shown to 1,000 live readers', budgetMs: 250 }),
  await row(size, { readers: 10_000, name: 'fan-out to 10,000 connections', budgetMs: 500 }),
];
