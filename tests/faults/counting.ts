import { dirname } from 'node:path';
import type { Config } from '../../src/config/config.ts';
import type { DatabaseConfig } from '../../src/storage/open.ts';

/** What the counting of views reads of a configuration, with its journal beside the database. */
export function countingConfig(database: DatabaseConfig): Pick<Config, 'database' | 'dataFolder' | 'origin'> {
  return {
    origin: 'https://paper.example',
    database,
    dataFolder: database.kind === 'sqlite' ? dirname(database.file) : '/nowhere',
  };
}
