import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A path in the checkout. */
export function repoPath(relative: string): string {
  return resolve(root, relative);
}

/**
 * A file of the sample material that lies beside a checkout and is not part of it; undefined where it is absent, and
 * then a test says so and skips.
 */
export function sharedPath(relative: string): string | undefined {
  const path = resolve(root, '../shared', relative);
  return existsSync(path) ? path : undefined;
}
