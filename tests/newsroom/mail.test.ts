import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { sendMail } from '../../src/features/mail/mail.ts';
import { axe } from '../support/axe.ts';
import { withBrowser } from '../support/chromium.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

test('an admin sees what mail waits and why, has it tried at once, and drops what shall not go', async () => {
  const got: string[] = [];
  const answers = new Map<string, number>([
    ['ada@reader.example', 550],
    ['ben@reader.example', 451],
  ]);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = answers.get(address);
      if (responseCode === undefined) done();
      else done(Object.assign(new Error(`not now, ${address}`), { responseCode }));
    },
    onData: (stream, session, done) => {
      stream.resume();
      stream.on('end', () => {
        got.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  const bound = smtp.server.address();
  const smtpPort = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
  await using site = await runSite({
    role: 'all',
    port: await freePort(),
    env: {
      DATELINE_SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      DATELINE_MAIL_FROM: 'The Courier <news@courier.example>',
    },
  });
  const { house } = site;
  const admin = await signedIn(house, 'admin');
  for (const to of ['ada@reader.example', 'ben@reader.example'])
    await house.db.write((tx) => sendMail(tx, { to, subject: `For ${to}`, text: 'Words.' }, house.clock));
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    await context.addCookies([admin.browserCookie(site.address)]);
    const page = await context.newPage();
    await page.goto(`${site.address}/newsroom/mail`);
    const line = (to: string) => page.getByRole('row').filter({ hasText: to });
    const [ada, ben] = [line('ada@reader.example'), line('ben@reader.example')];
    await ada.getByText('given up').waitFor();
    await ada.getByText('not now, ada@reader.example').waitFor();
    await ben.getByText('tried once').waitFor();
    await ben.getByText('Next attempt:').waitFor();
    expect(await axe(page, 'the queue of mails')).toEqual([]);
    answers.clear();
    await ada.getByRole('button', { name: 'Try now' }).click();
    await ada.getByText('sent', { exact: true }).waitFor();
    expect(await ada.getByRole('button').count()).toBe(0);
    await ben.getByRole('button', { name: 'Drop the mail' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Drop the mail' }).click();
    await page.getByText('The mail is dropped').waitFor();
    await ben.waitFor({ state: 'detached' });
  });
  expect(got).toEqual(['ada@reader.example']);
  expect(await house.db.read.selectFrom('mails').select(['recipient', 'state']).execute()).toEqual([
    { recipient: 'ada@reader.example', state: 'sent' },
  ]);
  const done = await house.db.read.selectFrom('audit_entries').select('action').execute();
  expect(done.map(({ action }) => action)).toEqual(expect.arrayContaining(['mail.retry', 'mail.drop']));
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});
