import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openHouse } from '../src/app.ts';
import { configFrom } from '../src/config/config.ts';
import { fillArchive } from './fill.ts';
import type { Row, RowMaker } from './row.ts';
import { cachedArticle } from './rows/cached.ts';
import { liveRow } from './rows/live.ts';
import { viewsRow } from './rows/views.ts';
import { discussionRow } from './rows/discussion.ts';
import { editorRow } from './rows/editor.ts';
import { importRow } from './rows/import.ts';
import { listsRow } from './rows/lists.ts';
import { publishRow } from './rows/publish.ts';
import { radioRow } from './rows/radio.ts';
import { searchRow } from './rows/search.ts';
import { startRow } from './rows/start.ts';
import { uncachedArticle } from './rows/uncached.ts';
import { tableOf } from './table.ts';

const rows: Readonly<Record<string, RowMaker>> = {
  cached: cachedArticle,
  uncached: uncachedArticle,
  discussion: discussionRow,
  search: searchRow,
  lists: listsRow,
  import: importRow,
  start: startRow,
  publish: publishRow,
  views: viewsRow,
  live: liveRow,
  editor: editorRow,
  radio: radioRow,
};

const HELP = `npm run bench -- [--size 1000,100000] [--rows ${Object.keys(rows).join(',')}] [--listeners 500,2000,4000,8000] [--database URL] [--keep] [--json]
  --size   articles in the archive, one table each
  --rows   only these
  --listeners  how many listen to the radio at once, one pair of rows each
  --database   an empty PostgreSQL database to fill and measure, in the place of embedded SQLite
  --keep   keep the filled archive for the next run (then without the import row)
  --json   print one JSON object instead of the table
A run of all rows writes bench/RESULTS.md.\n`;

/** Runs the benchmarks and prints one table. Returns the exit code: 0 also when a budget does not hold, which the table says. */
export async function runBench(
  argv: readonly string[],
  at: { root: string; executable: string },
): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      size: { type: 'string', default: '1000,100000' },
      rows: { type: 'string', default: Object.keys(rows).join(',') },
      listeners: { type: 'string', default: '500,2000,4000,8000' },
      database: { type: 'string' },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const wanted = values.rows.split(',');
  const sizes = values.size.split(',').map(Number);
  const listeners = values.listeners.split(',').map(Number);
  const strange = wanted.find((name) => rows[name] === undefined);
  if (strange !== undefined || sizes.some((size) => !Number.isInteger(size) || size < 100)) {
    process.stderr.write(
      strange === undefined
        ? 'A size is a whole number from 100.\n'
        : `There is no row ${strange}: ${Object.keys(rows).join(', ')}.\n`,
    );
    return 2;
  }
  if (listeners.some((count) => !Number.isInteger(count) || count < 1)) {
    process.stderr.write('Listeners are counted in whole numbers.\n');
    return 2;
  }
  const measured: Row[] = [];
  for (const [index, size] of sizes.entries()) {
    // The cached page is the same bytes whatever the archive: once is enough.
    const names = wanted.filter(
      (name) => !['cached', 'views', 'live', 'radio'].includes(name) || index === 0,
    );
    measured.push(
      ...(await measure({
        size,
        names,
        listeners,
        database: values.database,
        keep: values.keep,
        executable: at.executable,
      })),
    );
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const database = values.database === undefined ? 'embedded SQLite' : 'PostgreSQL';
  const table = tableOf(measured);
  process.stdout.write(
    values.json ? `${JSON.stringify({ machine, database, rows: measured })}\n` : `\n${table}`,
  );
  if (wanted.length === Object.keys(rows).length) {
    const day = new Date().toISOString().slice(0, 10);
    await writeFile(
      join(at.root, 'bench/RESULTS.md'),
      `# Measured\n\n\`npm run bench -- --size ${values.size}\` on ${day}, ${machine}, ${database}. Median of each; the yardstick ran beside it.\n\n${table}`,
    );
  }
  return 0;
}

async function measure(run: {
  size: number;
  names: readonly string[];
  listeners: readonly number[];
  database: string | undefined;
  keep: boolean;
  executable: string;
}): Promise<Row[]> {
  const { size, keep, executable, listeners, database } = run;
  const folder = join(tmpdir(), `dateline-bench-${size}${database === undefined ? '' : '-postgres'}`);
  const full = join(folder, 'filled.json');
  const known = keep && existsSync(full);
  if (!known) await rm(folder, { recursive: true, force: true });
  const config = configFrom(database === undefined ? {} : { DATELINE_DATABASE_URL: database }, {
    data: folder,
  });
  const house = await openHouse(config);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    let fillRates: readonly number[] = known ? (JSON.parse(readFileSync(full, 'utf8')) as number[]) : [];
    if (!known) {
      say(`${size} articles …`);
      ({ rates: fillRates } = await fillArchive(house, { articles: size }));
      await writeFile(full, JSON.stringify(fillRates));
    }
    const found: Row[] = [];
    for (const name of run.names) {
      say(`${size}: ${name} …`);
      const bareStart = fileURLToPath(new URL('bare-start.js', import.meta.url));
      const made = await rows[name]?.({
        house,
        config,
        size,
        folder,
        executable,
        bareStart,
        fillRates,
        listeners,
      });
      found.push(...(made ?? []));
    }
    return found;
  } finally {
    await house.close();
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}
