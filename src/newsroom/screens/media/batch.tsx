import { useState } from 'react';
import { api, newKey } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { kitText } from '../../strings/kit.ts';
import { mediaText } from '../../strings/media.ts';
import { Button, Checkbox, DateTimeField, Dialog, say, TextArea, TextField } from '../../ui/kit.ts';
import { listOf } from './assets.ts';

const FIELDS = ['caption', 'credit', 'alt', 'creator', 'place', 'rightsHolder', 'rightsTerms'] as const;

/** Says the same of many files at once. */
export function BatchDialog({
  ids,
  onClose,
}: {
  readonly ids: readonly string[];
  readonly onClose: (changed: boolean) => void;
}) {
  const text = useText(mediaText);
  const kit = useText(kitText);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [keywords, setKeywords] = useState('');
  const [ends, setEnds] = useState<string | null | undefined>(null);
  const [onlyEmpty, setOnlyEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [key] = useState(newKey);
  const apply = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
      const body = {
        ids,
        set: { ...set, ...(typeof ends === 'string' ? { rightsExpireAt: ends } : {}) },
        addKeywords: listOf(keywords),
        onlyEmpty,
      };
      const { body: answer } = await api.patch<{ changed: number }>('assets', body, { idempotencyKey: key });
      say({ title: text.batchDone(answer.changed) });
      onClose(true);
    } catch (cause) {
      setFault(cause instanceof Error ? cause.message : String(cause));
      setBusy(false);
    }
  };
  return (
    <Dialog open broad onOpenChange={(open) => !open && onClose(false)} title={text.batchTitle(ids.length)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void apply();
        }}
      >
        <p className="quiet small">{text.batchHelp}</p>
        {FIELDS.map((name) => {
          const props = {
            label: text[name],
            value: fields[name] ?? '',
            onChange: (value: string) => setFields({ ...fields, [name]: value }),
          };
          return name === 'caption' || name === 'alt' ? (
            <TextArea key={name} rows={2} {...props} />
          ) : (
            <TextField key={name} {...props} />
          );
        })}
        <TextField label={text.addKeywords} value={keywords} onChange={setKeywords} />
        <DateTimeField
          label={text.rightsEnd}
          hint={text.rightsEndHint}
          value={ends ?? null}
          onChange={setEnds}
        />
        <Checkbox label={text.onlyEmpty} checked={onlyEmpty} onChange={setOnlyEmpty} />
        {fault !== undefined && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <div className="actions">
          <Button onClick={() => onClose(false)}>{kit.cancel}</Button>
          <Button kind="first" type="submit" busy={busy} disabled={ends === undefined}>
            {text.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
