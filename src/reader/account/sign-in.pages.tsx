import type { VNode } from 'preact';
import { paths } from '../../contract/routes.ts';
import type { LinkView } from '../../features/accounts/accounts.ts';
import { Do, Field, Form, Note } from './bits.tsx';
import type { View } from './frame.tsx';

export type Provider = { readonly id: string; readonly name: string };

export type SignInModel = {
  readonly to: string;
  readonly email?: string | undefined;
  readonly error?: string | undefined;
  readonly again: boolean;
  readonly providers: readonly Provider[];
};

/** Every way in, and to an account: the same page for both. */
export function SignIn({ view, model }: { view: View; model: SignInModel }): VNode {
  const { t, say, ui } = view;
  const { to } = model;
  return (
    <>
      <p class="own-lede">{model.again ? t.again : t.signInLede}</p>
      <Note text={model.error} />
      <passkey-sign-in data-to={to} data-error={t.errors.passkey} hidden>
        <button class="do" type="button">
          {t.withPasskey}
        </button>
        <p class="own-note" role="alert" hidden></p>
      </passkey-sign-in>
      <Form to={paths.account('sign-in')} hidden={{ to }}>
        <Field
          name="email"
          type="email"
          label={t.email}
          value={model.email}
          autocomplete="username webauthn"
          required
        />
        <Field name="password" type="password" label={t.password} autocomplete="current-password" ltr />
        <p class="own-row">
          <Do name="way" value="password">
            {t.withPassword}
          </Do>
          <Do name="way" value="link" line>
            {t.mailLink}
          </Do>
        </p>
        <p class="own-hint">{t.mailLinkHint}</p>
        <Do name="way" value="reset" quiet>
          {t.forgot}
        </Do>
      </Form>
      {model.providers.length > 0 && (
        <section class="own-others" aria-label={t.or}>
          <p class="own-or">{t.or}</p>
          {model.providers.map((provider) => (
            <Form to={paths.signInWith(provider.id)} hidden={{ to }}>
              <Do line>{say(t.continueWith, { name: provider.name })}</Do>
              <p class="own-hint">{say(t.providerNote, { name: provider.name, site: ui.site.name })}</p>
            </Form>
          ))}
        </section>
      )}
    </>
  );
}

/** Before going to a provider from a page whose forms may not lead there. */
export function GoTo({ view, provider, to }: { view: View; provider: Provider; to: string }): VNode {
  const { t, say, ui } = view;
  return (
    <Form to={paths.signInWith(provider.id)} hidden={{ to }}>
      <p class="own-lede">{say(t.providerNote, { name: provider.name, site: ui.site.name })}</p>
      <Do>{say(t.continueWith, { name: provider.name })}</Do>
    </Form>
  );
}

export function Code({ view, to, error }: { view: View; to: string; error: string | undefined }): VNode {
  const { t } = view;
  return (
    <Form to={paths.account('code')} hidden={{ to }}>
      <Note text={error} />
      <Field name="code" label={t.code} hint={t.codeText} autocomplete="one-time-code" required ltr />
      <Do>{t.next}</Do>
    </Form>
  );
}

export function Sent({ view }: { view: View }): VNode {
  return <p class="own-lede">{view.t.sentText}</p>;
}

type LinkModel = {
  readonly secret: string;
  readonly link: LinkView;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly error?: string | undefined;
};

/** What a link of a mail opens. Nothing happens before the button: programs that look at links use none up. */
export function OpenLink({ view, model }: { view: View; model: LinkModel }): VNode {
  const { t, say } = view;
  const { link, secret } = model;
  const ask = (): VNode => {
    if (link.purpose === 'register')
      return (
        <>
          <p class="own-lede">{t.chooseName}</p>
          <Field name="name" label={t.name} value={model.name} autocomplete="nickname" required />
          <Field
            name="password"
            type="password"
            label={t.passwordOptional}
            hint={t.passwordHint}
            autocomplete="new-password"
            ltr
          />
          <Do>{t.create}</Do>
        </>
      );
    if (link.purpose === 'set-up' || link.purpose === 'invite' || link.purpose === 'reset')
      return (
        <>
          <p class="own-lede">{link.purpose === 'reset' ? t.staffReset : t.staffWelcome}</p>
          {link.purpose === 'set-up' && (
            <>
              <Field
                name="email"
                type="email"
                label={t.email}
                value={model.email}
                autocomplete="username"
                required
              />
              <Field name="name" label={t.name} value={model.name} autocomplete="name" required />
            </>
          )}
          <Field
            name="password"
            type="password"
            label={link.purpose === 'reset' ? t.newPassword : t.passwordOptional}
            hint={t.passwordHint}
            autocomplete="new-password"
            required={link.purpose === 'reset'}
            ltr
          />
          <Do>{t.next}</Do>
        </>
      );
    if (link.purpose === 'reset-reader')
      return (
        <>
          <Field
            name="password"
            type="password"
            label={t.newPassword}
            hint={t.passwordHint}
            autocomplete="new-password"
            required
            ltr
          />
          <Do>{t.setPassword}</Do>
        </>
      );
    if (link.purpose === 'confirm')
      return (
        <>
          <p class="own-lede">{say(t.confirmText, { email: link.email ?? '' })}</p>
          <Do>{t.confirm}</Do>
        </>
      );
    return (
      <>
        <p class="own-lede">{t.linkText}</p>
        <Do>{t.signIn}</Do>
      </>
    );
  };
  return (
    <Form to={paths.account('link')} hidden={{ secret }}>
      <Note text={model.error} />
      {ask()}
    </Form>
  );
}

/** A reader who came from elsewhere for the first time chooses a name. */
export function NewName({
  view,
  name,
  error,
}: {
  view: View;
  name: string;
  error: string | undefined;
}): VNode {
  const { t } = view;
  return (
    <Form to={paths.account('name')}>
      <p class="own-lede">{t.chooseName}</p>
      <Note text={error} />
      <Field name="name" label={t.name} value={name} autocomplete="nickname" required />
      <Do>{t.create}</Do>
    </Form>
  );
}

export function Gone({ view }: { view: View }): VNode {
  return (
    <>
      <p class="own-lede">{view.t.goneText}</p>
      <p>
        <a href={paths.signIn()}>{view.t.signIn}</a>
      </p>
    </>
  );
}
