import type { Instant } from '../../base/clock.ts';
import type { Reader } from '../../storage/db.ts';

/** A mail as admins see it: with its text while it waits, without any secret, which is made when it is sent. */
export type MailView = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly state: string;
  readonly attempts: number;
  readonly sendAt: Instant;
  readonly lastError: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
};

type MailFilter = {
  readonly limit: number;
  readonly before?: string | undefined;
  readonly state?: string | undefined;
};

/** A page of the queue, newest first. */
export async function mailsPage(db: Reader, page: MailFilter): Promise<MailView[]> {
  let query = db.selectFrom('mails').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  if (page.state !== undefined) query = query.where('state', '=', page.state);
  return (await query.execute()).map((row) => ({
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.body_text,
    state: row.state,
    attempts: Number(row.attempts),
    sendAt: row.send_at,
    lastError: row.last_error,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }));
}

/** What is kept of mails to somebody, for the copy of their data: that they went, and when. */
export async function mailsTo(
  db: Reader,
  recipients: readonly string[],
): Promise<Pick<MailView, 'to' | 'subject' | 'state' | 'createdAt' | 'sentAt'>[]> {
  const rows = await db
    .selectFrom('mails')
    .select(['recipient', 'subject', 'state', 'created_at', 'sent_at'])
    .where('recipient', 'in', [...recipients])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    to: row.recipient,
    subject: row.subject,
    state: row.state,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }));
}
