import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { NewTokenAnswer, TokenAnswer } from '../../../contract/account-answers.ts';
import { api } from '../../api.ts';
import { useAsked } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { peopleText } from '../../strings/people.ts';
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  sayFault,
  Skeleton,
  TextField,
  TimeOf,
} from '../../ui/kit.ts';
import { HandOver } from './hand-over.tsx';

type Token = z.infer<typeof TokenAnswer>;
type Page = { readonly items: Token[]; readonly next: string | null };

/** The keys of programs that speak to the API. */
export function Screen() {
  const text = useText(peopleText);
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  useAsked('new', () => setMaking(true));
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState('');
  const [ending, setEnding] = useState<Token>();
  const [secret, setSecret] = useState<string>();
  const found = useInfiniteQuery({
    queryKey: ['tokens'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>('tokens', {
        query: { limit: 50, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['tokens'] });
  const tokens = found.data?.pages.flatMap((page) => page.items) ?? [];
  const make = async (): Promise<void> => {
    const wanted = scopes.split(/[\s,]+/).filter((scope) => scope !== '');
    const made = await api.post<z.infer<typeof NewTokenAnswer>>('tokens', { name, scopes: wanted });
    setMaking(false);
    setName('');
    setScopes('');
    setSecret(made.secret);
    refresh();
  };
  const end = async (token: Token): Promise<void> => {
    await api.delete(`tokens/${token.id}`);
    setEnding(undefined);
    refresh();
  };
  return (
    <div className="stack">
      <div className="line apart">
        <h1>{text.tokens}</h1>
        <Button kind="first" onClick={() => setMaking(true)}>
          {text.tokenNew}
        </Button>
      </div>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && tokens.length === 0 && <EmptyState title={text.tokensNone} />}
      {tokens.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.tokenFor}</th>
              <th scope="col">{text.tokenWhose}</th>
              <th scope="col">{text.scopes}</th>
              <th scope="col">{text.created}</th>
              <th scope="col">{text.used}</th>
              <th scope="col">{text.tokenUntil}</th>
              <th>
                <span className="unseen">{text.tokenEnd}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <td dir="auto">{token.name}</td>
                <td dir="auto">{token.userName}</td>
                <td>{token.scopes.length === 0 ? text.everything : token.scopes.join(', ')}</td>
                <td>
                  <TimeOf instant={token.createdAt} />
                </td>
                <td>{token.lastUsedAt === null ? text.never : <TimeOf instant={token.lastUsedAt} />}</td>
                <td>{token.expiresAt === null ? text.tokenNoEnd : <TimeOf instant={token.expiresAt} />}</td>
                <td>
                  {token.revokedAt === null ? (
                    <Button kind="grave" onClick={() => setEnding(token)}>
                      {text.tokenEnd}
                    </Button>
                  ) : (
                    <TimeOf instant={token.revokedAt} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{text.more}</Button>}
      {making && (
        <Dialog open onOpenChange={() => setMaking(false)} title={text.tokenNew}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void make().catch(sayFault);
            }}
          >
            <TextField label={text.tokenFor} required value={name} onChange={setName} />
            <TextField
              label={text.scopes}
              hint={text.everything}
              value={scopes}
              onChange={setScopes}
              dir="ltr"
            />
            <div className="actions">
              <Button onClick={() => setMaking(false)}>{text.cancel}</Button>
              <Button kind="first" type="submit">
                {text.tokenNew}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
      {ending !== undefined && (
        <Dialog open onOpenChange={() => setEnding(undefined)} title={text.tokenEnd}>
          <p>{text.tokenEndWhy(ending.name, ending.userName)}</p>
          <div className="actions">
            <Button onClick={() => setEnding(undefined)}>{text.cancel}</Button>
            <Button kind="grave" onClick={() => void end(ending).catch(sayFault)}>
              {text.tokenEnd}
            </Button>
          </div>
        </Dialog>
      )}
      {secret !== undefined && (
        <HandOver
          title={text.tokenNew}
          why={text.tokenSecret}
          value={secret}
          onEnd={() => setSecret(undefined)}
        />
      )}
    </div>
  );
}
