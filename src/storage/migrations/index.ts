import { m0001 } from './0001-first-edition.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [m0001];
