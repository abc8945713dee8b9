import {
  COMMENT_CHANGED,
  COMMENT_PUBLISHED,
  type CommentChanged,
  type CommentPublished,
  DISCUSSION_CHANGED,
  type DiscussionChanged,
} from '../../contract/events.ts';
import { liveEvent, topic } from '../../contract/live.ts';
import type { LiveMapping } from '../../http/live/live.ts';
import type { Reader } from '../../storage/db.ts';
import { commentCounts } from './counts.views.ts';
import { recordsById } from './records.views.ts';

/** Whether readers may see the discussion of an article now. */
async function isShown(read: Reader, articleId: string): Promise<boolean> {
  const row = await read
    .selectFrom('published_articles')
    .select('visibility')
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  return row?.visibility === 'live';
}

async function counted(read: Reader, articleId: string) {
  const count = (await commentCounts(read, [articleId])).get(articleId) ?? 0;
  return liveEvent('numbers', { topic: topic.article(articleId), data: { comments: count } });
}

/** A comment that came: its id alone, for who reads the discussion to fetch. What is hidden again by then is not told. */
const published: LiveMapping = {
  on: COMMENT_PUBLISHED,
  map: async (event, read) => {
    const { articleId, commentId, rootId, parentId } = event.payload as CommentPublished;
    if (!(await isShown(read, articleId))) return [];
    const [record] = await recordsById(read, [commentId]);
    if (record?.state !== 'visible') return [];
    return [
      liveEvent('comment.published', {
        topic: topic.discussion(articleId),
        data: {
          article: articleId,
          comment: commentId,
          thread: rootId,
          ...(parentId === undefined ? {} : { parent: parentId }),
          ...(record.author?.userId === undefined ? {} : { by: record.author.userId }),
        },
      }),
      await counted(read, articleId),
    ];
  },
};

const changed: LiveMapping = {
  on: COMMENT_CHANGED,
  map: async (event, read) => {
    const { articleId, commentId, state, was } = event.payload as CommentChanged;
    if ((state !== 'visible' && was !== 'visible') || !(await isShown(read, articleId))) return [];
    return [
      liveEvent('comment.changed', {
        topic: topic.discussion(articleId),
        data: { article: articleId, comment: commentId },
      }),
      ...(state === was ? [] : [await counted(read, articleId)]),
    ];
  },
};

const set: LiveMapping = {
  on: DISCUSSION_CHANGED,
  map: async (event, read) => {
    const { articleId } = event.payload as DiscussionChanged;
    return (await isShown(read, articleId)) ? [await counted(read, articleId)] : [];
  },
};

export const discussionLive: readonly LiveMapping[] = [published, changed, set];
