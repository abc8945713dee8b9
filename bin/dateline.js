#!/usr/bin/env node
import { withNewEnoughNode } from './node-version.js';

await withNewEnoughNode(import.meta.url, async () => {
  process.setSourceMapsEnabled(true);
  const { currentBuild } = await import('./build.js');
  let entry;
  try {
    entry = await currentBuild();
  } catch (error) {
    process.stderr.write(
      `Dateline could not be built: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
    return;
  }
  await import(entry);
});
