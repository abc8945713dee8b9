import type { VNode } from 'preact';
import { paths } from '../../contract/routes.ts';
import type { AccountView } from '../../features/accounts/accounts.ts';
import { Do, Field, Form, Note } from './bits.tsx';
import type { View } from './frame.tsx';

/** The second factor: set up, removed, and its recovery codes. */
export function Codes({ view, me }: { view: View; me: AccountView }): VNode {
  const { t, say, ui } = view;
  return (
    <section class="own-part">
      <h2>{t.codes}</h2>
      <p class="own-hint">{t.codesText}</p>
      {me.codes ? (
        <Form to={paths.account('codes-remove')}>
          <Do quiet>{t.remove}</Do>
        </Form>
      ) : (
        <Form to={paths.account('codes')}>
          <Do>{t.codesDo}</Do>
        </Form>
      )}
      {(me.codes || me.passkeys > 0) && (
        <Form to={paths.account('recovery-codes')}>
          <p class="own-hint">{say(t.codesLeft, { count: ui.fmt.number(me.recoveryCodes) })}</p>
          <Do quiet>{t.codesNew}</Do>
        </Form>
      )}
    </section>
  );
}

export type SetUp = {
  readonly secret: string;
  readonly qr: { readonly size: number; readonly path: string };
};

/** The key of an authenticator, to scan or to type, and the field for its first code. */
export function CodesSetUp({
  view,
  setUp,
  error,
}: {
  view: View;
  setUp: SetUp;
  error: string | undefined;
}): VNode {
  const { t } = view;
  const box = setUp.qr.size + 8;
  return (
    <Form to={paths.account('codes-confirm')} hidden={{ key: setUp.secret }}>
      <Note text={error} />
      <p class="own-lede">{t.codesScan}</p>
      <svg
        class="own-qr"
        viewBox={`-4 -4 ${box} ${box}`}
        width={240}
        height={240}
        role="img"
        aria-label={t.codesScan}
      >
        <path fill="#fff" d={`M-4-4h${box}v${box}h-${box}z`} />
        <path fill="#000" d={setUp.qr.path} />
      </svg>
      <p>
        {t.codesKey}: <code dir="ltr">{setUp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Field name="code" label={t.code} autocomplete="one-time-code" required ltr />
      <Do>{t.next}</Do>
    </Form>
  );
}

/** Shown once. */
export function RecoveryCodes({
  view,
  codes,
  staff,
}: {
  view: View;
  codes: readonly string[];
  staff: boolean;
}): VNode {
  const { t } = view;
  return (
    <>
      <p class="own-lede">{t.codesDone}</p>
      <ol class="own-codes" dir="ltr">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p class="own-on">
        <a href={staff ? paths.newsroom() : paths.account('security')}>{staff ? t.toNewsroom : t.security}</a>
      </p>
    </>
  );
}
