import { useState } from 'react';
import type { Slot } from '../../../contract/front.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { Button, DateTimeField, Dialog, IconButton } from '../../ui/kit.ts';

type Props = {
  readonly slot: Slot;
  readonly name: string;
  readonly onChange: (slot: Slot) => void;
};

/** How long a story keeps its place; after that the place fills itself. */
export function Until({ slot, name, onChange }: Props) {
  const text = useText(frontText);
  const [open, setOpen] = useState(false);
  const [until, setUntil] = useState<string | null | undefined>(null);
  const put = (next: string | null): void => {
    onChange({ article: slot.article, ...(next === null ? {} : { until: next }) });
    setOpen(false);
  };
  return (
    <>
      <IconButton
        icon="clock"
        label={text.untilOf(name)}
        onClick={() => {
          setUntil(slot.until === undefined ? null : new Date(slot.until).toISOString());
          setOpen(true);
        }}
      />
      <Dialog open={open} onOpenChange={setOpen} title={text.untilOf(name)}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (until !== undefined) put(until);
          }}
        >
          <DateTimeField label={text.until} hint={text.untilHint} value={until ?? null} onChange={setUntil} />
          <div className="actions">
            {slot.until !== undefined && <Button onClick={() => put(null)}>{text.noEnd}</Button>}
            <Button kind="first" type="submit" disabled={until === undefined}>
              {text.apply}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
