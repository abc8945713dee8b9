import { createTransport } from 'nodemailer';

export type OutgoingMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

/** The way out. `send` rejects when the server did not take the mail; `lasting` tells whether trying again is of no use. */
export type MailTransport = {
  send(mail: OutgoingMail): Promise<void>;
  lasting(cause: unknown): boolean;
  close(): void;
};

/**
 * A server of `smtp://user:password@host:587` (STARTTLS when it is offered; `?tls=required` insists) or `smtps://host:465`.
 * Texts go out as UTF-8; nothing of a mail is read from a file or an address, whatever stands in it.
 */
export function smtpTransport(options: {
  readonly url: string;
  readonly from: string;
  readonly origin: string;
}): MailTransport {
  const url = new URL(options.url);
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
    secure: url.protocol === 'smtps:',
    requireTLS: url.searchParams.get('tls') === 'required',
    ...(url.searchParams.get('tls') === 'off' ? { ignoreTLS: true } : {}),
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = new URL(options.origin).hostname;
  return {
    send: async (mail) => {
      await transport.sendMail({
        from: options.from,
        // An object, not a line: what stands in an address cannot become a second one.
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        ...(mail.html === undefined ? {} : { html: mail.html }),
        headers: { ...mail.headers, 'Auto-Submitted': 'auto-generated' },
        // The same mail sent twice after a broken connection is one mail to the recipient's program.
        messageId: `<${mail.id}@${domain}>`,
      });
    },
    lasting: (cause) => {
      const code = (cause as { responseCode?: unknown }).responseCode;
      return typeof code === 'number' && code >= 500 && code !== 530 && code !== 535;
    },
    close: () => transport.close(),
  };
}
