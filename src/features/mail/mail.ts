import { type Clock, systemClock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { Tx } from '../../storage/db.ts';
import { insertMail } from './mail.store.ts';

export { deliverDue, type MailRoom } from './deliver.ts';
export { mailsPage, mailsTo, type MailView } from './mail.views.ts';
export { forgetMailsTo, forgetSent } from './mail.store.ts';
export { type MailTransport, smtpTransport } from './transport.ts';

export type MailInput = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Markup that was rendered by a component, never put together from parts. */
  readonly html?: string;
  /** An address where one POST unsubscribes (RFC 8058). */
  readonly listUnsubscribe?: string;
  /** What it belongs to, `kind.id@host`: mail programs show mails of one thing together (RFC 5322 §3.6.4). */
  readonly thread?: string;
  /** A second mail with a key that is known is not kept: a retry sends nothing twice. */
  readonly dedupeKey?: string;
  /** What puts the secret into `{{link}}` when the mail goes out; the house's `fill` understands it. */
  readonly fill?: Readonly<Record<string, unknown>>;
};

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Puts a mail into the queue in the transaction that is its reason; it goes out after the commit, again and again until the server takes it.
 * Without a server it waits, and admins see it. @throws Problem `invalid`: an address or a subject that would write headers of its own.
 */
export async function sendMail(tx: Tx, mail: MailInput, clock: Clock = systemClock): Promise<void> {
  checkAddress(mail.to);
  const subject = mail.subject.replace(/\s+/gu, ' ').trim();
  if (CONTROLS.test(subject) || subject.length > 500)
    throw new Problem('invalid', 'The subject of a mail is one line of at most 500 characters.');
  const now = clock.now();
  await insertMail(tx, {
    id: newId(),
    recipient: mail.to,
    subject,
    body_text: mail.text,
    body_html: mail.html ?? null,
    headers: toJson({ ...unsubscribeHeaders(mail.listUnsubscribe), ...threadHeaders(mail.thread) }),
    dedupe_key: mail.dedupeKey ?? null,
    fill: mail.fill === undefined ? null : toJson(mail.fill),
    state: 'waiting',
    attempts: 0,
    send_at: now,
    lease_until: null,
    last_error: null,
    created_at: now,
    sent_at: null,
  });
}

/** One mailbox and nothing else: no list, no comment, no line break, no second header (RFC 5321 §4.1.2 without quoted local parts). */
export function checkAddress(address: string): void {
  const [local = '', domain = '', ...more] = address.split('@');
  const fits =
    more.length === 0 &&
    /^[^\s"(),:;<>@[\\\]\u0000-\u001f\u007f-\u00a0]{1,64}$/u.test(local) &&
    /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}.-]*[\p{L}\p{N}\p{M}])?$/u.test(domain);
  if (!fits)
    throw new Problem('invalid', 'This is not an e-mail address that mail can be sent to.', undefined, {
      fields: { '/email': 'is not an e-mail address' },
    });
}

function unsubscribeHeaders(address: string | undefined): Record<string, string> {
  if (address === undefined) return {};
  const url = new URL(address).href;
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

function threadHeaders(thread: string | undefined): Record<string, string> {
  if (thread === undefined) return {};
  if (!/^[\w-]+\.[\w-]+@[\w.[\]:-]+$/.test(thread))
    throw new Problem('invalid', 'This names no thread of mails.');
  return { 'In-Reply-To': `<${thread}>`, References: `<${thread}>` };
}
