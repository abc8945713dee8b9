import { age } from './age.ts';
import { learned } from './learned.ts';
import { length } from './length.ts';
import { links } from './links.ts';
import { newcomer } from './newcomer.ts';
import type { Phase } from './phase.ts';
import { premoderation } from './premoderation.ts';
import { rate } from './rate.ts';
import { repeats } from './repeats.ts';
import { service } from './service.ts';
import { slowMode } from './slow-mode.ts';
import { standing } from './standing.ts';
import { words } from './words.ts';

/** The phases, in order: who may speak, what is said, how often, who says it, what it looks like. */
export const phases: readonly Phase[] = [
  standing,
  length,
  links,
  repeats,
  words,
  rate,
  slowMode,
  newcomer,
  age,
  premoderation,
  learned,
  service,
];
