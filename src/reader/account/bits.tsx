import type { ComponentChildren, VNode } from 'preact';
import { initials } from '../../base/initials.ts';
import { paths } from '../../contract/routes.ts';
import type { View } from './frame.tsx';

export type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string | undefined;
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly hint?: string;
  readonly ltr?: boolean;
};

/** A labelled field with its hint. */
export function Field(props: FieldProps): VNode {
  const { name, label, type = 'text', hint } = props;
  return (
    <div class="own-field">
      <label for={`own-${name}`}>{label}</label>
      <input
        id={`own-${name}`}
        name={name}
        // Preact's types want one literal here; the three that there are take the same attributes.
        type={type as 'text'}
        value={props.value ?? ''}
        autocomplete={props.autocomplete ?? 'off'}
        required={props.required ?? false}
        maxLength={320}
        {...(props.ltr === true || type === 'email' ? { dir: 'ltr' as const } : {})}
        {...(hint === undefined ? {} : { 'aria-describedby': `own-${name}-hint` })}
      />
      {hint !== undefined && (
        <p class="own-hint" id={`own-${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A form of this site. */
export function Form({
  to,
  hidden,
  children,
}: {
  to: string;
  hidden?: Readonly<Record<string, string>>;
  children: ComponentChildren;
}): VNode {
  return (
    <form class="own-form" method="post" action={to}>
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

export function Do({
  children,
  name,
  value,
  quiet,
  line,
}: {
  children: ComponentChildren;
  name?: string;
  value?: string;
  quiet?: boolean;
  line?: boolean;
}): VNode {
  return (
    <button
      class={quiet === true ? 'own-quiet' : line === true ? 'own-line' : 'do'}
      type="submit"
      {...(name === undefined ? {} : { name, value: value ?? '' })}
    >
      {children}
    </button>
  );
}

/** What went wrong, or well, said first and to screen readers at once. */
export function Note({ text, good }: { text: string | undefined; good?: boolean }): VNode | null {
  if (text === undefined) return null;
  return (
    <p class={good === true ? 'own-note own-good' : 'own-note'} role={good === true ? 'status' : 'alert'}>
      {text}
    </p>
  );
}

/** A person's picture, or the letters of their name on paper. */
export function Avatar({ name, digest }: { name: string; digest: string | null }): VNode {
  if (digest !== null)
    return <img class="avatar" src={paths.avatar(digest)} alt="" width={48} height={48} loading="lazy" />;
  return (
    <span class="avatar avatar-letter" aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** The way between one's own pages, and out. */
export function OwnNav({ view, at }: { view: View; at: 'profile' | 'security' | 'data' }): VNode {
  const { t } = view;
  const links = [
    ['profile', paths.account(), t.profile],
    ['security', paths.account('security'), t.security],
    ['data', paths.account('data'), t.data],
  ] as const;
  return (
    <nav class="own-nav" aria-label={t.account}>
      {links.map(([key, href, label]) => (
        <a href={href} {...(key === at ? { 'aria-current': 'page' as const } : {})}>
          {label}
        </a>
      ))}
      <Form to={paths.account('sign-out')}>
        <Do quiet>{t.signOut}</Do>
      </Form>
    </nav>
  );
}
