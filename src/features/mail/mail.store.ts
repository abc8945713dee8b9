import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type MailRow = Tables['mails'];

export async function insertMail(tx: Tx, row: Insertable<MailRow>): Promise<void> {
  await tx
    .insertInto('mails')
    .values(row)
    .onConflict((oc) => oc.column('dedupe_key').doNothing())
    .execute();
}

type Claim = { readonly now: Instant; readonly leaseUntil: Instant; readonly limit: number };

/** Takes mails that are due, and those whose sender went silent. */
export async function claimMails(db: Db, tx: Tx, claim: Claim): Promise<MailRow[]> {
  const due = await tx
    .selectFrom('mails')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'waiting'), eb('send_at', '<=', claim.now)]),
        eb.and([eb('state', '=', 'sending'), eb('lease_until', '<=', claim.now)]),
      ]),
    )
    .orderBy('send_at')
    .orderBy('id')
    .limit(claim.limit)
    .modifyEnd(db.dialect.skipLocked)
    .execute();
  for (const row of due)
    await tx
      .updateTable('mails')
      .set({ state: 'sending', lease_until: claim.leaseUntil, attempts: Number(row.attempts) + 1 })
      .where('id', '=', row.id)
      .execute();
  return due.map((row) => ({ ...row, attempts: Number(row.attempts) + 1 }));
}

type Held = { readonly id: string; readonly attempts: number };

/** Ends an attempt; the attempt's number is its fence: a sender that was overtaken changes nothing. */
export async function settleMail(
  tx: Tx,
  held: Held,
  change: { state: 'sent' | 'failed' | 'waiting'; error: string | null; at: Instant },
): Promise<void> {
  await tx
    .updateTable('mails')
    .set({
      state: change.state,
      lease_until: null,
      last_error: change.error,
      ...(change.state === 'waiting' ? { send_at: change.at } : {}),
      // What was sent is the reader's: the queue keeps that it went, not what it said.
      ...(change.state === 'sent' ? { sent_at: change.at, body_text: '', body_html: null } : {}),
    })
    .where('id', '=', held.id)
    .where('attempts', '=', held.attempts)
    .where('state', '=', 'sending')
    .execute();
}

/** Has a mail that was given up, or that waits for its next attempt, tried at once; false when there is none. */
export async function mailAgain(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const result = await tx
    .updateTable('mails')
    .set({ state: 'waiting', attempts: 0, send_at: now, last_error: null })
    .where('id', '=', id)
    .where('state', 'in', ['failed', 'waiting'])
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Removes a mail that was not sent, and that nobody is sending at this moment; false when there is none. */
export async function dropMail(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('mails')
    .where('id', '=', id)
    .where('state', 'in', ['failed', 'waiting'])
    .executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

/** Removes what was sent before an instant. */
export async function forgetSent(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('mails').where('state', '=', 'sent').where('sent_at', '<', before).execute();
}

/** Removes what is there for a recipient who is gone. */
export async function forgetMailsTo(tx: Tx, recipient: string): Promise<void> {
  await tx.deleteFrom('mails').where('recipient', '=', recipient).execute();
}
