import type { Migration } from './migration.ts';

export const m0006: Migration = {
  name: '0006-discussion',
  statements: [],
};
