import { Select as Base } from '@base-ui/react/select';
import { useId } from 'react';
import { Field, type FieldProps, fieldOf } from './field.tsx';
import { Icon } from './icon.tsx';

export type Choice<V extends string = string> = { readonly value: V; readonly label: string };

export type SelectProps<V extends string> = FieldProps & {
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
};

/** One of a few. For many, or for what the server must be asked for: `Combobox`. */
export function Select<V extends string>({ value, choices, onChange, disabled, ...field }: SelectProps<V>) {
  const labelled = useId();
  return (
    <Field {...fieldOf(field)}>
      {(ids) => (
        <Base.Root
          items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
          value={value}
          disabled={disabled ?? false}
          // The items are the choices, so what comes back is one of them; no choice is unset by the list.
          onValueChange={(chosen) => chosen !== null && onChange(chosen)}
        >
          <Base.Trigger {...ids} className="input picker">
            <Base.Value id={labelled} />
            <Icon name="down" />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner className="positioner" alignItemWithTrigger={false} sideOffset={-1}>
              <Base.Popup className="popup matches">
                <Base.List>
                  {choices.map((choice) => (
                    <Base.Item key={choice.value} value={choice.value} className="option">
                      <Base.ItemText className="grow">{choice.label}</Base.ItemText>
                      <Base.ItemIndicator>
                        <Icon name="check" />
                      </Base.ItemIndicator>
                    </Base.Item>
                  ))}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
