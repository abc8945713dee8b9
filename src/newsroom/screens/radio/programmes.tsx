import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  say,
  sayFault,
  Sheet,
  Skeleton,
  TextArea,
  TextField,
} from '../../ui/kit.ts';
import type { Asset } from '../media/assets.ts';
import { AssetPicker } from '../media/picker.tsx';
import { type Programme, useListening, useProgrammes } from './data.ts';

/** The programmes: who speaks, how they look and what their podcasts say; and who has listened. */
export function Screen() {
  const text = useText(radioText);
  const may = useMay();
  const programmes = useProgrammes();
  const [search, change] = useScreenSearch();
  const open = search['programme'];
  const setOpen = (programme: string | undefined): void => change({ programme });
  if (programmes.isPending) return <Skeleton />;
  if (programmes.isError)
    return <ErrorState error={programmes.error} retry={() => void programmes.refetch()} />;
  const { items } = programmes.data;
  const edited = items.find(({ id }) => id === open);
  return (
    <div className="stack">
      <h1>{text.programmesTitle}</h1>
      {items.length === 0 && <EmptyState title={text.noProgrammes}>{text.noProgrammesHelp}</EmptyState>}
      <ul className="plain stack tight">
        {items.map((programme) => (
          <li key={programme.id} className="line apart">
            <div>
              <div>
                <bdi>{programme.title}</bdi>
              </div>
              <div className="quiet">
                {[
                  programme.archived ? text.archived : '',
                  programme.hosts.join(', '),
                  text.episodeCount(programme.episodeCount),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </div>
              <Listened of={programme.id} />
            </div>
            {may('radio:produce') && (
              <Button onClick={() => setOpen(programme.id)} aria-label={`${text.edit}: ${programme.title}`}>
                {text.edit}
              </Button>
            )}
          </li>
        ))}
        <OtherTimes />
      </ul>
      <p className="hint">{text.listenersHelp}</p>
      {may('radio:produce') && <NewProgramme made={setOpen} />}
      <Sheet
        open={edited !== undefined}
        onOpenChange={(is) => {
          if (!is) setOpen(undefined);
        }}
        title={edited?.title ?? ''}
      >
        {edited !== undefined && (
          <EditProgramme key={edited.id} programme={edited} close={() => setOpen(undefined)} />
        )}
      </Sheet>
    </div>
  );
}

/** `null`: when no programme was on. */
function useListened(of: string | null): string | undefined {
  const text = useText(radioText);
  const hours = new Intl.NumberFormat(useLanguage(), { maximumFractionDigits: 1 });
  const found = useListening().data?.items.find(({ programme }) => programme === of);
  return found === undefined ? undefined : text.listened(hours.format(found.hours), found.listeners);
}

function Listened({ of }: { readonly of: string }) {
  const listened = useListened(of);
  return listened === undefined ? null : <div className="quiet figures">{listened}</div>;
}

function OtherTimes() {
  const text = useText(radioText);
  const listened = useListened(null);
  if (listened === undefined) return null;
  return (
    <li>
      <div>{text.otherTimes}</div>
      <div className="quiet figures">{listened}</div>
    </li>
  );
}

function NewProgramme({ made }: { readonly made: (id: string) => void }) {
  const text = useText(radioText);
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  return (
    <form
      className="stack tight short-form"
      onSubmit={(event) => {
        event.preventDefault();
        api.post<Programme>('radio/programmes', { title }).then(async ({ id }) => {
          setTitle('');
          await client.invalidateQueries({ queryKey: ['radio', 'programmes'] });
          made(id);
        }, sayFault);
      }}
    >
      <h2>{text.newProgramme}</h2>
      <TextField label={text.name} value={title} onChange={setTitle} required maxLength={200} />
      <Button type="submit">{text.make}</Button>
    </form>
  );
}

function EditProgramme({ programme, close }: { readonly programme: Programme; readonly close: () => void }) {
  const text = useText(radioText);
  const client = useQueryClient();
  const [title, setTitle] = useState(programme.title);
  const [description, setDescription] = useState(programme.description);
  const [hosts, setHosts] = useState(programme.hosts.join('\n'));
  const [language, setLanguage] = useState(programme.language);
  const [asset, setAsset] = useState(programme.asset);
  const [category, setCategory] = useState(programme.category);
  const [ownerEmail, setOwnerEmail] = useState(programme.ownerEmail ?? '');
  const [copyright, setCopyright] = useState(programme.copyright);
  const [explicit, setExplicit] = useState(programme.explicit);
  const [archived, setArchived] = useState(programme.archived);
  const [busy, setBusy] = useState(false);

  function save(): void {
    setBusy(true);
    const body = {
      slug: programme.slug,
      title,
      description,
      hosts: hosts
        .split('\n')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
      language,
      asset,
      category,
      explicit,
      ownerEmail: ownerEmail === '' ? null : ownerEmail,
      copyright,
      archived,
    };
    api
      .put(`radio/programmes/${programme.id}`, body, { ifMatch: `"${programme.rowVersion}"` })
      .then(() => {
        say({ title: text.saved });
        close();
      }, sayFault)
      .finally(() => {
        setBusy(false);
        void client.invalidateQueries({ queryKey: ['radio'] });
      });
  }

  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save();
      }}
    >
      <TextField label={text.name} value={title} onChange={setTitle} required maxLength={200} />
      <TextArea
        label={text.description}
        value={description}
        onChange={setDescription}
        rows={4}
        maxLength={4000}
      />
      <TextArea label={text.hosts} hint={text.hostsHelp} value={hosts} onChange={setHosts} rows={3} />
      <Picture asset={asset} onChange={setAsset} />
      <TextField
        label={text.language}
        value={language}
        onChange={setLanguage}
        required
        pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]+)*"
        dir="ltr"
      />
      <TextField
        label={text.category}
        hint={text.categoryHelp}
        value={category}
        onChange={setCategory}
        required
        maxLength={100}
        dir="ltr"
      />
      <TextField
        label={text.ownerEmail}
        hint={text.ownerEmailHelp}
        type="email"
        value={ownerEmail}
        onChange={setOwnerEmail}
        dir="ltr"
      />
      <TextField label={text.copyright} value={copyright} onChange={setCopyright} maxLength={200} />
      <label className="line">
        <input type="checkbox" checked={explicit} onChange={(event) => setExplicit(event.target.checked)} />
        {text.explicit}
      </label>
      <label className="line">
        <input type="checkbox" checked={archived} onChange={(event) => setArchived(event.target.checked)} />
        {text.archived}
      </label>
      <div className="actions">
        <Button onClick={close}>{text.cancel}</Button>
        <Button type="submit" kind="first" busy={busy}>
          {text.save}
        </Button>
      </div>
    </form>
  );
}

function Picture(props: {
  readonly asset: string | null;
  readonly onChange: (asset: string | null) => void;
}) {
  const { asset, onChange } = props;
  const text = useText(radioText);
  const [choosing, setChoosing] = useState(false);
  const { data } = useQuery({
    queryKey: ['asset', asset],
    queryFn: () => (asset === null ? null : api.get<Asset>(`assets/${asset}`)),
  });
  return (
    <fieldset className="stack tight">
      <legend className="label">{text.picture}</legend>
      {asset !== null && data?.preview != null && (
        <img className="artwork" src={data.preview} alt={data.alt} />
      )}
      <div className="line">
        <Button icon="picture" onClick={() => setChoosing(true)}>
          {text.choosePicture}
        </Button>
        {asset !== null && <Button onClick={() => onChange(null)}>{text.remove}</Button>}
      </div>
      <span className="hint">{text.pictureHelp}</span>
      <Dialog open={choosing} onOpenChange={setChoosing} title={text.choosePicture} broad>
        <AssetPicker
          kind="picture"
          several={false}
          onChoose={([chosen]) => {
            if (chosen !== undefined) onChange(chosen);
            setChoosing(false);
          }}
        />
      </Dialog>
    </fieldset>
  );
}
