import { Combobox as Base } from '@base-ui/react/combobox';
import { useEffect, useState } from 'react';
import { useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { Field, type FieldProps, fieldOf } from './field.tsx';
import { Icon } from './icon.tsx';

export type Option = { readonly id: string; readonly label: string; readonly note?: string | undefined };

/** Asks the server for what begins with, or holds, a text. The empty text gives the first few. */
export type Finds = (text: string, signal: AbortSignal) => Promise<readonly Option[]>;

type Props = FieldProps & {
  readonly find: Finds;
  readonly placeholder?: string;
  readonly disabled?: boolean;
};

const WAIT_MS = 120;

/** What the server finds for a text, the last question winning. */
function useFound(find: Finds, text: string, open: boolean): { options: readonly Option[]; busy: boolean } {
  const [state, setState] = useState<{ options: readonly Option[]; busy: boolean }>({
    options: [],
    busy: false,
  });
  useEffect(() => {
    if (!open) return undefined;
    const stop = new AbortController();
    setState((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      find(text, stop.signal).then(
        (options) => setState({ options, busy: false }),
        () => {
          if (!stop.signal.aborted) setState({ options: [], busy: false });
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // The finder may be made anew at each rendering; what it finds depends on the text alone.
  }, [text, open]);
  return state;
}

/** One of many, looked for by typing. */
export function Combobox({
  value,
  onChange,
  find,
  placeholder,
  disabled = false,
  ...field
}: Props & { readonly value: Option | null; readonly onChange: (value: Option | null) => void }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  // Opened on a chosen value, the list begins at its beginning, not with the value's own name.
  const { options, busy } = useFound(find, text === value?.label ? '' : text, open);
  const words = useText(kitText);
  const items = value === null || options.some((one) => one.id === value.id) ? options : [value, ...options];
  return (
    <Field {...fieldOf(field)}>
      {(ids) => (
        <Base.Root
          items={items}
          filter={null}
          value={value}
          disabled={disabled}
          open={open}
          onOpenChange={setOpen}
          onInputValueChange={setText}
          onValueChange={onChange}
          itemToStringLabel={(one: Option) => one.label}
          isItemEqualToValue={(one: Option, other: Option) => one.id === other.id}
        >
          <div className="combo">
            <Base.Input {...ids} className="input" placeholder={placeholder} dir="auto" />
            <div className="tail">
              {value !== null && (
                <Base.Clear aria-label={words.clear}>
                  <Icon name="close" />
                </Base.Clear>
              )}
              <Base.Trigger aria-label={words.open}>
                <Icon name="down" />
              </Base.Trigger>
            </div>
          </div>
          <Options busy={busy} />
        </Base.Root>
      )}
    </Field>
  );
}

/** Several of many; the chosen ones stand as chips before the field. */
export function MultiCombobox({
  value,
  onChange,
  find,
  placeholder,
  disabled = false,
  ...field
}: Props & {
  readonly value: readonly Option[];
  readonly onChange: (value: readonly Option[]) => void;
}) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const { options, busy } = useFound(find, text, open);
  const words = useText(kitText);
  const chosen = new Set(value.map((one) => one.id));
  return (
    <Field {...fieldOf(field)}>
      {(ids) => (
        <Base.Root
          multiple
          items={[...value.filter((one) => !options.some(({ id }) => id === one.id)), ...options]}
          filter={null}
          value={[...value]}
          disabled={disabled}
          open={open}
          onOpenChange={setOpen}
          onInputValueChange={setText}
          onValueChange={(next: Option[]) => {
            onChange(next);
            setText('');
          }}
          itemToStringLabel={(one: Option) => one.label}
          isItemEqualToValue={(one: Option, other: Option) => one.id === other.id}
        >
          <Base.Chips className="stack tight">
            {chosen.size > 0 && (
              <div className="chips">
                {value.map((one) => (
                  <Base.Chip key={one.id} className="chip" aria-label={one.label}>
                    {one.label}
                    <Base.ChipRemove aria-label={words.remove(one.label)}>
                      <Icon name="close" />
                    </Base.ChipRemove>
                  </Base.Chip>
                ))}
              </div>
            )}
            <Base.Input {...ids} className="input" placeholder={placeholder} dir="auto" />
          </Base.Chips>
          <Options busy={busy} />
        </Base.Root>
      )}
    </Field>
  );
}

function Options({ busy }: { readonly busy: boolean }) {
  const words = useText(kitText);
  return (
    <Base.Portal>
      <Base.Positioner className="positioner" sideOffset={-1} align="start">
        <Base.Popup className="popup matches">
          <Base.Status className="unseen">{busy ? words.searching : ''}</Base.Status>
          <Base.Empty>{busy ? null : <div className="option quiet">{words.nothingFound}</div>}</Base.Empty>
          <Base.List>
            {(one: Option) => (
              <Base.Item key={one.id} value={one} className="option">
                <span className="grow" dir="auto">
                  {one.label}
                </span>
                {one.note !== undefined && <span className="quiet small">{one.note}</span>}
                <Base.ItemIndicator>
                  <Icon name="check" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
