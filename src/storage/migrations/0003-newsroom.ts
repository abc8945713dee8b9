import type { Migration } from './migration.ts';

export const m0003: Migration = {
  name: '0003-newsroom',
  statements: [],
};
