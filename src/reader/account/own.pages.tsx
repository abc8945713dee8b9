import type { VNode } from 'preact';
import { paths } from '../../contract/routes.ts';
import type { AccountView, PasskeyView, SessionView } from '../../features/accounts/accounts.ts';
import { languageName } from '../loaders/context.ts';
import { Codes } from './codes.pages.tsx';
import { Avatar, Do, Field, Form, Note, OwnNav } from './bits.tsx';
import type { View } from './frame.tsx';
import type { Provider } from './sign-in.pages.tsx';

type Said = { readonly error?: string | undefined; readonly saved?: boolean };

export function Profile({
  view,
  me,
  said,
}: {
  view: View;
  me: AccountView;
  said: Said & { readonly name?: string };
}): VNode {
  const { t, ui } = view;
  const reader = me.role === 'reader';
  return (
    <>
      <OwnNav view={view} at="profile" />
      <Note text={said.error} />
      <Note text={said.saved === true ? t.saved : undefined} good />
      <Form to={paths.account('profile')}>
        {reader ? (
          <Field name="name" label={t.name} value={said.name ?? me.name} autocomplete="nickname" required />
        ) : (
          <p class="own-lede">{me.name}</p>
        )}
        <div class="own-field">
          <label for="own-language">{t.language}</label>
          <select id="own-language" name="language">
            {ui.site.languages.map(({ lang }) => (
              <option value={lang} lang={lang} selected={lang === (me.language ?? ui.lang)}>
                {languageName(lang)}
              </option>
            ))}
          </select>
        </div>
        <Do>{t.save}</Do>
      </Form>
      <section class="own-part">
        <h2>{t.picture}</h2>
        <Avatar name={me.name} digest={me.avatar} />
        <form class="own-form" method="post" action={paths.account('picture')} enctype="multipart/form-data">
          <div class="own-field">
            <label for="own-picture">{t.picture}</label>
            <input
              id="own-picture"
              name="picture"
              type="file"
              accept="image/jpeg,image/png,image/webp,image/avif"
              required
            />
            <p class="own-hint">{t.pictureHint}</p>
          </div>
          <Do>{t.upload}</Do>
        </form>
        {me.avatar !== null && (
          <Form to={paths.account('picture-remove')}>
            <Do quiet>{t.removePicture}</Do>
          </Form>
        )}
      </section>
    </>
  );
}

export type SecurityModel = Said & {
  readonly passkeys: readonly PasskeyView[];
  readonly sessions: readonly SessionView[];
  readonly providers: readonly Provider[];
  /** Nothing may be done yet. */
  readonly limited: boolean;
};

export function Security({ view, me, model }: { view: View; me: AccountView; model: SecurityModel }): VNode {
  const { t, say, ui } = view;
  const when = (instant: string): string => ui.fmt.dateTime(instant);
  const reader = me.role === 'reader';
  return (
    <>
      <OwnNav view={view} at="security" />
      <Note text={model.limited ? t.limited : undefined} />
      {!reader && !model.limited && (
        <p class="own-on">
          <a href={paths.newsroom()}>{t.toNewsroom}</a>
        </p>
      )}
      <Note text={model.error} />
      <Note text={model.saved === true ? t.saved : undefined} good />
      <section class="own-part">
        <h2>{t.passkeys}</h2>
        {model.passkeys.length === 0 && <p class="own-hint">{t.noPasskeys}</p>}
        <ul class="own-list">
          {model.passkeys.map((key) => (
            <li>
              <span>
                {key.name}{' '}
                <small>
                  {key.lastUsedAt === null ? t.neverUsed : say(t.lastUsed, { when: when(key.lastUsedAt) })}
                </small>
              </span>
              <Form to={paths.account('passkey-remove')} hidden={{ id: key.id }}>
                <Do quiet>{t.remove}</Do>
              </Form>
            </li>
          ))}
        </ul>
        <passkey-add data-to={paths.account('security')} data-error={t.errors.passkey} hidden>
          <Field name="passkey-name" label={t.passkeyName} value={ui.site.name} />
          <button class="do" type="button">
            {t.addPasskey}
          </button>
          <p class="own-note" role="alert" hidden></p>
        </passkey-add>
        <noscript>
          <p class="own-hint">{t.needsScript}</p>
        </noscript>
      </section>
      <Codes view={view} me={me} />
      <section class="own-part">
        <h2>{t.password}</h2>
        <Form to={paths.account('password')}>
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
        </Form>
      </section>
      {reader && (
        <section class="own-part">
          <h2>{t.email}</h2>
          {me.email !== null && (
            <p dir="ltr" class="own-mono">
              {me.email}
            </p>
          )}
          <Form to={paths.account('email')}>
            <Field
              name="email"
              type="email"
              label={t.changeEmail}
              hint={t.changeEmailText}
              autocomplete="email"
              required
            />
            <Do>{t.mailLink}</Do>
          </Form>
        </section>
      )}
      {model.providers.length > 0 && <Connected view={view} me={me} providers={model.providers} />}
      <section class="own-part">
        <h2>{t.sessions}</h2>
        <ul class="own-list">
          {model.sessions.map((session) => (
            <li>
              <span>
                {session.device === '' ? t.unknownDevice : session.device}{' '}
                <small>
                  {session.current ? t.thisDevice : say(t.lastUsed, { when: when(session.lastUsedAt) })}
                </small>
              </span>
              {!session.current && (
                <Form to={paths.account('session-end')} hidden={{ id: session.id }}>
                  <Do quiet>{t.end}</Do>
                </Form>
              )}
            </li>
          ))}
        </ul>
        {model.sessions.length > 1 && (
          <Form to={paths.account('sessions-end')}>
            <Do quiet>{t.endOthers}</Do>
          </Form>
        )}
      </section>
    </>
  );
}

function Connected({
  view,
  me,
  providers,
}: {
  view: View;
  me: AccountView;
  providers: readonly Provider[];
}): VNode {
  const { t, say } = view;
  return (
    <section class="own-part">
      <h2>{t.connected}</h2>
      <ul class="own-list">
        {providers.map((provider) => {
          const known = me.identities.find((one) => one.provider === provider.id);
          return (
            <li>
              <span>
                {provider.name} {known?.email !== undefined && <small dir="ltr">{known.email ?? ''}</small>}
              </span>
              {known === undefined ? (
                <Form
                  to={paths.signInWith(provider.id)}
                  hidden={{ connect: '1', to: paths.account('security') }}
                >
                  <Do quiet>{say(t.connect, { name: provider.name })}</Do>
                </Form>
              ) : (
                <Form to={paths.account('disconnect')} hidden={{ provider: provider.id }}>
                  <Do quiet>{t.disconnect}</Do>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Data({
  view,
  error,
  reader,
}: {
  view: View;
  error: string | undefined;
  reader: boolean;
}): VNode {
  const { t } = view;
  return (
    <>
      <OwnNav view={view} at="data" />
      <Note text={error} />
      <section class="own-part">
        <h2>{t.exportTitle}</h2>
        <p>{t.exportText}</p>
        <Form to={paths.account('export')}>
          <Do>{t.exportDo}</Do>
        </Form>
      </section>
      {reader && (
        <section class="own-part">
          <h2>{t.deleteTitle}</h2>
          <p>{t.deleteText}</p>
          <Form to={paths.account('delete')}>
            <p class="own-check">
              <input id="own-sure" type="checkbox" name="sure" value="yes" required />{' '}
              <label for="own-sure">{t.deleteSure}</label>
            </p>
            <Do>{t.deleteDo}</Do>
          </Form>
        </section>
      )}
    </>
  );
}
