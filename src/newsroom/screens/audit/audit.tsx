import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { AuditAnswer, AuditVerdictAnswer } from '../../../contract/audit-answers.ts';
import { paths } from '../../../contract/routes.ts';
import type { Me } from '../../app/session.ts';
import { api, doors } from '../../api.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { auditText } from '../../strings/audit.ts';
import { findPeople } from '../articles/lookups.ts';
import {
  Button,
  Combobox,
  EmptyState,
  ErrorState,
  say,
  sayFault,
  Skeleton,
  TextField,
  TimeOf,
  type Option,
} from '../../ui/kit.ts';

type Entry = z.infer<typeof AuditAnswer>;
type Page = { readonly items: Entry[]; readonly next: string | null };

/** A minute less than the server's ten. */
const NEARLY_FRESH_MS = 540_000;

/** Who did what, newest first; each entry is chained to the one before. */
export function Screen() {
  const text = useText(auditText);
  const language = useLanguage();
  const [action, setAction] = useState('');
  const [person, setPerson] = useState<Option | null>(null);
  const found = useInfiniteQuery({
    queryKey: ['audit', action, person?.id],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>('audit', {
        query: {
          limit: 50,
          action,
          ...(person === null ? {} : { by: person.id }),
          ...(pageParam === '' ? {} : { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const entries = found.data?.pages.flatMap((page) => page.items) ?? [];
  const verify = async (): Promise<void> => {
    const verdict = await api.get<z.infer<typeof AuditVerdictAnswer>>('audit/verification');
    if (verdict.faults.length === 0) say({ title: text.whole(number(language, verdict.entries)) });
    else say({ title: text.broken, detail: verdict.faults.join('; '), fault: true });
  };
  // The download itself is the browser's, so a fresh sign-in is asked for before it.
  const take = async (): Promise<void> => {
    const { session } = await api.get<Me>('me');
    const stale = session !== null && Date.now() - Date.parse(session.authenticatedAt) > NEARLY_FRESH_MS;
    if (stale && !(await doors.reauthenticate())) return;
    location.assign(paths.api('audit/export.jsonl'));
  };
  return (
    <div className="stack">
      <div className="line apart">
        <h1>{text.title}</h1>
        <div className="line">
          <Button onClick={() => void verify().catch(sayFault)}>{text.verify}</Button>
          <Button onClick={() => void take().catch(sayFault)}>{text.export}</Button>
        </div>
      </div>
      <div className="columns">
        <TextField label={text.action} hint={text.actionHint} dir="ltr" value={action} onChange={setAction} />
        <Combobox label={text.who} value={person} find={findPeople} onChange={setPerson} />
      </div>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && entries.length === 0 && <EmptyState title={text.none} />}
      {entries.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.when}</th>
              <th scope="col">{text.who}</th>
              <th scope="col">{text.what}</th>
              <th scope="col">{text.object}</th>
              <th scope="col">{text.details}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.seq}>
                <td>
                  <TimeOf instant={entry.at} />
                </td>
                <td dir="auto">{entry.byName === '' ? text.system : entry.byName}</td>
                <td dir="ltr">{entry.action}</td>
                <td dir="ltr">
                  {entry.object.kind} {entry.object.id}
                </td>
                <td dir="ltr">
                  {Object.entries(entry.details).map(([name, value]) => (
                    <div key={name}>
                      <span className="quiet">{name}:</span>{' '}
                      {typeof value === 'string' ? value : JSON.stringify(value)}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{text.more}</Button>}
    </div>
  );
}
