import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openHouse } from '../src/app.ts';
import { configFrom } from '../src/config/config.ts';
import { fillArchive } from './fill.ts';

export async function runBench(argv: readonly string[], at: { root: string; executable: string }): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { size: { type: 'string' } } });
  const size = Number(values.size ?? 1000);
  const folder = join(tmpdir(), `dateline-bench-${size}`);
  await rm(folder, { recursive: true, force: true });
  const house = await openHouse(configFrom({}, { data: folder }));
  const f = await fillArchive(house, { articles: size, progress: (n) => n % 5000 === 0 && console.log(n) });
  console.log(f.articles, f.seconds, f.articles / f.seconds, f.rates.slice(-5));
  await house.close();
  void at; void existsSync; void readFileSync; void mkdir; void writeFile;
  return 0;
}
