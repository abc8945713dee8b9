import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { LinkGiven, UserAnswer } from '../../../contract/account-answers.ts';
import { type Role, roles } from '../../../contract/permissions.ts';
import { api, newKey, Refusal } from '../../api.ts';
import { useAsked } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { peopleText } from '../../strings/people.ts';
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  say,
  sayFault,
  Select,
  Skeleton,
  TextField,
} from '../../ui/kit.ts';
import { HandOver } from './hand-over.tsx';

type User = z.infer<typeof UserAnswer>;
type Page = { readonly items: User[]; readonly next: string | null };

/** Everybody with an account of the house: roles, invitations, resets, ends. */
export function Screen() {
  const text = useText(peopleText);
  const client = useQueryClient();
  const [inviting, setInviting] = useState(false);
  useAsked('new', () => setInviting(true));
  const [changing, setChanging] = useState<User>();
  const [link, setLink] = useState<string>();
  const found = useInfiniteQuery({
    queryKey: ['users'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>('users', {
        query: { limit: 50, staff: true, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['users'] });
  const people = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack">
      <div className="line apart">
        <h1>{text.title}</h1>
        <Button kind="first" onClick={() => setInviting(true)}>
          {text.add}
        </Button>
      </div>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && people.length === 0 && <EmptyState title={text.none} />}
      {people.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.name}</th>
              <th scope="col">{text.email}</th>
              <th scope="col">{text.role}</th>
              <th scope="col">{text.state}</th>
              <th>
                <span className="unseen">{text.change}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((user) => (
              <tr key={user.id}>
                <td dir="auto">{user.name}</td>
                <td dir="ltr">{user.email}</td>
                <td>{text[user.role]}</td>
                <td>{user.disabled ? text.shut : text.open}</td>
                <td>
                  <Button kind="plain" onClick={() => setChanging(user)}>
                    {text.change}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{text.more}</Button>}
      {inviting && <Invite onEnd={() => setInviting(false)} onLink={setLink} onDone={refresh} />}
      {changing !== undefined && (
        <Change user={changing} onEnd={() => setChanging(undefined)} onLink={setLink} onDone={refresh} />
      )}
      {link !== undefined && (
        <HandOver title={text.linkTitle} why={text.linkWhy} value={link} onEnd={() => setLink(undefined)} />
      )}
    </div>
  );
}

type Ends = {
  readonly onEnd: () => void;
  readonly onDone: () => void;
  readonly onLink: (link: string) => void;
};

function useRoles(): { value: Role; label: string }[] {
  const text = useText(peopleText);
  return roles.map((value) => ({ value, label: text[value] }));
}

function Invite({ onEnd, onDone, onLink }: Ends) {
  const text = useText(peopleText);
  const choices = useRoles().filter((choice) => choice.value !== 'reader');
  const [key] = useState(newKey);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('reporter');
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const send = async (way: 'mail' | 'link'): Promise<void> => {
    try {
      const made = await api.post<User>('users', { email, name, role }, { idempotencyKey: key });
      const { link } = await api.post<z.infer<typeof LinkGiven>>(`users/${made.id}/invitation`, { way });
      onDone();
      onEnd();
      if (link === null) say({ title: text.mailed });
      else onLink(link);
    } catch (cause) {
      if (cause instanceof Refusal) setFields(cause.fields);
      sayFault(cause);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send('mail');
  };
  return (
    <Dialog open onOpenChange={onEnd} title={text.add}>
      <form className="stack" onSubmit={submit}>
        <TextField
          label={text.email}
          type="email"
          required
          value={email}
          onChange={setEmail}
          fault={fields['/email']}
        />
        <TextField label={text.name} required value={name} onChange={setName} fault={fields['/name']} />
        <Select label={text.role} value={role} choices={choices} onChange={setRole} />
        <div className="actions">
          <Button onClick={onEnd}>{text.cancel}</Button>
          <Button onClick={() => void send('link')}>{text.inviteLink}</Button>
          <Button kind="first" type="submit">
            {text.invite}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Change({ user, onEnd, onDone, onLink }: Ends & { readonly user: User }) {
  const text = useText(peopleText);
  const choices = useRoles();
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState<Role>(user.role);
  const [state, setState] = useState<'open' | 'shut'>(user.disabled ? 'shut' : 'open');
  const run = (work: () => Promise<void>): void => void work().catch(sayFault);
  const save = async (): Promise<void> => {
    const { etag = '*' } = await api.read<User>(`users/${user.id}`);
    await api.put(`users/${user.id}`, { name, role, disabled: state === 'shut' }, { ifMatch: etag });
    onDone();
    onEnd();
  };
  const give = async (what: 'invitation' | 'reset'): Promise<void> => {
    const body = what === 'reset' ? { way: 'link', factors: true } : { way: 'link' };
    const { link } = await api.post<z.infer<typeof LinkGiven>>(`users/${user.id}/${what}`, body);
    onEnd();
    if (link !== null) onLink(link);
  };
  const end = async (): Promise<void> => {
    await api.delete(`users/${user.id}/sessions`);
    say({ title: text.ended });
  };
  return (
    <Dialog open onOpenChange={onEnd} title={user.name}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run(save);
        }}
      >
        <TextField label={text.name} required value={name} onChange={setName} />
        <Select label={text.role} value={role} choices={choices} onChange={setRole} />
        <Select
          label={text.state}
          value={state}
          choices={[
            { value: 'open', label: text.open },
            { value: 'shut', label: text.shut },
          ]}
          onChange={setState}
        />
        {user.role !== 'reader' && !user.disabled && (
          <div className="stack tight">
            <Button onClick={() => run(() => give('invitation'))}>{text.inviteLink}</Button>
            <Button onClick={() => run(end)}>{text.endSessions}</Button>
            <Button kind="grave" onClick={() => run(() => give('reset'))}>
              {text.reset}
            </Button>
            <p className="quiet">{text.resetWhy}</p>
          </div>
        )}
        <div className="actions">
          <Button onClick={onEnd}>{text.cancel}</Button>
          <Button kind="first" type="submit">
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
