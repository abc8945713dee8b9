import { readFileSync } from 'node:fs';
import { repoPath } from '../support/shared.ts';
import type { ImportRules } from './imports.ts';
import { type Source, sources } from './sources.ts';
import type { Ownership } from './tables.ts';

/** What rooms.json holds. Places are folders or files, relative to the root. */
export type Rules = ImportRules & {
  readonly environment: readonly string[];
  readonly dialect: readonly string[];
  readonly handles: readonly string[];
  readonly addresses: readonly string[];
  readonly longFiles: readonly string[];
  readonly tables: Ownership;
};

export const root: string = repoPath('.');
export const rules = JSON.parse(readFileSync(repoPath('rooms.json'), 'utf8')) as Rules;

/** The sources of the program, and of what is beside it where a rule is for that too. */
export const program: readonly Source[] = sources(root, 'src');
export const beside: readonly Source[] = [...sources(root, 'tests'), ...sources(root, 'bench')];
