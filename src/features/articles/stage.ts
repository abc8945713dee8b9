import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Stage, Standing } from '../../contract/workflow.ts';
import type { Reader } from '../../storage/db.ts';
import type { ArticleRow } from './articles.store.ts';

/** Where the work on the next version of an article stands; null when its last version stands and nobody has begun another. */
export function stageOf(row: Pick<ArticleRow, 'state' | 'stage' | 'version_number'>): Stage | null {
  if (row.version_number > 0) return row.stage;
  return row.state === 'desk' || row.state === 'ready' || row.state === 'scheduled' ? row.state : 'draft';
}

/** What readers can see of it. */
export function standingOf(row: Pick<ArticleRow, 'state' | 'version_number'>): Standing {
  if (row.version_number === 0) return 'unpublished';
  return row.state === 'killed' || row.state === 'taken_down' ? row.state : 'live';
}

/**
 * Whether somebody may write in an article: contributors only in their own and in what was given to them.
 * @throws Problem `forbidden`
 */
export async function checkMayWrite(
  db: Reader,
  actor: Pick<Actor, 'userId' | 'role'>,
  articleId: string,
): Promise<void> {
  if (actor.role !== 'contributor') return;
  const row = await db
    .selectFrom('articles')
    .select(['created_by', 'assignee'])
    .where('id', '=', articleId)
    .executeTakeFirst();
  if (row === undefined || row.created_by === actor.userId || row.assignee === actor.userId) return;
  throw new Problem(
    'forbidden',
    'The article is somebody else’s, and contributors write in their own.',
    'Ask an editor to assign it to you.',
  );
}
