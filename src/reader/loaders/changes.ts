import { tag } from '../../contract/cache-tags.ts';
import type { ArticleChanges } from '../../contract/pages/changes.ts';
import { changesBetween } from '../../features/articles/changes.ts';
import { publishedById } from '../../features/articles/articles.views.ts';
import { articleRecord } from '../../features/record/record.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import type { ReaderContext } from './context.ts';

/** What has changed of a story since a version, for one who has that version open: the same for all, and kept until the next. */
export async function loadChanges(
  ctx: ReaderContext,
  { article: id, from }: { article: string; from: string },
): Promise<PageAnswer | undefined> {
  const article = await publishedById(ctx.read, id);
  if (article === undefined || !/^\d{1,6}$/.test(from)) return undefined;
  const { version, visibility } = article;
  const base = { version: version.version, at: article.modifiedAt, path: version.path, note: version.note };
  let answer: ArticleChanges;
  if (visibility !== 'live') {
    answer = {
      ...base,
      reason: 'update',
      gone: visibility === 'taken_down' ? 'takedown' : 'kill',
      changes: [],
    };
  } else {
    const told = version.reason;
    const recorded = await articleRecord(ctx.read, id);
    const before = recorded.find((known) => known.versionNumber === Number(from))?.version;
    answer = {
      ...base,
      reason: told === 'correction' || told === 'clarification' ? told : 'update',
      changes: before === undefined ? [] : changesBetween(before, version),
    };
  }
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(answer),
    tags: [tag.article(id)],
    cache: 'page',
  };
}
