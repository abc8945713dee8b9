/** Finds, or installs, what the tests run against; one line and a failure when it cannot. */
import { rmSync } from 'node:fs';
import { findChromium } from './chromium.ts';
import { findPostgres } from './postgres-binaries.ts';

const finders: Record<string, () => string> = {
  chromium: findChromium,
  postgres: () => {
    const { folder, copied } = findPostgres();
    if (copied !== undefined) rmSync(copied, { recursive: true, force: true });
    return folder;
  },
};

for (const name of process.argv.slice(2)) {
  try {
    const find = finders[name];
    if (find === undefined) throw new Error(`No such need: ${name}.`);
    process.stdout.write(`${name}: ${find()}\n`);
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 1;
  }
}
