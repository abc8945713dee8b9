import { articleLive } from './features/articles/articles.live.ts';
import { discussionLive } from './features/discussion/discussion.live.ts';
import { moderationLive } from './features/moderation/moderation.live.ts';
import { radioLive } from './features/radio/radio.live.ts';
import { storylineLive } from './features/storylines/storylines.live.ts';
import type { LiveMapping } from './http/live/live.ts';

/** Which events of the outbox are told on the live channel, and how: every feature's mappings, in the order in which they tell. */
export const liveMappings: readonly LiveMapping[] = [
  articleLive,
  storylineLive,
  ...discussionLive,
  ...moderationLive,
  radioLive,
];
