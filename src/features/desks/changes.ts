import { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import type { Reader } from '../../storage/db.ts';
import { type Difference, differences, draftVersion } from '../articles/articles.ts';

const parts = z.array(z.object({ op: z.enum(['same', 'insert', 'delete']), text: z.string() }));

export const changesAnswer = z.object({
  revision: z.int(),
  /** The version that readers have; 0: none. */
  version: z.int(),
  /** What they would find changed; empty where nothing is, or nothing was there. */
  changes: z.array(z.object({ field: z.string(), parts })),
  title: z.string(),
  description: z.string(),
  path: z.string(),
});

/** What publishing a revision would change for readers, against what they have. */
export async function changesOf(
  db: Reader,
  asked: { articleId: string; revision: number | undefined; now: Instant },
): Promise<z.input<typeof changesAnswer>> {
  const article = await db
    .selectFrom('articles')
    .select('revision_number')
    .where('id', '=', asked.articleId)
    .executeTakeFirst();
  const revision = asked.revision ?? article?.revision_number ?? 0;
  const draft = await draftVersion(db, { articleId: asked.articleId, revision, now: asked.now });
  if (draft === undefined)
    throw new Problem('not-found', `There is no revision ${revision} of an article ${asked.articleId}.`);
  const published = await db
    .selectFrom('published_articles')
    .select('version')
    .where('article_id', '=', asked.articleId)
    .executeTakeFirst();
  const before =
    published === undefined ? undefined : fromJson<PublishedVersion>(published.version as string);
  const changes: Difference[] = before === undefined ? [] : differences(before, draft.version);
  return {
    revision,
    version: before?.version ?? 0,
    changes,
    title: draft.version.socialTitle ?? draft.version.headline,
    description: draft.version.socialDescription ?? draft.version.lede,
    path: draft.version.path,
  };
}
