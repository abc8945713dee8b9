import { liveEvent, topic } from '../../contract/live.ts';
import { paths } from '../../contract/routes.ts';
import type { LiveMapping } from '../../http/live/live.ts';
import { ARTICLE_PUBLISHED, type ArticlePublished } from '../articles/articles.events.ts';
import { storylinesById } from './storylines.views.ts';

/** How many stories a storyline has after a publish, to those who read it and to every page that may show its label. */
export const storylineLive: LiveMapping = {
  on: ARTICLE_PUBLISHED,
  map: async (event, read) => {
    const { storylines } = event.payload as ArticlePublished;
    if (storylines.length === 0) return [];
    const known = await storylinesById(read, storylines);
    return storylines.flatMap((id) => {
      const line = known.get(id);
      if (line === undefined) return [];
      const data = { storyline: id, count: line.count, path: paths.storyline(line.slug) };
      return [topic.storyline(id), topic.site].map((name) =>
        liveEvent('storyline.count', { topic: name, data }),
      );
    });
  },
};
