import type { Clock } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import { sendMail } from '../mail/mail.ts';
import { type LinkPurpose, type NewLink, prepareLink } from './links.ts';
import { type MailedPurpose, mailLanguage, mailText } from './mail-texts.ts';
import { siteNames } from './site-name.ts';

type Letter = {
  readonly to: string;
  readonly name: string;
  readonly language?: string | null | undefined;
};

/** Mails a link. Its secret is made as the mail goes out and is in the mail alone. */
export async function mailLink(
  tx: Tx,
  clock: Clock,
  input: Letter & {
    readonly link: NewLink & { readonly purpose: LinkPurpose };
    readonly text: MailedPurpose;
  },
): Promise<void> {
  const id = await prepareLink(tx, clock, input.link);
  await mail(tx, clock, { ...input, fill: { link: id } });
}

/** Tells somebody of the house that the ways into their account have changed. */
export async function mailSecurityNotice(tx: Tx, clock: Clock, letter: Letter): Promise<void> {
  await mail(tx, clock, { ...letter, text: 'security' });
}

async function mail(
  tx: Tx,
  clock: Clock,
  input: Letter & { readonly text: MailedPurpose; readonly fill?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const site = await siteNames(tx);
  const language = mailLanguage(input.language ?? site.language);
  const { subject, body } = mailText(input.text, { language, site: site.nameIn(language), name: input.name });
  await sendMail(
    tx,
    { to: input.to, subject, text: body, ...(input.fill === undefined ? {} : { fill: input.fill }) },
    clock,
  );
}
