import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import { Button, say, sayFault, TextField } from '../../ui/kit.ts';
import { FallbackField } from './fallback.tsx';
import { type Mount, useMounts } from './data.ts';

export function NewMount() {
  const text = useText(radioText);
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  return (
    <form
      className="stack tight short-form"
      onSubmit={(event) => {
        event.preventDefault();
        api.post('radio/mounts', { name, slug }).then(() => {
          setName('');
          setSlug('');
          void client.invalidateQueries({ queryKey: ['radio'] });
        }, sayFault);
      }}
    >
      <h2>{text.newMount}</h2>
      <TextField label={text.name} value={name} onChange={setName} required />
      <TextField
        label={text.slug}
        value={slug}
        onChange={setSlug}
        required
        pattern="[a-z0-9]+(-[a-z0-9]+)*"
        dir="ltr"
      />
      <Button type="submit">{text.make}</Button>
    </form>
  );
}

type NewEncoder = { readonly username: string; readonly password: string };

/** Who may send to a mount; a password is seen once. */
export function Encoders({ mount }: { readonly mount: string }) {
  const text = useText(radioText);
  const mounts = useMounts();
  const [username, setUsername] = useState('');
  const [takesOver, setTakesOver] = useState(false);
  const [made, setMade] = useState<NewEncoder>();
  const encoders = mounts.data?.items.find(({ id }) => id === mount)?.encoders ?? [];
  return (
    <details className="stack tight">
      <summary>{text.encoders}</summary>
      <ul className="plain">
        {encoders.map((encoder) => (
          <li key={encoder.id} className="line apart">
            <bdi>{encoder.username}</bdi>
            <Button
              kind="grave"
              onClick={() => {
                api
                  .delete(`radio/mounts/${mount}/encoders/${encoder.id}`)
                  .then(() => void mounts.refetch(), sayFault);
              }}
            >
              {text.remove}
            </Button>
          </li>
        ))}
      </ul>
      {made !== undefined && (
        <p role="status">
          <bdi>{text.password(made.username, made.password)}</bdi>
        </p>
      )}
      <form
        className="stack tight short-form"
        onSubmit={(event) => {
          event.preventDefault();
          api.post<NewEncoder>(`radio/mounts/${mount}/encoders`, { username, takesOver }).then((encoder) => {
            setMade(encoder);
            setUsername('');
            void mounts.refetch();
          }, sayFault);
        }}
      >
        <TextField label={text.name} value={username} onChange={setUsername} required dir="ltr" />
        <label className="line">
          <input
            type="checkbox"
            checked={takesOver}
            onChange={(event) => setTakesOver(event.target.checked)}
          />
          {text.takesOver}
        </label>
        <Button type="submit">{text.addEncoder}</Button>
      </form>
    </details>
  );
}

/** Name, fallback, bit rates, relay and how long the recording is kept. */
export function MountSettings({ mount }: { readonly mount: string }) {
  const text = useText(radioText);
  const mounts = useMounts();
  const found = mounts.data?.items.find(({ id }) => id === mount);
  if (found === undefined) return null;
  return (
    <details className="stack tight">
      <summary>{text.settings}</summary>
      <SettingsForm key={found.rowVersion} mount={found} saved={() => void mounts.refetch()} />
    </details>
  );
}

function SettingsForm({ mount, saved }: { readonly mount: Mount; readonly saved: () => void }) {
  const text = useText(radioText);
  const [name, setName] = useState(mount.name);
  const [description, setDescription] = useState(mount.description);
  const [listed, setListed] = useState(mount.listed);
  const [fallback, setFallback] = useState(mount.fallback);
  const [bitRates, setBitRates] = useState(mount.bitRates.join(' '));
  const [relayUrl, setRelayUrl] = useState(mount.relayUrl ?? '');
  const [keepHours, setKeepHours] = useState(String(mount.keepHours));
  return (
    <form
      className="stack tight short-form"
      onSubmit={(event) => {
        event.preventDefault();
        const { slug, position } = mount;
        const rates = bitRates.split(/[^0-9]+/).filter((part) => part !== '');
        const change = {
          slug,
          name,
          description,
          position,
          listed,
          fallback,
          bitRates: rates.map(Number),
          relayUrl: relayUrl === '' ? null : relayUrl,
          keepHours: Number(keepHours),
        };
        api.put(`radio/mounts/${mount.id}`, change, { ifMatch: `"${mount.rowVersion}"` }).then(() => {
          say({ title: text.saved });
          saved();
        }, sayFault);
      }}
    >
      <TextField label={text.name} value={name} onChange={setName} required maxLength={100} />
      <TextField label={text.description} value={description} onChange={setDescription} maxLength={500} />
      <label className="line">
        <input type="checkbox" checked={listed} onChange={(event) => setListed(event.target.checked)} />
        {text.listed}
      </label>
      <FallbackField mount={mount.id} value={fallback} onChange={setFallback} />
      <TextField
        label={text.bitRates}
        hint={text.bitRatesHelp}
        value={bitRates}
        onChange={setBitRates}
        pattern="[0-9 ,]*"
        dir="ltr"
      />
      <TextField
        label={text.relayUrl}
        hint={text.relayHelp}
        type="url"
        value={relayUrl}
        onChange={setRelayUrl}
        dir="ltr"
      />
      <TextField
        label={text.keepHours}
        type="number"
        min={6}
        max={8760}
        value={keepHours}
        onChange={setKeepHours}
        required
      />
      <Button type="submit">{text.save}</Button>
    </form>
  );
}
