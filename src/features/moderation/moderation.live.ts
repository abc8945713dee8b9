import {
  COMMENT_CHANGED,
  MODERATION_CLAIMED,
  MODERATION_DECIDED,
  MODERATION_QUEUED,
} from '../../contract/events.ts';
import { liveEvent, topic } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import { namesOf } from './decisions.views.ts';
import { queueCounts } from './queue.views.ts';

type Told = { readonly payload: Readonly<Record<string, unknown>> };

/** Queues have moved: the new counts, and which comment. */
async function moved(event: Told, read: Reader) {
  const { commentId } = event.payload as { commentId?: string };
  const data = {
    counts: await queueCounts(read),
    ...(commentId === undefined ? {} : { comment: commentId }),
  };
  return [liveEvent('moderation.queues', { topic: topic.newsroom('moderation'), data })];
}

/** What the moderators' screens are told as it happens: queues and their counts, and who is at which comment. */
export const moderationLive = [
  { on: MODERATION_QUEUED, map: moved },
  { on: MODERATION_DECIDED, map: moved },
  {
    on: COMMENT_CHANGED,
    map: async (event: Told, read: Reader) =>
      event.payload['state'] === 'deleted' ? moved(event, read) : [],
  },
  {
    on: MODERATION_CLAIMED,
    map: async (event: Told, read: Reader) => {
      const { commentIds, by, until } = event.payload as {
        commentIds: string[];
        by: string | null;
        until: string | null;
      };
      const names = await namesOf(read, [by]);
      const who = by === null ? null : { id: by, name: names.get(by) ?? '' };
      const data = { comments: commentIds, by: who, until };
      return [liveEvent('moderation.claims', { topic: topic.newsroom('moderation'), data })];
    },
  },
];
