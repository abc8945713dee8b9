import type { Db } from '../../storage/db.ts';
import { appendEvents, type Subscriber } from '../../storage/outbox.ts';
import { ARTICLE_PUBLISHED } from '../articles/articles.ts';
import { refreshRelated } from './related.ts';

/** Tells pages that their related stories have changed. */
const RELATED_CHANGED = 'related.changed';

/** Keeps related stories current, after the commit and outside any request. */
export function relatedSubscriber(db: Db): Subscriber {
  return {
    name: 'related stories',
    durable: true,
    handle: async (events) => {
      const published = events
        .filter((event) => event.topic === ARTICLE_PUBLISHED)
        .map((event) => String(event.payload['articleId']));
      const changed = await refreshRelated(db, [...new Set(published)]);
      if (changed.length === 0) return;
      await db.write((tx) =>
        appendEvents(db, tx, [{ topic: RELATED_CHANGED, payload: { articles: changed } }]),
      );
    },
  };
}
