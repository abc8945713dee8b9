import type { Migration } from './migration.ts';

export const m0007: Migration = {
  name: '0007-moderation',
  statements: [],
};
