import { newCode, newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { MODERATION_DECIDED, MODERATION_QUEUED } from '../../contract/events.ts';
import type { NoticeInput, Ruled } from '../../contract/moderation.ts';
import { type Actor, may } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { writeAudit } from '../audit/audit.ts';
import { sendMail } from '../mail/mail.ts';
import { ruleOn } from './decide.ts';
import { commentRow, type ModerationRoom } from './room.ts';
import { insertDecision } from './decisions.store.ts';
import { endNotice, insertNotice } from './notices.store.ts';
import { ensureSecret, linkKey, there } from './people.ts';
import { wordsIn } from './statement.words.ts';
import { directionless } from './text/plain.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The comment that an address of this site names; undefined where it names none. */
async function commentAt(db: Reader, url: URL): Promise<string | undefined> {
  for (const id of `${url.pathname}${url.search}${url.hash}`.match(UUID) ?? []) {
    const row = await commentRow(db, id.toLowerCase());
    if (row !== undefined) return row.id;
  }
  return undefined;
}

/**
 * Takes a notice of illegal content from anyone (Art. 16 of Regulation (EU) 2022/2065) and confirms it by mail where there is an address.
 * @throws Problem `invalid` for an address of another site
 */
export async function fileNotice(
  tx: Tx,
  room: ModerationRoom,
  { notice, userId }: { notice: NoticeInput; userId: string | undefined },
): Promise<{ code: string; key: string }> {
  const at = room.clock.now();
  const url = new URL(notice.url);
  if (url.origin !== new URL(room.origin).origin)
    throw new Problem('invalid', `The address is not one of this site (${room.origin}).`, undefined, {
      fields: { '/url': 'is an address of another site' },
    });
  const commentId = await commentAt(tx, url);
  const id = newId();
  const code = newCode(10);
  await insertNotice(tx, {
    id,
    code,
    url: url.href,
    comment_id: commentId ?? null,
    category: notice.category,
    explanation: notice.explanation,
    legal_reference: notice.legalReference,
    notifier_name: notice.name ?? null,
    notifier_email: notice.email ?? null,
    user_id: userId ?? null,
    good_faith: 1,
    language: notice.language,
    state: 'received',
    decided_by: null,
    answer: '',
    created_at: at,
    decided_at: null,
  });
  const key = linkKey(await ensureSecret(tx), code);
  await appendEvents(room.db, tx, [
    {
      topic: MODERATION_QUEUED,
      payload: { queue: 'notices', noticeId: id, ...(commentId === undefined ? {} : { commentId }) },
    },
  ]);
  if (notice.email !== undefined && notice.email !== '') {
    const t = wordsIn(notice.language);
    const receipt = room.origin + paths.reportReceipt(code, key);
    await sendMail(
      tx,
      {
        to: notice.email,
        subject: t.subjects.noticeReceived.replace('{code}', code),
        text: [t.noticeReceived.replace('{url}', url.href).replace('{code}', code), '', receipt, ''].join(
          '\n',
        ),
        dedupeKey: `notice ${id}`,
      },
      room.clock,
    );
  }
  return { code, key };
}

export type NoticeRuling = {
  readonly noticeId: string;
  readonly by: Actor;
  readonly act: boolean;
  /** The law that the content breaks, where it is acted on. */
  readonly legalGround: string;
  readonly answer: string;
};

/**
 * Decides a notice. Acting on one about a comment removes that with the law as its ground; what a notice says of an article is the editors' to
 * act on, who withdraw it by their own means. The notifier is told, with the ways to redress (Art. 16 (5)).
 */
export async function decideNotice(
  tx: Tx,
  room: ModerationRoom,
  ruling: NoticeRuling,
): Promise<Ruled | undefined> {
  const { by, act } = ruling;
  const at = room.clock.now();
  const notice = there(
    await tx
      .selectFrom('moderation_notices')
      .selectAll()
      .where('id', '=', ruling.noticeId)
      .executeTakeFirst(),
    'notice',
  );
  if (notice.comment_id === null && !may(by, 'articles:withdraw'))
    throw new Problem('forbidden', 'This notice is about an article.', 'An editor decides it.');
  if (act && ruling.legalGround === '')
    throw new Problem('invalid', 'Acting on a notice needs the law that the content breaks.', undefined, {
      fields: { '/legalGround': 'is missing' },
    });
  let ruled: Ruled | undefined;
  if (act && notice.comment_id !== null) {
    [ruled] = await ruleOn(tx, room, {
      commentIds: [notice.comment_id],
      ruling: { action: 'reject', legalGround: ruling.legalGround, category: 'illegal' },
      by,
      detected: 'notice',
      noticeId: notice.id,
    });
    const settled = ruled?.outcome === 'done' || ruled?.outcome === 'unchanged' || ruled?.outcome === 'gone';
    if (!settled)
      throw new Problem(
        'conflict',
        'The comment is in other hands now.',
        'Look at it, then decide the notice.',
      );
  } else
    await insertDecision(tx, {
      comment_id: notice.comment_id,
      notice_id: notice.id,
      action: act ? 'notice-acted' : 'notice-dismissed',
      phase: 'hand',
      rule_id: 'notice',
      legal_ground: ruling.legalGround === '' ? null : ruling.legalGround,
      facts: ruling.answer,
      decided_by: by.userId,
      automated: false,
      detected: 'notice',
      delay_seconds: Math.round((Date.parse(at) - Date.parse(notice.created_at)) / 1000),
      created_at: at,
    });
  const state = act ? 'acted' : 'dismissed';
  if (!(await endNotice(tx, { id: notice.id, state, by: by.userId, answer: ruling.answer, at })))
    throw new Problem('conflict', 'This notice has been decided already.');
  await writeAudit(tx, {
    by,
    action: `moderation.notice-${state}`,
    object: { kind: 'notice', id: notice.id },
    details: { law: ruling.legalGround },
    at,
  });
  await appendEvents(room.db, tx, [{ topic: MODERATION_DECIDED, payload: { noticeId: notice.id } }]);
  if (notice.notifier_email !== null) {
    const t = wordsIn(notice.language);
    await sendMail(
      tx,
      {
        to: notice.notifier_email,
        subject: t.subjects.noticeDecided.replace('{code}', notice.code),
        text: [
          (act ? t.noticeActed : t.noticeDismissed).replace('{url}', notice.url),
          ...(ruling.answer === '' ? [] : [t.answer.replace('{answer}', directionless(ruling.answer))]),
          `${t.machines}: ${t.notAutomated}`,
          '',
          t.noticeRedress,
          '',
        ].join('\n'),
        dedupeKey: `notice decision ${notice.id}`,
      },
      room.clock,
    );
  }
  return ruled;
}
