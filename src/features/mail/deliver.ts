import type { Clock } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { claimMails, type MailRow, settleMail } from './mail.store.ts';
import type { MailTransport } from './transport.ts';

export type MailRoom = {
  readonly db: Db;
  readonly clock: Clock;
  /** Undefined: no server is named, and mail waits. */
  readonly transport: MailTransport | undefined;
  /**
   * Makes the address of a mail's `{{link}}`, with a new secret of which the database keeps the digest; undefined when there is nothing to
   * link to any more, and then the mail is not sent.
   */
  readonly fill: (tx: Tx, fill: Readonly<Record<string, unknown>>) => Promise<string | undefined>;
  /** Told of every mail that could not be sent, and that was given up. */
  readonly onTrouble?: (trouble: { id: string; error: string; lasting: boolean }) => void;
};

const LEASE_MS = 120_000;
const BATCH = 20;
const MAX_ATTEMPTS = 12;

/** 1, 2, 4 … minutes, at most six hours: a day and more in all. */
function pauseMs(attempts: number): number {
  return Math.min(6 * 3600_000, 60_000 * 2 ** (attempts - 1));
}

/**
 * Sends what is due, on any number of nodes at once; how many mails went out. A crash between the server's yes and our note sends a mail
 * again under the same Message-ID: a mail may come twice, and never not at all.
 */
export async function deliverDue(room: MailRoom): Promise<number> {
  if (room.transport === undefined || !(await anyDue(room))) return 0;
  const now = room.clock.now();
  const leaseUntil = new Date(Date.parse(now) + LEASE_MS).toISOString();
  const claimed = await room.db.write((tx) => claimMails(room.db, tx, { now, leaseUntil, limit: BATCH }));
  let sent = 0;
  for (const mail of claimed) if (await deliver(room, room.transport, mail)) sent += 1;
  return sent;
}

/** Asked first, so that an idle house does not write. */
async function anyDue(room: MailRoom): Promise<boolean> {
  const now = room.clock.now();
  for (const [state, column] of [
    ['waiting', 'send_at'],
    ['sending', 'lease_until'],
  ] as const) {
    const query = room.db.read.selectFrom('mails').select('id').where('state', '=', state);
    if ((await query.where(column, '<=', now).limit(1).executeTakeFirst()) !== undefined) return true;
  }
  return false;
}

async function deliver(room: MailRoom, transport: MailTransport, mail: MailRow): Promise<boolean> {
  const { clock, db } = room;
  const settle = (
    state: 'sent' | 'failed' | 'waiting',
    error: string | null,
    at = clock.now(),
  ): Promise<void> => db.write((tx) => settleMail(tx, mail, { state, error, at }));
  let link: string | undefined;
  if (mail.fill !== null) {
    const fill = fromJson<Record<string, unknown>>(mail.fill as string);
    link = await db.write((tx) => room.fill(tx, fill));
    if (link === undefined) {
      await settle('failed', 'what it links to has expired or is done');
      return false;
    }
  }
  const filled = (text: string): string => (link === undefined ? text : text.replaceAll('{{link}}', link));
  try {
    await transport.send({
      id: mail.id,
      to: mail.recipient,
      subject: mail.subject,
      text: filled(mail.body_text),
      html: mail.body_html === null ? undefined : filled(mail.body_html),
      headers: fromJson<Record<string, string>>(mail.headers as string),
    });
  } catch (cause) {
    const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
    const lasting = transport.lasting(cause) || mail.attempts >= MAX_ATTEMPTS;
    room.onTrouble?.({ id: mail.id, error, lasting });
    if (lasting) await settle('failed', error);
    else
      await settle(
        'waiting',
        error,
        new Date(Date.parse(clock.now()) + pauseMs(mail.attempts)).toISOString(),
      );
    return false;
  }
  await settle('sent', null);
  return true;
}
