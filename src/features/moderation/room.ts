import type { Clock } from '../../base/clock.ts';
import type { Db, Reader } from '../../storage/db.ts';

/** What moderation needs of the house. */
export type ModerationRoom = {
  readonly db: Pick<Db, 'dialect'>;
  readonly clock: Clock;
  readonly origin: string;
};

export type CommentRow = Awaited<ReturnType<typeof commentRow>> & object;

export async function commentRow(db: Reader, id: string) {
  return db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();
}
