import type { z } from 'zod';
import { commentText } from '../../contract/comment-doc.ts';
import type { CommentAnswer, ThreadSummary } from '../../contract/discussion-answers.ts';
import { paths } from '../../contract/routes.ts';
import type { CommentRecord, Thread } from './discussion.views.ts';

/** A comment as the API says it: a gap has neither author nor text. */
export function answerComment(record: CommentRecord, origin: string): z.input<typeof CommentAnswer> {
  const { articleId } = record;
  return {
    id: record.id,
    article: articleId,
    parent: record.parentId ?? null,
    thread: record.rootId,
    depth: record.depth,
    level: record.level,
    state: record.state === 'rejected' ? 'removed' : record.state,
    author:
      record.author === undefined
        ? null
        : {
            id: record.author.userId ?? null,
            name: record.author.name,
            mark: record.author.mark ?? null,
            picture:
              record.author.picture === undefined ? null : origin + paths.avatar(record.author.picture),
          },
    body: record.body ?? null,
    text: record.body === undefined ? null : commentText(record.body),
    language: record.language ?? null,
    at: record.at,
    editedAt: record.edited?.at ?? null,
    featured: record.featured,
    reactions: { ...record.reactions },
    answers: record.descendants,
    quotes:
      record.quotes === undefined
        ? null
        : { id: record.quotes.id, name: record.quotes.name, excerpt: record.quotes.excerpt },
    url: origin + paths.comment(articleId, record.id),
  };
}

export function answerThread(thread: Thread, origin: string): z.input<typeof ThreadSummary> {
  return {
    comment: answerComment(thread.top, origin),
    answers: thread.replies.map((reply) => answerComment(reply, origin)),
    more: thread.more,
  };
}
