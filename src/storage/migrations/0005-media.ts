import type { Migration } from './migration.ts';

export const m0005: Migration = {
  name: '0005-media',
  statements: [],
};
