import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand } from 'citty';
import { Problem } from '../base/problem.ts';

/** Hands over to the benchmarks of a checkout, which are no part of a build. */
export const benchCommand = defineCommand({
  meta: { name: 'bench', description: 'Measure the budgets, each beside its yardstick (in a checkout)' },
  args: {
    size: { type: 'string', description: 'articles, such as 1000,100000' },
    rows: { type: 'string', description: 'only these rows, such as search,publish' },
    keep: { type: 'boolean', description: 'keep the filled archive for the next run' },
    json: { type: 'boolean', description: 'one JSON object instead of the table' },
  },
  run: async ({ rawArgs }) => {
    let folder = dirname(fileURLToPath(import.meta.url));
    while (!existsSync(join(folder, 'bin/bench.js')) || !existsSync(join(folder, 'bench/main.ts'))) {
      const parent = dirname(folder);
      if (parent === folder)
        throw new Problem(
          'unavailable',
          'The benchmarks are not part of a build.',
          'Run npm run bench in a checkout.',
        );
      folder = parent;
    }
    const child = spawn(process.execPath, [join(folder, 'bin/bench.js'), ...rawArgs], { stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  },
});
