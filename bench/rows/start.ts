import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Bench, median, type RowMaker, spreadOf } from '../row.ts';

const STARTS = 5;
type Started = { readonly child: ChildProcess; readonly address: string; readonly milliseconds: number };

/** From `spawn` to the whole first page, and what the process holds after 300 different pages. */
export const startRow: RowMaker = async (bench) => {
  if (bench.house.db.kind !== 'sqlite') return [];
  const ours: number[] = [];
  const bare: number[] = [];
  const memory: number[] = [];
  const bareMemory: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const site = await start([
      bench.executable,
      'serve',
      '--data',
      bench.folder,
      '--port',
      '0',
      '--role',
      'web',
    ]);
    ours.push(site.milliseconds);
    await readPages(bench, site.address);
    memory.push(await residentMb(site.child));
    await end(site.child);
    const plain = await start([bench.bareStart, join(bench.folder, 'dateline.sqlite')]);
    bare.push(plain.milliseconds);
    bareMemory.push(await residentMb(plain.child));
    await end(plain.child);
  }
  const ms = median(ours);
  const mb = median(memory);
  const common = { size: bench.size, yardstickIs: 'a bare process with the same file open' };
  return [
    {
      ...common,
      name: 'start to the first page',
      ours: ms,
      yardstick: median(bare),
      unit: 'ms',
      spread: spreadOf(ours),
      budget: '≤ 1 s',
      holds: ms <= 1000,
    },
    {
      ...common,
      name: 'resident memory after 300 pages',
      ours: mb,
      yardstick: median(bareMemory),
      unit: 'MB',
      spread: spreadOf(memory),
      budget: '≤ 250 MB',
      holds: mb <= 250,
    },
  ];
};

async function start(args: string[]): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATELINE_METRICS_PORT: 'off', DATELINE_LOG_LEVEL: 'error' },
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /listening on (http:\S+?)\.(?:\s|$)/.exec(line)?.[1];
    if (address === undefined) continue;
    const response = await fetch(address);
    await response.text();
    if (response.status !== 200) throw new Error(`the first page answered ${response.status}`);
    return { child, address, milliseconds: performance.now() - began };
  }
  throw new Error('the process ended before it listened');
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function readPages({ house }: Bench, address: string): Promise<void> {
  const rows = await house.db.read
    .selectFrom('published_articles')
    .select('path')
    .where('kind', '=', 'article')
    .orderBy('article_id')
    .limit(300)
    .execute();
  for (const { path } of rows) await (await fetch(address + path)).text();
}

/** What the system counts as resident, in MB; Linux. */
async function residentMb(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
