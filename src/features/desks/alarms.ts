import type { Db } from '../../storage/db.ts';
import type { Fired } from '../articles/articles.ts';
import { sendMail } from '../mail/mail.ts';
import { leadsOf } from './desks.views.ts';

/**
 * Tells by mail who must know that a schedule did not bring what it should: the one who made it and the leads of its desk. Once a
 * schedule, however often this is called.
 */
export async function tellOfSchedules(db: Db, origin: string, fired: readonly Fired[]): Promise<void> {
  for (const { schedule, failure } of fired) {
    if (failure === undefined) continue;
    const article = await db.read
      .selectFrom('articles')
      .select(['headline', 'desk'])
      .where('id', '=', schedule.article_id)
      .executeTakeFirst();
    const maker = await db.read
      .selectFrom('users')
      .select(['id', 'email'])
      .where('id', '=', schedule.created_by ?? '')
      .executeTakeFirst();
    const told = new Map(
      [...(await leadsOf(db.read, article?.desk ?? null)), ...(maker === undefined ? [] : [maker])].map(
        (person) => [person.id, person.email],
      ),
    );
    if (told.size === 0) continue;
    await db.write(async (tx) => {
      for (const [id, to] of told)
        await sendMail(tx, {
          to,
          subject: `Not published: ${article?.headline ?? schedule.article_id}`,
          text: `Revision ${schedule.revision_number} was to be published at ${schedule.publish_at} and was not.\n\n${failure}\n\n${origin}/newsroom/articles/${schedule.article_id}\n`,
          dedupeKey: `schedule ${schedule.id} ${id}`,
        });
    });
  }
}
