import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import { Button, sayFault, TextField } from '../../ui/kit.ts';
import { useMounts } from './data.ts';

export function NewMount() {
  const text = useText(radioText);
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  return (
    <form
      className="stack tight"
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
        className="stack tight"
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
