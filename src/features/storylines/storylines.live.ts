import { liveEvent, topic } from '../../contract/live.ts';
import type { LiveMapping } from '../../http/live/live.ts';
import { ARTICLE_PUBLISHED, type ArticlePublished } from '../articles/articles.events.ts';
import { storylinesById } from './storylines.views.ts';

/** How many stories a storyline has after a publish, to those who see its label. */
export const storylineLive: LiveMapping = {
  on: ARTICLE_PUBLISHED,
  map: async (event, read) => {
    const { storylines } = event.payload as ArticlePublished;
    if (storylines.length === 0) return [];
    const known = await storylinesById(read, storylines);
    return storylines.flatMap((id) => {
      const count = known.get(id)?.count;
      return count === undefined
        ? []
        : [liveEvent('storyline.count', { topic: topic.storyline(id), data: { storyline: id, count } })];
    });
  },
};
