#!/usr/bin/env node
/** Runs the benchmarks of a checkout: builds the program and `bench/` beside it, then hands over. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withNewEnoughNode } from './node-version.js';

const root = join(import.meta.dirname, '..');

await withNewEnoughNode(import.meta.url, async () => {
  if (!existsSync(join(root, 'bench/main.ts'))) {
    process.stderr.write('The benchmarks are in a checkout of the sources, not in this build.\n');
    process.exitCode = 1;
    return;
  }
  const { currentBuild } = await import('./build.js');
  const entry = fileURLToPath(await currentBuild());
  const { rolldown } = await import('rolldown');
  const made = await rolldown({
    input: {
      main: join(root, 'bench/main.ts'),
      'front-door.server': join(root, 'bench/front-door.server.ts'),
      'live.server': join(root, 'bench/live.server.ts'),
      'live.clients': join(root, 'bench/live.clients.ts'),
      'radio.listeners': join(root, 'bench/radio.listeners.ts'),
      'bare-start': join(root, 'bench/bare-start.ts'),
    },
    platform: 'node',
    logLevel: 'warn',
    tsconfig: join(root, 'tsconfig.server.json'),
    transform: { target: 'node24' },
    external: (id) => /^[^./]/.test(id),
  });
  const outDir = await mkdtemp(join(dirname(dirname(entry)), 'bench-'));
  try {
    await made.write({ dir: outDir, format: 'esm', sourcemap: true, entryFileNames: '[name].js' });
    await made.close();
    const { runBench } = await import(pathToFileURL(join(outDir, 'main.js')).href);
    process.exitCode = await runBench(process.argv.slice(2), { root, executable: entry });
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
});
