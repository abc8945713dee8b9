import type { Migration } from './migration.ts';

export const m0009: Migration = {
  name: '0009-radio',
  statements: [],
};
