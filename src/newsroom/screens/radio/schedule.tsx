import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import { Button, ErrorState, sayFault, Select, Sheet, Skeleton, TextField } from '../../ui/kit.ts';
import { type Slot, useMounts, useProgrammes, useSlots } from './data.ts';

/** The days of the week by name, Monday first. */
function useDays(): string[] {
  const format = new Intl.DateTimeFormat(useLanguage(), { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, n) => format.format(Date.UTC(2024, 0, 1 + n)));
}

type SlotFormProps = {
  readonly days: readonly string[];
  readonly slot?: Slot;
  readonly close?: () => void;
};

/** On the wall clock; 24 hours after 06:00 it is 06:00. */
function endOf({ starts, minutes }: Slot): string {
  const [hour = 0, minute = 0] = starts.split(':').map(Number);
  const end = (hour * 60 + minute + minutes) % 1440;
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

/** The week: what is on when, in the site's time. */
export function Screen() {
  const text = useText(radioText);
  const may = useMay();
  const days = useDays();
  const slots = useSlots();
  const programmes = useProgrammes();
  const dateFormat = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'full', timeZone: 'UTC' });
  const [moved, setMoved] = useState<Slot>();
  if (slots.isPending || programmes.isPending) return <Skeleton />;
  if (slots.isError) return <ErrorState error={slots.error} retry={() => void slots.refetch()} />;
  const nameOf = (id: string): string => programmes.data?.items.find((one) => one.id === id)?.title ?? '';
  const { items } = slots.data;
  const dates = [...new Set(items.flatMap(({ onDay }) => onDay ?? []))].toSorted();
  const groups = [
    ...days.map((name, at) => ({ name, own: items.filter(({ weekday }) => weekday === at + 1) })),
    ...dates.map((day) => ({
      name: dateFormat.format(Date.parse(`${day}T00:00:00Z`)),
      own: items.filter(({ onDay }) => onDay === day),
    })),
  ].filter(({ own }) => own.length > 0);
  return (
    <div className="stack">
      <h1>{text.scheduleTitle}</h1>
      {groups.map(({ name, own }) => (
        <section key={name} className="stack tight">
          <h2>{name}</h2>
          <ul className="plain stack tight">
            {own.map((slot) => (
              <li key={slot.id} className="line apart">
                <span>
                  <span className="figures" dir="ltr">
                    {slot.starts}–{endOf(slot)}
                  </span>{' '}
                  <bdi>{nameOf(slot.programme)}</bdi>
                </span>
                {may('radio:produce') && (
                  <span className="line">
                    <Button
                      onClick={() => setMoved(slot)}
                      aria-label={`${text.edit}: ${nameOf(slot.programme)}`}
                    >
                      {text.edit}
                    </Button>
                    <Button
                      kind="grave"
                      aria-label={`${text.remove}: ${nameOf(slot.programme)}`}
                      onClick={() => {
                        api.delete(`radio/slots/${slot.id}`).then(() => void slots.refetch(), sayFault);
                      }}
                    >
                      {text.remove}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {may('radio:produce') && (
        <section className="stack tight">
          <h2>{text.addSlot}</h2>
          <SlotForm days={days} />
        </section>
      )}
      <Sheet
        open={moved !== undefined}
        onOpenChange={(is) => {
          if (!is) setMoved(undefined);
        }}
        title={text.edit}
      >
        {moved !== undefined && (
          <SlotForm key={moved.id} days={days} slot={moved} close={() => setMoved(undefined)} />
        )}
      </Sheet>
    </div>
  );
}

/** Without a slot: a new one. */
function SlotForm({ days, slot, close }: SlotFormProps) {
  const text = useText(radioText);
  const client = useQueryClient();
  const mounts = useMounts().data?.items ?? [];
  const programmes = useProgrammes().data?.items ?? [];
  const [mount, setMount] = useState(slot?.mount ?? '');
  const [programme, setProgramme] = useState(slot?.programme ?? '');
  const [weekday, setWeekday] = useState(String(slot?.weekday ?? 1));
  const [onDay, setOnDay] = useState(slot?.onDay ?? '');
  const [starts, setStarts] = useState(slot?.starts ?? '07:00');
  const [minutes, setMinutes] = useState(String(slot?.minutes ?? 60));
  if (mounts.length === 0 || programmes.length === 0) return null;

  function save(): Promise<unknown> {
    const place = {
      mount: mount === '' ? mounts[0]?.id : mount,
      programme: programme === '' ? programmes[0]?.id : programme,
      ...(onDay === '' ? { weekday: Number(weekday), onDay: null } : { weekday: null, onDay }),
      starts,
      minutes: Number(minutes),
    };
    if (slot === undefined) return api.post('radio/slots', place);
    const { firstDay, lastDay } = slot;
    return api.put(
      `radio/slots/${slot.id}`,
      { ...place, firstDay, lastDay },
      { ifMatch: `"${slot.rowVersion}"` },
    );
  }

  return (
    <form
      className="stack tight short-form"
      onSubmit={(event) => {
        event.preventDefault();
        save().then(() => {
          void client.invalidateQueries({ queryKey: ['radio', 'slots'] });
          close?.();
        }, sayFault);
      }}
    >
      <Select
        label={text.programme}
        value={programme === '' ? (programmes[0]?.id ?? '') : programme}
        choices={programmes.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={setProgramme}
      />
      {mounts.length > 1 && (
        <Select
          label={text.name}
          value={mount === '' ? (mounts[0]?.id ?? '') : mount}
          choices={mounts.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setMount}
        />
      )}
      {onDay === '' && (
        <Select
          label={text.weekday}
          value={weekday}
          choices={days.map((label, at) => ({ value: String(at + 1), label }))}
          onChange={setWeekday}
        />
      )}
      <TextField label={text.onDay} hint={text.onDayHelp} type="date" value={onDay} onChange={setOnDay} />
      <TextField label={text.starts} type="time" value={starts} onChange={setStarts} required />
      <TextField
        label={text.minutes}
        type="number"
        min={5}
        max={1440}
        value={minutes}
        onChange={setMinutes}
        required
      />
      <Button type="submit">{slot === undefined ? text.addSlot : text.save}</Button>
    </form>
  );
}
