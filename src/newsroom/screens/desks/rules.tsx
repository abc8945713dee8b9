import { useState } from 'react';
import {
  type CheckLevel,
  type CheckName,
  checkNames,
  defaultLevels,
  defaultRules,
  type DeskInput,
} from '../../../contract/desks.ts';
import { api, Refusal } from '../../api.ts';
import { useGo, useScreenParams } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { Button, Checkbox, ErrorState, say, Select, Skeleton, TextArea, TextField } from '../../ui/kit.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Desk } from './data.ts';
import { Members } from './members.tsx';

type Form = Required<Pick<DeskInput, 'name' | 'description'>> & {
  membersOnly: boolean;
  closed: boolean;
  position: number;
  names: Record<string, string>;
  rules: Desk['rules'];
};

/** Makes a desk, or sets what it asks of a story: each check off, as a remark or in the way; its own list; its people. */
export function Screen() {
  const { deskId = '' } = useScreenParams();
  const fresh = deskId === '' || deskId === 'new';
  const { data, error } = useQuery({
    queryKey: ['desks', deskId],
    queryFn: () => api.read<Desk>(`desks/${deskId}`),
    enabled: !fresh,
  });
  if (error !== null) return <ErrorState error={error} />;
  if (!fresh && data === undefined) return <Skeleton />;
  return <Rules key={data?.etag ?? 'new'} desk={data?.body} etag={data?.etag} />;
}

function Rules({ desk, etag }: { readonly desk: Desk | undefined; readonly etag: string | undefined }) {
  const text = useText(desksText);
  const go = useGo();
  const client = useQueryClient();
  const [form, setForm] = useState<Form>(() => ({
    name: desk?.name ?? '',
    names: desk?.names ?? {},
    description: desk?.description ?? '',
    membersOnly: desk?.membersOnly ?? false,
    closed: desk?.closed ?? false,
    position: desk?.position ?? 0,
    rules: desk?.rules ?? defaultRules,
  }));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const set = (change: Partial<Form>): void => setForm((before) => ({ ...before, ...change }));
  const setRules = (change: Partial<Form['rules']>): void =>
    setForm((before) => ({ ...before, rules: { ...before.rules, ...change } }));
  const save = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      if (desk === undefined) {
        const made = await api.post<Desk>('desks', form);
        void client.invalidateQueries({ queryKey: ['desks'] });
        go(`desks/${made.id}`);
      } else {
        await api.put<Desk>(`desks/${desk.id}`, form, etag === undefined ? {} : { ifMatch: etag });
        void client.invalidateQueries({ queryKey: ['desks'] });
      }
      say({ title: text.deskSaved });
    } catch (cause) {
      setFault(cause instanceof Refusal ? `${cause.message} ${cause.help ?? ''}` : String(cause));
    } finally {
      setBusy(false);
    }
  };
  const { rules } = form;
  return (
    <div className="stack loose deskform">
      <h1>{desk?.name ?? text.newDesk}</h1>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField label={text.deskName} value={form.name} onChange={(name) => set({ name })} required />
        <TextArea
          label={text.description}
          value={form.description}
          onChange={(description) => set({ description })}
          rows={2}
        />
        <Checkbox
          label={text.membersOnly}
          checked={form.membersOnly}
          onChange={(membersOnly) => set({ membersOnly })}
        />
        <Checkbox label={text.closedDesk} checked={form.closed} onChange={(closed) => set({ closed })} />
        <h2>{text.checks}</h2>
        <p className="quiet small">{text.checksHelp}</p>
        <div className="checkgrid">
          {checkNames.map((check: CheckName) => (
            <Select<CheckLevel>
              key={check}
              label={text.checkName[check]}
              value={rules.checks[check] ?? defaultLevels[check]}
              choices={(['off', 'warn', 'block'] as const).map((value) => ({
                value,
                label: text.level[value],
              }))}
              onChange={(level) => setRules({ checks: { ...rules.checks, [check]: level } })}
            />
          ))}
          <TextField
            type="number"
            min={1}
            max={300}
            label={text.headlineMax}
            value={String(rules.headlineMax)}
            onChange={(value) => setRules({ headlineMax: Number(value) })}
          />
          <TextField
            type="number"
            min={1}
            max={5}
            label={text.eyesWanted}
            value={String(rules.eyes)}
            onChange={(value) => setRules({ eyes: Number(value) })}
          />
        </div>
        <Items rules={rules} onChange={(checklist) => setRules({ checklist })} />
        {fault !== undefined && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <div className="line">
          <Button kind="first" type="submit" busy={busy} disabled={form.name.trim() === ''}>
            {text.save}
          </Button>
        </div>
      </form>
      {desk !== undefined && <Members desk={desk} />}
    </div>
  );
}

type Item = Form['rules']['checklist'][number];

function Items({
  rules,
  onChange,
}: {
  readonly rules: Form['rules'];
  readonly onChange: (items: Item[]) => void;
}) {
  const text = useText(desksText);
  const [label, setLabel] = useState('');
  const items = rules.checklist;
  const put = (at: number, change: Partial<Item>): void =>
    onChange(items.map((item, i) => (i === at ? { ...item, ...change } : item)));
  const add = (): void => {
    const used = new Set(items.map((item) => item.key));
    let n = items.length + 1;
    while (used.has(`item-${n}`)) n += 1;
    onChange([...items, { key: `item-${n}`, label: label.trim(), labels: {}, level: 'block', again: false }]);
    setLabel('');
  };
  return (
    <fieldset className="stack tight">
      <legend>{text.checklist}</legend>
      {items.map((item, at) => (
        <div key={item.key} className="line wrap end">
          <TextField label={text.item} value={item.label} onChange={(next) => put(at, { label: next })} />
          <Select<'warn' | 'block'>
            label={text.ifOpen}
            value={item.level}
            choices={(['warn', 'block'] as const).map((value) => ({ value, label: text.level[value] }))}
            onChange={(level) => put(at, { level })}
          />
          <Checkbox label={text.again} checked={item.again} onChange={(again) => put(at, { again })} />
          <Button kind="plain" onClick={() => onChange(items.filter((_, i) => i !== at))}>
            {text.remove}
          </Button>
        </div>
      ))}
      <div className="line wrap end">
        <TextField label={text.newItem} value={label} onChange={setLabel} />
        <Button icon="plus" disabled={label.trim() === ''} onClick={add}>
          {text.addItem}
        </Button>
      </div>
    </fieldset>
  );
}
