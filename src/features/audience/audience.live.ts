import { COMMENT_CHANGED, COMMENT_PUBLISHED } from '../../contract/events.ts';
import { liveEvent, topic } from '../../contract/live.ts';
import type { LiveMapping } from '../../http/live/live.ts';
import { storyNumbers } from './audience.views.ts';

/** How many comments a story has, to those who read it: the kept count, read when the comment's transaction has been committed. */
const map: LiveMapping['map'] = async ({ payload }, read) => {
  const id = payload['articleId'] as string;
  const comments = (await storyNumbers(read, [id]))[0]?.comments;
  return comments === undefined || comments === null
    ? []
    : [liveEvent('numbers', { topic: topic.article(id), data: { comments } })];
};

export const audienceLive: readonly LiveMapping[] = [COMMENT_PUBLISHED, COMMENT_CHANGED].map((on) => ({
  on,
  map,
}));
