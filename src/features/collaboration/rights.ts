import { Problem } from '../../base/problem.ts';
import { type Actor, may } from '../../contract/permissions.ts';
import type { Reader } from '../../storage/db.ts';
import { checkMayWrite } from '../articles/articles.ts';

/** Whether somebody may write in this very article: by permission, and contributors only in what is theirs or was given to them. */
export async function mayWriteIn(db: Reader, actor: Actor, articleId: string): Promise<boolean> {
  if (!may(actor, 'articles:write')) return false;
  try {
    await checkMayWrite(db, actor, articleId);
    return true;
  } catch (cause) {
    if (cause instanceof Problem && cause.kind === 'forbidden') return false;
    throw cause;
  }
}
