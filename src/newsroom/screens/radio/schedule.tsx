import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import { Button, ErrorState, sayFault, Select, Skeleton, TextField } from '../../ui/kit.ts';
import { useMounts, useProgrammes, useSlots } from './data.ts';

/** The days of the week by name, Monday first. */
function useDays(): string[] {
  const format = new Intl.DateTimeFormat(useLanguage(), { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, n) => format.format(Date.UTC(2024, 0, 1 + n)));
}

/** The week: what is on when, in the site's time. */
export function Screen() {
  const text = useText(radioText);
  const may = useMay();
  const days = useDays();
  const slots = useSlots();
  const programmes = useProgrammes();
  if (slots.isPending || programmes.isPending) return <Skeleton />;
  if (slots.isError) return <ErrorState error={slots.error} retry={() => void slots.refetch()} />;
  const nameOf = (id: string): string => programmes.data?.items.find((one) => one.id === id)?.title ?? '';
  return (
    <div className="stack">
      <h1>{text.scheduleTitle}</h1>
      {days.map((day, at) => {
        const own = slots.data.items.filter(({ weekday }) => weekday === at + 1);
        return own.length === 0 ? null : (
          <section key={day} className="stack tight">
            <h2>{day}</h2>
            <ul className="plain">
              {own.map((slot) => (
                <li key={slot.id} className="line apart">
                  <span>
                    <span className="figures">{slot.starts}</span> <bdi>{nameOf(slot.programme)}</bdi>{' '}
                    <span className="quiet figures">
                      {slot.minutes} {text.minutes}
                    </span>
                  </span>
                  {may('radio:produce') && (
                    <Button
                      kind="grave"
                      onClick={() => {
                        api.delete(`radio/slots/${slot.id}`).then(() => void slots.refetch(), sayFault);
                      }}
                    >
                      {text.remove}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {may('radio:produce') && (
        <>
          <NewSlot days={days} />
          <NewProgramme />
        </>
      )}
    </div>
  );
}

function NewSlot({ days }: { readonly days: readonly string[] }) {
  const text = useText(radioText);
  const client = useQueryClient();
  const mounts = useMounts().data?.items ?? [];
  const programmes = useProgrammes().data?.items ?? [];
  const [mount, setMount] = useState('');
  const [programme, setProgramme] = useState('');
  const [weekday, setWeekday] = useState('1');
  const [starts, setStarts] = useState('07:00');
  const [minutes, setMinutes] = useState('60');
  if (mounts.length === 0 || programmes.length === 0) return null;
  return (
    <form
      className="stack tight short-form"
      onSubmit={(event) => {
        event.preventDefault();
        const slot = {
          mount: mount === '' ? mounts[0]?.id : mount,
          programme: programme === '' ? programmes[0]?.id : programme,
          weekday: Number(weekday),
          starts,
          minutes: Number(minutes),
        };
        api
          .post('radio/slots', slot)
          .then(() => void client.invalidateQueries({ queryKey: ['radio', 'slots'] }), sayFault);
      }}
    >
      <h2>{text.addSlot}</h2>
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
      <Select
        label={text.weekday}
        value={weekday}
        choices={days.map((label, at) => ({ value: String(at + 1), label }))}
        onChange={setWeekday}
      />
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
      <Button type="submit">{text.addSlot}</Button>
    </form>
  );
}

function NewProgramme() {
  const text = useText(radioText);
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  return (
    <form
      className="stack tight short-form"
      onSubmit={(event) => {
        event.preventDefault();
        api.post('radio/programmes', { title }).then(() => {
          setTitle('');
          void client.invalidateQueries({ queryKey: ['radio', 'programmes'] });
        }, sayFault);
      }}
    >
      <h2>{text.newProgramme}</h2>
      <TextField label={text.name} value={title} onChange={setTitle} required />
      <Button type="submit">{text.make}</Button>
    </form>
  );
}
