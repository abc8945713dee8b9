import type { Migration } from './migration.ts';

export const m0004: Migration = {
  name: '0004-collaboration',
  statements: [],
};
