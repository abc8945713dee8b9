import type { Migration } from './migration.ts';

export const m0002: Migration = {
  name: '0002-accounts',
  statements: [],
};
