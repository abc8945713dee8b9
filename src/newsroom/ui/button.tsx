import { Link } from '@tanstack/react-router';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Tip } from './tooltip.tsx';

export type ButtonKind = 'line' | 'first' | 'plain' | 'grave';

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `first`: the one that the form is for. `grave`: what takes something away. `plain`: without a frame. */
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  /** Under way: stays focusable, does nothing, and says so. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

export function Button({
  kind = 'line',
  icon,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes('btn', kind, className)}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<ButtonProps, 'icon' | 'children'> & {
  readonly icon: IconName;
  /** Its name for screen readers, and its tip. */
  readonly label: string;
  readonly keys?: string;
};

/** A button of a drawing alone: its name is its label and shows as a tip. */
export function IconButton({ icon, label, keys, kind = 'plain', className, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} {...(keys === undefined ? {} : { keys })}>
      <Button {...rest} kind={kind} className={classes('icon', className)} aria-label={label}>
        <Icon name={icon} />
      </Button>
    </Tip>
  );
}

/** A link to a screen that looks like a button. `to` is below `/newsroom/`. */
export function LinkButton({
  to,
  kind = 'line',
  icon,
  children,
}: {
  readonly to: string;
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <Link to={`/${to}`} className={classes('btn', kind)}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </Link>
  );
}

export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter((name) => name !== false && name !== undefined && name !== '').join(' ');
}
