import type { Migration } from './migration.ts';

export const m0008: Migration = {
  name: '0008-audience',
  statements: [],
};
