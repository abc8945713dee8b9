import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

type Props = {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
};

/** Yes or no, taken with the form. */
export function Checkbox({
  label,
  checked,
  onChange,
  disabled = false,
  some = false,
}: Props & { readonly some?: boolean }) {
  return (
    <label className="choice">
      <BaseCheckbox.Root
        className="check"
        checked={checked}
        indeterminate={some}
        disabled={disabled}
        onCheckedChange={onChange}
      >
        <BaseCheckbox.Indicator>
          <Icon name={some ? 'minus' : 'check'} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span>{label}</span>
    </label>
  );
}

/** A box whose name is for screen readers alone: in the rows of a list. */
export function CheckMark({
  label,
  checked,
  onChange,
  some = false,
}: Omit<Props, 'label' | 'disabled'> & { readonly label: string; readonly some?: boolean }) {
  return (
    <BaseCheckbox.Root
      className="check"
      aria-label={label}
      checked={checked}
      indeterminate={some}
      onCheckedChange={onChange}
    >
      <BaseCheckbox.Indicator>
        <Icon name={some ? 'minus' : 'check'} />
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, disabled = false }: Props) {
  return (
    <label className="choice">
      <BaseSwitch.Root className="switch" checked={checked} disabled={disabled} onCheckedChange={onChange}>
        <BaseSwitch.Thumb />
      </BaseSwitch.Root>
      <span>{label}</span>
    </label>
  );
}
