import type { Generated } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Id } from '../../base/ids.ts';
import type { Json } from '../../base/json.ts';

/** 0 or 1: the one form of a boolean that both databases take alike. */
export type Flag = 0 | 1;
export type { Generated, Id, Instant, Json };
