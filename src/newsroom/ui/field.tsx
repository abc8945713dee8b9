import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { classes } from './button.tsx';

export type FieldProps = {
  readonly label: string;
  /** What helps to fill it in. */
  readonly hint?: ReactNode;
  /** Why the value is refused. */
  readonly fault?: string | undefined;
  /** Keeps the label for screen readers alone. */
  readonly quiet?: boolean;
};

type Ids = { readonly id: string; readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true };

/** A label, a control, what helps and what is wrong, tied together for screen readers. */
export function Field({
  label,
  hint,
  fault,
  quiet,
  children,
}: FieldProps & { readonly children: (ids: Ids) => ReactNode }) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`];
  const by = described.filter((one) => one !== false).join(' ');
  return (
    <div className="field">
      <label className={quiet === true ? 'unseen' : 'label'} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        ...(by === '' ? {} : { 'aria-describedby': by }),
        ...(fault === undefined ? {} : { 'aria-invalid': true }),
      })}
      {hint !== undefined && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {fault !== undefined && (
        <div className="fault" id={`${id}-fault`} role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

type Own<T> = Omit<T, 'value' | 'onChange'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
};

export function TextField({
  label,
  hint,
  fault,
  quiet,
  onChange,
  className,
  ...rest
}: FieldProps & Own<InputHTMLAttributes<HTMLInputElement>> & { readonly ref?: Ref<HTMLInputElement> }) {
  return (
    <Field {...fieldOf({ label, hint, fault, quiet })}>
      {(ids) => (
        <input
          dir="auto"
          {...rest}
          {...ids}
          className={classes('input', className)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  fault,
  quiet,
  onChange,
  className,
  ...rest
}: FieldProps & Own<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return (
    <Field {...fieldOf({ label, hint, fault, quiet })}>
      {(ids) => (
        <textarea
          dir="auto"
          {...rest}
          {...ids}
          className={classes('input', className)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** The parts that every field shares, without those that are not given. */
export function fieldOf(props: {
  label: string;
  hint?: ReactNode;
  fault?: string | undefined;
  quiet?: boolean | undefined;
}): FieldProps {
  return {
    label: props.label,
    ...(props.hint === undefined ? {} : { hint: props.hint }),
    ...(props.fault === undefined ? {} : { fault: props.fault }),
    ...(props.quiet === undefined ? {} : { quiet: props.quiet }),
  };
}
