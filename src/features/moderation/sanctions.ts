import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { MODERATION_DECIDED } from '../../contract/events.ts';
import { mayRole, type Role } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { writeAudit } from '../audit/audit.ts';
import { sendMail } from '../mail/mail.ts';
import { insertSanction, liftSanctionRow } from './appeals.store.ts';
import { commentRow, type ModerationRoom } from './room.ts';
import { decisionById, insertDecision } from './decisions.store.ts';
import { authorKeyOf, type Person, there } from './people.ts';
import { currentStandards } from './standards.views.ts';
import { decisionLink, emailOf, statementFor } from './tell.ts';
import { statementText } from './statement.ts';
import { wordsIn } from './statement.words.ts';

export type SanctionOrder = {
  /** A comment of the person: the reason, and how guests are known. */
  readonly commentId: string;
  readonly kind: 'ban' | 'suspension';
  /** Of a suspension: when it ends. */
  readonly until: string | null;
  readonly standard: string;
  readonly reason: string;
  readonly by: Person;
};

/**
 * Bans or suspends who wrote a comment; the person is told the reason, how long, and how to appeal.
 * @throws Problem `not-found`, `invalid`, `forbidden` for people of the house
 */
export async function sanction(tx: Tx, room: ModerationRoom, order: SanctionOrder): Promise<string> {
  const at = room.clock.now();
  if ((order.kind === 'suspension') !== (order.until !== null))
    throw new Problem('invalid', 'A suspension has an end, a ban has none.', undefined, {
      fields: { '/until': order.kind === 'ban' ? 'is for suspensions' : 'is missing' },
    });
  if (order.until !== null && order.until <= at)
    throw new Problem('invalid', 'A suspension ends in the future.', undefined, {
      fields: { '/until': 'has passed' },
    });
  const comment = there(await commentRow(tx, order.commentId), 'comment');
  const user =
    comment.user_id === null
      ? undefined
      : await tx
          .selectFrom('users')
          .select(['id', 'role'])
          .where('id', '=', comment.user_id)
          .executeTakeFirst();
  if (user !== undefined && mayRole(user.role as Role, 'articles:read'))
    throw new Problem(
      'forbidden',
      'People of the house are not banned from its discussion.',
      'Ask an admin.',
    );
  const authorKey = authorKeyOf(comment);
  const { version, texts } = await currentStandards(tx);
  if (!Object.values(texts).some((list) => list.some(({ id }) => id === order.standard)))
    throw new Problem('invalid', `The standards have no paragraph ${order.standard}.`);
  const id = newId();
  await insertSanction(tx, {
    id,
    author_key: authorKey,
    user_id: comment.user_id,
    kind: order.kind,
    until_at: order.until,
    reason: order.reason,
    standard_version: version,
    standard_paragraph: order.standard,
    created_by: order.by.userId,
    created_at: at,
    lifted_by: null,
    lifted_at: null,
  });
  const decisionId = await insertDecision(tx, {
    author_key: authorKey,
    user_id: comment.user_id,
    sanction_id: id,
    action: order.kind === 'ban' ? 'ban' : 'suspend',
    phase: 'hand',
    rule_id: 'hand',
    standard_version: version,
    standard_paragraph: order.standard,
    facts: order.reason,
    decided_by: order.by.userId,
    automated: false,
    detected: 'own',
    language: comment.language ?? 'en',
    created_at: at,
  });
  await writeAudit(tx, {
    by: order.by,
    action: `moderation.${order.kind}`,
    object: { kind: 'person', id: comment.user_id ?? authorKey },
    details: { until: order.until, standard: order.standard, reason: order.reason },
    at,
  });
  await appendEvents(room.db, tx, [
    { topic: MODERATION_DECIDED, payload: { decisionId, person: authorKey, articleId: comment.article_id } },
  ]);
  const to = await emailOf(tx, comment);
  const decision = await decisionById(tx, decisionId);
  if (to !== undefined && decision !== undefined) {
    const language = decision.language;
    const link = await decisionLink(tx, room.origin, decisionId);
    const statement = await statementFor(tx, decision, { link, language });
    const subject = wordsIn(language).subjects.sanction;
    const text = statementText(statement, { quote: '', link, language });
    await sendMail(tx, { to, subject, text, dedupeKey: `decision ${decisionId}` }, room.clock);
  }
  return id;
}

/** Lifts a ban or suspension before its end. @throws Problem `not-found`, `conflict` */
export async function liftSanction(
  tx: Tx,
  room: ModerationRoom,
  { sanctionId, by }: { sanctionId: string; by: Person },
): Promise<void> {
  const at = room.clock.now();
  const row = there(
    await tx.selectFrom('moderation_sanctions').selectAll().where('id', '=', sanctionId).executeTakeFirst(),
    'sanction',
  );
  if (!(await liftSanctionRow(tx, { id: sanctionId, by: by.userId, at })))
    throw new Problem('conflict', 'It has been lifted already.');
  const decisionId = await insertDecision(tx, {
    author_key: row.author_key,
    user_id: row.user_id,
    sanction_id: row.id,
    action: 'lift',
    phase: 'hand',
    rule_id: 'hand',
    decided_by: by.userId,
    automated: false,
    detected: 'own',
    created_at: at,
  });
  await writeAudit(tx, {
    by,
    action: 'moderation.lift',
    object: { kind: 'person', id: row.user_id ?? row.author_key },
    details: { sanction: row.id },
    at,
  });
  await appendEvents(room.db, tx, [
    { topic: MODERATION_DECIDED, payload: { decisionId, person: row.author_key } },
  ]);
}
