import type { Db, Reader } from '../../storage/db.ts';
import {
  COMMENT_CHANGED,
  COMMENT_PUBLISHED,
  type CommentChanged,
  type CommentPublished,
} from '../../contract/events.ts';
import type { OutboxEvent, Subscriber } from '../../storage/outbox.ts';
import { ARTICLE_PUBLISHED, type ArticlePublished } from '../articles/articles.events.ts';
import { addScores, moveSpool, type Point, SHELVES, shelve, spoolPosition } from './audience.store.ts';

/** Keeps what is most discussed by the events of comments, and puts the scores of stories that move on the shelf where they are now. */
export function shelvesSubscriber(db: Db): Subscriber {
  return {
    name: SHELVES,
    durable: true,
    handle: async (events) => {
      const moved = new Set(
        events
          .filter(({ topic }) => topic === ARTICLE_PUBLISHED)
          .map(({ payload }) => (payload as ArticlePublished).articleId),
      );
      const scored = await scoredAmong(db.read, [...moved]);
      if (scored.length === 0 && !events.some((event) => pointOf(event) !== undefined)) return;
      await db.write(async (tx) => {
        // An event that comes again counts once: how far the scores are is kept beside them.
        const position = await spoolPosition(tx, SHELVES);
        const fresh = events.filter(({ seq }) => seq > position);
        const last = fresh.at(-1);
        if (last === undefined) return;
        await addScores(tx, { measure: 'discussed', points: fresh.flatMap((event) => pointOf(event) ?? []) });
        for (const story of scored) await shelve(tx, story);
        await moveSpool(tx, { spool: SHELVES, to: last.seq, now: last.createdAt });
      });
    },
  };
}

function pointOf({ topic, payload, createdAt }: OutboxEvent): Point | undefined {
  const atMs = Date.parse(createdAt);
  if (topic === COMMENT_PUBLISHED) return { article: (payload as CommentPublished).articleId, atMs, n: 1 };
  if (topic !== COMMENT_CHANGED) return undefined;
  const { articleId, state, was } = payload as CommentChanged;
  return was === 'visible' && state !== 'visible' ? { article: articleId, atMs, n: -1 } : undefined;
}

/** Of these stories those that have scores, with the shelf on which they belong. */
async function scoredAmong(
  db: Reader,
  articles: readonly string[],
): Promise<{ article: string; edition: string; section: string | null }[]> {
  if (articles.length === 0) return [];
  return db
    .selectFrom('published_articles')
    .select(['article_id as article', 'edition', 'section_id as section'])
    .where('article_id', 'in', articles)
    .where('article_id', 'in', (eb) =>
      eb.selectFrom('audience_scores').select('article_id').where('article_id', 'in', articles),
    )
    .execute();
}
