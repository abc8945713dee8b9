import { Problem } from '../../base/problem.ts';
import { MODERATION_DECIDED, MODERATION_QUEUED } from '../../contract/events.ts';
import type { Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { writeAudit } from '../audit/audit.ts';
import { changeState } from '../discussion/discussion.ts';
import { sendMail } from '../mail/mail.ts';
import { endAppeal, insertAppeal, liftSanctionRow } from './appeals.store.ts';
import { countsBetween } from './decide.ts';
import { commentRow, type ModerationRoom } from './room.ts';
import {
  decisionById,
  type DecisionRow,
  insertDecision,
  isUndone,
  movePersonCounts,
} from './decisions.store.ts';
import { type Person, there } from './people.ts';
import { enterQueue, leaveQueues } from './queue.store.ts';
import { appealUntil, decisionLink, emailOf } from './tell.ts';
import { wordsIn } from './statement.words.ts';

/**
 * Takes an author's appeal against a decision. The comment comes into the queue of appeals, for another person than who decided.
 * @throws Problem `conflict`: nothing to appeal, too late, appealed already
 */
export async function fileAppeal(
  tx: Tx,
  room: ModerationRoom,
  { decision, body }: { decision: DecisionRow; body: string },
): Promise<string> {
  const at = room.clock.now();
  const until = appealUntil(decision);
  if (until === null || (await isUndone(tx, decision.id)))
    throw new Problem('conflict', 'There is nothing to appeal in this decision.');
  if (until < at) throw new Problem('conflict', 'A decision can be appealed for six months.');
  if (decision.comment_id !== null) {
    const comment = await commentRow(tx, decision.comment_id);
    if (comment === undefined || comment.state === 'deleted')
      throw new Problem('conflict', 'The comment has been taken back by its author.');
    if (comment.state === 'visible') throw new Problem('conflict', 'The comment is shown.');
  }
  const id = await insertAppeal(tx, {
    decisionId: decision.id,
    commentId: decision.comment_id,
    authorKey: decision.author_key ?? 'nobody',
    body,
    at,
  });
  if (id === undefined)
    throw new Problem(
      'conflict',
      'This decision has been appealed already.',
      'You will be told what came of it.',
    );
  // A sanction without a comment stands in the queue under its appeal's own id.
  const subject = decision.comment_id ?? id;
  const entry = { queue: 'appealed' as const, commentId: subject, articleId: decision.article_id ?? '' };
  await enterQueue(tx, { ...entry, at });
  await appendEvents(room.db, tx, [{ topic: MODERATION_QUEUED, payload: entry }]);
  return id;
}

/**
 * A second person decides: the decision stands, or is overturned and the comment shown again (the ban lifted).
 * @throws Problem `not-found`, `forbidden` for who made the decision, `conflict` where it was decided already
 */
export async function decideAppeal(
  tx: Tx,
  room: ModerationRoom,
  given: { appealId: string; by: Person; overturn: boolean; answer: string },
): Promise<{ decisionId: string; state: 'upheld' | 'overturned' }> {
  const { by, overturn, answer } = given;
  const at = room.clock.now();
  const appeal = there(
    await tx.selectFrom('moderation_appeals').selectAll().where('id', '=', given.appealId).executeTakeFirst(),
    'appeal',
  );
  const decision = there(await decisionById(tx, appeal.decision_id), 'decision');
  if (decision.decided_by === by.userId)
    throw new Problem(
      'forbidden',
      'An appeal is decided by another person than who made the decision.',
      'Leave it to a colleague.',
    );
  if (decision.user_id === by.userId) throw new Problem('forbidden', 'This is an appeal of your own.');
  const state = overturn ? 'overturned' : 'upheld';
  const comment = decision.comment_id === null ? undefined : await commentRow(tx, decision.comment_id);
  const articleId = decision.article_id;
  const decisionId = await insertDecision(tx, {
    comment_id: decision.comment_id,
    article_id: articleId,
    author_key: decision.author_key,
    user_id: decision.user_id,
    sanction_id: decision.sanction_id,
    appeal_id: appeal.id,
    action: overturn ? (decision.sanction_id === null ? 'restore' : 'lift') : 'uphold',
    was: comment?.state ?? null,
    phase: 'appeal',
    rule_id: 'appeal',
    standard_version: decision.standard_version,
    standard_paragraph: decision.standard_paragraph,
    message: answer,
    decided_by: by.userId,
    automated: false,
    detected: 'appeal',
    delay_seconds: Math.round((Date.parse(at) - Date.parse(appeal.created_at)) / 1000),
    undoes: overturn ? decision.id : null,
    language: decision.language,
    created_at: at,
  });
  const ended = await endAppeal(tx, { id: appeal.id, state, by: by.userId, answer, outcome: decisionId, at });
  if (!ended) throw new Problem('conflict', 'This appeal has been decided already.');
  await leaveQueues(tx, decision.comment_id ?? appeal.id);
  if (overturn && comment !== undefined && decision.sanction_id === null && comment.state !== 'deleted') {
    await changeState(tx, room.db, { commentId: comment.id, to: 'visible', verdict: null, told: true, at });
    await movePersonCounts(tx, decision.author_key ?? 'nobody', {
      at,
      ...countsBetween(comment.state, 'visible'),
    });
  }
  if (overturn && decision.sanction_id !== null)
    await liftSanctionRow(tx, { id: decision.sanction_id, by: by.userId, at });
  await writeAudit(tx, {
    by,
    action: `moderation.appeal-${state}`,
    object: { kind: 'appeal', id: appeal.id },
    details: { decision: decision.id },
    at,
  });
  const lesson = decision.comment_id === null ? {} : { lesson: overturn ? 'fine' : 'trouble' };
  const ids = { decisionId, commentId: decision.comment_id ?? appeal.id, articleId };
  await appendEvents(room.db, tx, [{ topic: MODERATION_DECIDED, payload: { ...ids, ...lesson } }]);
  await tellAppellant(tx, room, { decision, appealId: appeal.id, overturn, answer });
  return { decisionId, state };
}

async function tellAppellant(
  tx: Tx,
  room: ModerationRoom,
  given: { decision: DecisionRow; appealId: string; overturn: boolean; answer: string },
): Promise<void> {
  const { decision, overturn, answer } = given;
  const comment = decision.comment_id === null ? undefined : await commentRow(tx, decision.comment_id);
  const author = comment ?? { user_id: decision.user_id, guest_email: null };
  const to = await emailOf(tx, author);
  if (to === undefined) return;
  const t = wordsIn(decision.language);
  const link = await decisionLink(tx, room.origin, decision.id);
  await sendMail(
    tx,
    {
      to,
      subject: overturn ? t.subjects.appealOverturned : t.subjects.appealUpheld,
      text: [
        overturn ? t.appealOverturned : t.appealUpheld,
        ...(answer === '' ? [] : [t.answer.replace('{answer}', answer)]),
        '',
        ...(overturn ? [] : [t.outOfCourt, t.court, '']),
        t.seeAll.replace('{link}', link),
        '',
      ].join('\n'),
      dedupeKey: `appeal ${given.appealId}`,
    },
    room.clock,
  );
}
