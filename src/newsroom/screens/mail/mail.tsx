import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { MailAnswer } from '../../../contract/audit-answers.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { mailText } from '../../strings/mail.ts';
import {
  Badge,
  Button,
  Confirm,
  EmptyState,
  ErrorState,
  say,
  sayFault,
  Select,
  Skeleton,
  TimeOf,
} from '../../ui/kit.ts';

type Mail = z.infer<typeof MailAnswer>;
type Page = { readonly items: readonly Mail[]; readonly next: string | null };
const SHOWN = ['any', 'waiting', 'failed', 'sending', 'sent'] as const;
type Shown = (typeof SHOWN)[number];

/** The queue of mails: what waits and why, what was given up, what went. */
export function Screen() {
  const text = useText(mailText);
  const [shown, setShown] = useState<Shown>('any');
  const found = useInfiniteQuery({
    queryKey: ['mails', shown],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>('mails', {
        query: { limit: 50, state: shown === 'any' ? undefined : shown, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 10_000,
  });
  const mails = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack">
      <div className="line apart">
        <h1>{text.title}</h1>
        <Select<Shown>
          label={text.show}
          quiet
          value={shown}
          choices={SHOWN.map((value) => ({ value, label: text[value] }))}
          onChange={setShown}
        />
      </div>
      <p className="quiet small">{text.help}</p>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && mails.length === 0 && <EmptyState title={text.none} />}
      {mails.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.to}</th>
              <th scope="col">{text.state}</th>
              <th scope="col">{text.made}</th>
              <th scope="col">
                <span className="unseen">{text.acts}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {mails.map((mail) => (
              <Line key={mail.id} mail={mail} />
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{text.more}</Button>}
    </div>
  );
}

const MARKS = { waiting: 'half', sending: 'half', sent: 'full', failed: 'ended' } as const;
const isState = (state: string): state is keyof typeof MARKS => state in MARKS;

function Line({ mail }: { readonly mail: Mail }) {
  const text = useText(mailText);
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const state = isState(mail.state) ? mail.state : 'waiting';
  const open = state === 'waiting' || state === 'failed';
  const again = async (): Promise<void> => {
    await api.post(`mails/${mail.id}/retry`, {});
    await client.invalidateQueries({ queryKey: ['mails'] });
    say({ title: text.tried });
  };
  return (
    <tr data-state={state}>
      <td>
        <bdi dir="ltr">{mail.to}</bdi>
        <br />
        <span className="quiet small" dir="auto">
          {mail.subject}
        </span>
      </td>
      <td>
        <Badge mark={MARKS[state]}>{text[state]}</Badge>
        {open && mail.attempts > 0 && <span className="small"> {text.attempts(mail.attempts)}</span>}
        {mail.lastError !== null && (
          <p className="small" dir="auto">
            {mail.lastError}
          </p>
        )}
        {state === 'waiting' && mail.attempts > 0 && (
          <p className="small quiet">
            {text.next} <TimeOf instant={mail.sendAt} />
          </p>
        )}
      </td>
      <td>
        <TimeOf instant={mail.sentAt ?? mail.createdAt} />
      </td>
      <td>
        {open && (
          <span className="line">
            <Button onClick={() => void again().catch(sayFault)}>{text.retry}</Button>
            <Button kind="plain" onClick={() => setAsking(true)}>
              {text.drop}
            </Button>
          </span>
        )}
        <Confirm
          open={asking}
          onOpenChange={setAsking}
          title={text.drop}
          action={text.drop}
          grave
          onConfirm={async () => {
            await api.delete(`mails/${mail.id}`);
            await client.invalidateQueries({ queryKey: ['mails'] });
            say({ title: text.dropped });
          }}
        >
          <p>{text.dropHelp(mail.to)}</p>
        </Confirm>
      </td>
    </tr>
  );
}
