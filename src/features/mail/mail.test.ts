import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { manualClock } from '../../base/clock.ts';
import { deliverDue, type MailRoom, mailsPage, sendMail, smtpTransport } from './mail.ts';

type Got = { to: string[]; raw: string };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real SMTP server that says what it got; `answer` may refuse. */
async function server(
  answer: () => Error | undefined = () => undefined,
): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = answer();
        if (refused === undefined)
          got.push({
            to: session.envelope.rcptTo.map((to) => to.address),
            raw: Buffer.concat(chunks).toString('utf8'),
          });
        done(refused);
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  closing.push(() => smtp.close(() => undefined));
  const address = smtp.server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { url: `smtp://127.0.0.1:${port}`, got };
}

function room(db: MailRoom['db'], url: string): MailRoom & { clock: ReturnType<typeof manualClock> } {
  const transport = smtpTransport({
    url,
    from: 'The Courier <news@courier.example>',
    origin: 'https://courier.example',
  });
  closing.push(() => transport.close());
  return {
    db,
    clock: manualClock('2026-03-01T10:00:00.000Z'),
    transport,
    fill: async (_tx, fill) =>
      fill['link'] === 'gone' ? undefined : `https://courier.example/${String(fill['link'])}`,
  };
}

eachDatabase('mail', (open) => {
  test('goes out once, with its secret made on the way, and its text is not kept', async () => {
    const db = await open();
    const { url, got } = await server();
    const house = room(db, url);
    const mail = {
      to: 'ada@reader.example',
      subject: 'Sign in – now',
      text: 'Here: {{link}}',
      fill: { link: 'abc' },
    };
    await db.write((tx) => sendMail(tx, { ...mail, dedupeKey: 'k' }, house.clock));
    await db.write((tx) => sendMail(tx, { ...mail, dedupeKey: 'k' }, house.clock));
    expect(await Promise.all([deliverDue(house), deliverDue(house)])).toContain(1);
    expect(await deliverDue(house)).toBe(0);
    expect(got).toHaveLength(1);
    expect(got[0]?.to).toEqual(['ada@reader.example']);
    expect(got[0]?.raw).toContain('Here: https://courier.example/abc');
    expect(got[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    const [kept] = await mailsPage(db.read, { limit: 10 });
    expect(kept).toMatchObject({ state: 'sent', text: '' });
  });

  test('waits for a server that is away, gives up what it will never take, and drops links to nothing', async () => {
    const db = await open();
    let refusal: Error | undefined = Object.assign(new Error('try later'), { responseCode: 451 });
    const { url, got } = await server(() => refusal);
    const house = room(db, url);
    const send = (to: string, link?: string): Promise<void> =>
      db.write((tx) =>
        sendMail(
          tx,
          { to, subject: 's', text: 't', ...(link === undefined ? {} : { fill: { link } }) },
          house.clock,
        ),
      );
    await send('a@reader.example');
    await deliverDue(house);
    expect((await mailsPage(db.read, { limit: 1 }))[0]).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(await deliverDue(house)).toBe(0);
    refusal = undefined;
    house.clock.advance(60_000);
    expect(await deliverDue(house)).toBe(1);
    refusal = Object.assign(new Error('no such person'), { responseCode: 550 });
    await send('b@reader.example');
    await send('c@reader.example', 'gone');
    await deliverDue(house);
    const states = (await mailsPage(db.read, { limit: 3 })).map((mail) => mail.state);
    expect(states).toEqual(['failed', 'failed', 'sent']);
    expect(got).toHaveLength(1);
  });

  test('writes no header that somebody smuggled in', async () => {
    const db = await open();
    const { url, got } = await server();
    const house = room(db, url);
    const bad = [
      'a@b.example\r\nBcc: all@b.example',
      'a@b.example, c@d.example',
      '"a b"@c.example',
      'a@b.example>',
      '<a@b.example',
      'a b@c.example',
      'a@b@c.example',
      'a@',
      '@b.example',
      'a@b.example\u0000',
      'x'.repeat(65) + '@b.example',
      'group:a@b.example;',
    ];
    for (const to of bad)
      await expect(db.write((tx) => sendMail(tx, { to, subject: 's', text: 't' }))).rejects.toThrow(
        'not an e-mail address',
      );
    const subject = 'Reply\r\nBcc: everyone@b.example\r\n\r\nbody';
    await db.write((tx) =>
      sendMail(
        tx,
        {
          to: 'a@b.example',
          subject,
          text: 'one\r\n.\r\nQUIT',
          listUnsubscribe: 'https://c.example/u?x=1\r\nX-Bad: 1',
        },
        house.clock,
      ),
    );
    expect(await deliverDue(house)).toBe(1);
    const head = got[0]?.raw.split('\r\n\r\n')[0] ?? '';
    expect(head.split('\r\n').filter((line) => /^(bcc|x-bad):/i.test(line))).toEqual([]);
    expect(got[0]?.to).toEqual(['a@b.example']);
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });
});
