import { fromJson } from '../../base/json.ts';
import { directionless } from './text/plain.ts';
import type { Finding } from '../../contract/moderation.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { contactOf } from '../accounts/accounts.ts';
import { sendMail } from '../mail/mail.ts';
import type { CommentRow, ModerationRoom } from './room.ts';
import { decisionById, type DecisionRow } from './decisions.store.ts';
import { ensureSecret, linkKey } from './people.ts';
import { citedIn, standardsAt } from './standards.views.ts';
import { type Statement, statementOf, statementText } from './statement.ts';
import { wordsIn } from './statement.words.ts';

/** An appeal can be made for six months (Art. 20 (1) of Regulation (EU) 2022/2065). */
export const APPEAL_DAYS = 184;

/** Until when a decision can be appealed; null for one that restricts nobody. */
export function appealUntil(decision: Pick<DecisionRow, 'action' | 'created_at'>): string | null {
  if (!['reject', 'remove', 'hold', 'ban', 'suspend'].includes(decision.action)) return null;
  return new Date(Date.parse(decision.created_at) + APPEAL_DAYS * 86_400_000).toISOString();
}

/** The statement of reasons of a decision, in the language of its reader. */
export async function statementFor(
  db: Reader,
  decision: DecisionRow,
  { link, language }: { link: string; language: string },
): Promise<Statement> {
  const standards =
    decision.standard_paragraph === null
      ? undefined
      : await standardsAt(db, Number(decision.standard_version ?? 0));
  const sanction =
    decision.sanction_id === null
      ? undefined
      : await db
          .selectFrom('moderation_sanctions')
          .select('until_at')
          .where('id', '=', decision.sanction_id)
          .executeTakeFirst();
  return statementOf(
    {
      action: decision.action,
      at: decision.created_at,
      until: sanction?.until_at ?? null,
      automated: decision.automated === 1,
      detected: decision.detected,
      phase: decision.phase,
      rule: decision.rule_id,
      matched: fromJson(decision.matched),
      findings: fromJson(decision.findings) as Finding[],
      legalGround: decision.legal_ground,
      cited:
        standards === undefined || decision.standard_paragraph === null
          ? undefined
          : citedIn(standards, { paragraph: decision.standard_paragraph, language }),
      facts: decision.facts,
      message: decision.message,
      link,
      mayAppealUntil: appealUntil(decision),
    },
    language,
  );
}

/** The address of a decision that whoever gets the mail can open. */
export async function decisionLink(tx: Tx, origin: string, decisionId: string): Promise<string> {
  return origin + paths.decision(decisionId, linkKey(await ensureSecret(tx), decisionId));
}

/** Where the author of a comment can be written to; undefined for one who is gone. */
export async function emailOf(
  db: Reader,
  author: { readonly user_id: string | null; readonly guest_email: string | null },
): Promise<string | undefined> {
  if (author.user_id === null) return author.guest_email ?? undefined;
  const row = await db
    .selectFrom('users')
    .select('disabled')
    .where('id', '=', author.user_id)
    .executeTakeFirst();
  return row === undefined || row.disabled === 1 ? undefined : contactOf(db, author.user_id);
}

/** Sends the statement of reasons of a decision to the author of the comment; a retry sends nothing twice. */
export async function tellAuthor(
  tx: Tx,
  room: ModerationRoom,
  { decisionId, comment }: { decisionId: string; comment: CommentRow },
): Promise<void> {
  const to = await emailOf(tx, comment);
  const decision = await decisionById(tx, decisionId);
  if (to === undefined || decision === undefined) return;
  const language = decision.language;
  const link = await decisionLink(tx, room.origin, decisionId);
  const statement = await statementFor(tx, decision, { link, language });
  await sendMail(
    tx,
    {
      to,
      subject: wordsIn(language).subjects.decision,
      text: statementText(statement, { quote: directionless(comment.excerpt), link, language }),
      dedupeKey: `decision ${decisionId}`,
    },
    room.clock,
  );
}
