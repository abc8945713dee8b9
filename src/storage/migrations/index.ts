import { m0001 } from './0001-first-edition.ts';
import { m0002 } from './0002-accounts.ts';
import { m0003 } from './0003-newsroom.ts';
import { m0004 } from './0004-collaboration.ts';
import { m0005 } from './0005-media.ts';
import { m0006 } from './0006-discussion.ts';
import { m0007 } from './0007-moderation.ts';
import { m0008 } from './0008-audience.ts';
import { m0009 } from './0009-radio.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  m0001,
  m0002,
  m0003,
  m0004,
  m0005,
  m0006,
  m0007,
  m0008,
  m0009,
];
