import { liveEvent, type LiveEvent, topic } from '../../contract/live.ts';
import type { LiveMapping } from '../../http/live/live.ts';
import { ARTICLE_PUBLISHED, type ArticlePublished } from './articles.events.ts';
import { publishedById } from './articles.views.ts';

/** So long after its first publication a story of urgency 1 is told across the top of pages. */
const BREAKING_MS = 6 * 3600_000;

/** A new version is told to those who read the story, its storylines and its edition; what readers may see of it is read now. */
export const articleLive: LiveMapping = {
  on: ARTICLE_PUBLISHED,
  map: async (event, read) => {
    const touched = event.payload as ArticlePublished;
    const article = await publishedById(read, touched.articleId);
    if (article === undefined) return [];
    const { id, visibility, version } = article;
    const data = {
      article: id,
      version: touched.version,
      reason: touched.reason,
      visibility,
      path: version.path,
    };
    const editions = touched.editions.map(topic.edition);
    const told: LiveEvent[] = [
      topic.article(id),
      ...touched.storylines.map(topic.storyline),
      ...editions,
      topic.newsroom('articles'),
    ].map((name) => liveEvent('article.published', { topic: name, data }));
    if (
      version.kind !== 'article' ||
      Date.parse(event.createdAt) - Date.parse(article.publishedAt) >= BREAKING_MS
    )
      return told;
    const breaks = visibility === 'live' && version.urgency === 1;
    if (!breaks && touched.version === 1) return told;
    for (const name of editions)
      told.push(
        breaks
          ? liveEvent('breaking', {
              topic: name,
              data: {
                article: id,
                headline: version.headline,
                path: version.path,
                language: version.language,
                at: article.publishedAt,
              },
            })
          : liveEvent('breaking.over', { topic: name, data: { article: id } }),
      );
    return told;
  },
};
