import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import {
  Button,
  DateTimeField,
  EmptyState,
  ErrorState,
  say,
  sayFault,
  Select,
  Skeleton,
  TextField,
  TimeOf,
} from '../../ui/kit.ts';
import { type OnAir, useMoments, useOnAir, useProgrammes } from './data.ts';
import { Encoders, MountSettings, NewMount } from './mounts.tsx';
import { Episodes } from './episodes.tsx';
import { Levels } from './levels.tsx';

/** The producer's desk: what is on, who listens, and what one does with it. */
export function Screen() {
  const text = useText(radioText);
  const onAir = useOnAir();
  const may = useMay();
  if (onAir.isPending) return <Skeleton />;
  if (onAir.isError) return <ErrorState error={onAir.error} retry={() => void onAir.refetch()} />;
  const { items } = onAir.data;
  return (
    <div className="stack">
      <h1>{text.title}</h1>
      {items.length === 0 && <EmptyState title={text.none}>{text.noneHelp}</EmptyState>}
      {items.map((mount) => (
        <MountDesk key={mount.id} mount={mount} />
      ))}
      <Episodes />
      {may('radio:manage') && <NewMount />}
    </div>
  );
}

function MountDesk({ mount }: { readonly mount: OnAir }) {
  const text = useText(radioText);
  const may = useMay();
  return (
    <section className="stack" aria-label={mount.name}>
      <div className="line apart">
        <h2>
          <bdi>{mount.name}</bdi>
        </h2>
        <span className="figures">{text.listeners(mount.listeners)}</span>
      </div>
      <p>
        <strong>{text[mount.origin]}</strong>{' '}
        <bdi>{[mount.artist, mount.title].filter((part) => part !== '').join(' – ')}</bdi>{' '}
        {mount.programme !== null && <bdi className="quiet">{mount.programme.title}</bdi>}
      </p>
      {mount.origin !== 'off' && <Levels key={mount.origin} mount={mount.id} />}
      {may('radio:produce') && (
        <div className="columns">
          <SayTitle mount={mount} />
          <Moments mount={mount.id} />
          <Cut mount={mount.id} />
        </div>
      )}
      {may('radio:manage') && <Encoders mount={mount.id} />}
      {may('radio:manage') && <MountSettings mount={mount.id} />}
    </section>
  );
}

function SayTitle({ mount }: { readonly mount: OnAir }) {
  const text = useText(radioText);
  const [title, setTitle] = useState('');
  const [artist, setArtist] = useState('');
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        api
          .put(`radio/mounts/${mount.id}/title`, { title, artist })
          .then(() => say({ title: text.said }), sayFault);
      }}
    >
      <TextField label={text.titleField} value={title} onChange={setTitle} required />
      <TextField label={text.artistField} value={artist} onChange={setArtist} />
      <Button type="submit">{text.say}</Button>
    </form>
  );
}

function Moments({ mount }: { readonly mount: string }) {
  const text = useText(radioText);
  const moments = useMoments(mount);
  const [label, setLabel] = useState('');
  return (
    <section className="stack tight">
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          // The moment is when the button was pressed, however long the line takes.
          const at = new Date().toISOString();
          api.post(`radio/mounts/${mount}/moments`, { label, at }).then(() => {
            setLabel('');
            say({ title: text.marked });
            void moments.refetch();
          }, sayFault);
        }}
      >
        <TextField label={text.markLabel} value={label} onChange={setLabel} required />
        <Button type="submit" kind="first">
          {text.mark}
        </Button>
      </form>
      <h3>{text.moments}</h3>
      {moments.data?.items.length === 0 && <p className="quiet">{text.noMoments}</p>}
      <ul className="plain">
        {moments.data?.items.slice(0, 8).map((moment) => (
          <li key={moment.id}>
            <TimeOf instant={moment.at} /> <bdi>{moment.label}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The second that an instant lies in: sound is cut to the second. */
const secondOf = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toISOString();

function Cut({ mount }: { readonly mount: string }) {
  const text = useText(radioText);
  const programmes = useProgrammes();
  const client = useQueryClient();
  const [programme, setProgramme] = useState('');
  const [title, setTitle] = useState('');
  const [from, setFrom] = useState<string | null | undefined>(() => secondOf(Date.now() - 3_600_000));
  const [to, setTo] = useState<string | null | undefined>(() => secondOf(Date.now()));
  const [busy, setBusy] = useState(false);
  const items = programmes.data?.items ?? [];
  if (items.length === 0) return null;
  const chosen = programme === '' ? (items[0]?.id ?? '') : programme;
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        api
          .post(`radio/programmes/${chosen}/episodes`, { mount, title, from, to })
          .then(() => {
            say({ title: text.cutDone });
            void client.invalidateQueries({ queryKey: ['radio', 'episodes'] });
          }, sayFault)
          .finally(() => setBusy(false));
      }}
    >
      <Select
        label={text.programme}
        value={chosen}
        choices={items.map(({ id, title: label }) => ({ value: id, label }))}
        onChange={setProgramme}
      />
      <TextField label={text.episodeTitle} value={title} onChange={setTitle} required />
      <DateTimeField label={text.from} seconds value={from ?? null} onChange={setFrom} />
      <DateTimeField label={text.to} seconds value={to ?? null} onChange={setTo} />
      <Button type="submit" busy={busy} disabled={typeof from !== 'string' || typeof to !== 'string'}>
        {text.cut}
      </Button>
    </form>
  );
}
