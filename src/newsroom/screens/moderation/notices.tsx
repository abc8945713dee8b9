import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NoticeAnswer } from '../../../contract/moderation-answers.ts';
import { api } from '../../api.ts';
import { useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { moderationHouseText } from '../../strings/moderation-house.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  LinkButton,
  sayFault,
  Select,
  Skeleton,
  TextArea,
  TextField,
  TimeOf,
} from '../../ui/kit.ts';

const STATES = ['received', 'acted', 'dismissed'] as const;

/** Notices of illegal content: what waits, who sent it, and the decision on it. */
export function Screen() {
  const text = useText(moderationHouseText);
  const [search, setSearch] = useScreenSearch();
  const state = STATES.find((each) => each === search['state']) ?? 'received';
  const query = useQuery({
    queryKey: ['moderation', 'notices', state],
    queryFn: () => api.get<{ items: NoticeAnswer[] }>('moderation/notices', { query: { state, limit: 100 } }),
  });
  const refresh = (): void => void query.refetch();
  return (
    <>
      <h1>{text.notices}</h1>
      <p className="quiet">{text.noticesHelp}</p>
      <Select
        quiet
        label={text.show}
        value={state}
        choices={[
          { value: 'received', label: text.waiting },
          { value: 'acted', label: text.acted },
          { value: 'dismissed', label: text.dismissed },
        ]}
        onChange={(next) => setSearch({ state: next })}
      />
      {query.isError ? (
        <ErrorState error={query.error} retry={refresh} />
      ) : query.data === undefined ? (
        <Skeleton />
      ) : query.data.items.length === 0 ? (
        <EmptyState title={text.noticesEmpty} />
      ) : (
        <ul className="mod-list">
          {query.data.items.map((notice) => (
            <li key={notice.id}>
              <span />
              <Notice notice={notice} onDone={refresh} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Notice({ notice, onDone }: { readonly notice: NoticeAnswer; readonly onDone: () => void }) {
  const text = useText(moderationHouseText);
  const may = useMay();
  const [law, setLaw] = useState(notice.legalReference);
  const [answer, setAnswer] = useState('');
  const decide = async (act: boolean): Promise<void> => {
    try {
      await api.post(`moderation/notices/${notice.id}`, { act, legalGround: law, answer });
      onDone();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <div className="mod-card">
      <div className="line apart">
        <strong>
          {notice.code} · {notice.category}
        </strong>
        <span className="quiet">
          {text.received} <TimeOf instant={notice.createdAt} />
        </span>
      </div>
      <p className="mod-text" dir="auto" lang={notice.language}>
        {notice.explanation}
      </p>
      <div className="facts">
        <a href={notice.url} target="_blank" rel="noreferrer">
          <bdi dir="ltr">{notice.url}</bdi>
        </a>
      </div>
      <div className="facts">
        {text.from}: <bdi>{notice.name ?? text.nameless}</bdi>
        {notice.email !== null && <bdi>{notice.email}</bdi>}
      </div>
      {notice.commentId !== null && (
        <div>
          <LinkButton to={`moderation/comments/${notice.commentId}`}>{text.show}</LinkButton>
        </div>
      )}
      {notice.state !== 'received' ? (
        <div className="facts">
          {notice.state === 'acted' ? text.acted : text.dismissed} · {notice.by?.name} ·{' '}
          {notice.decidedAt !== null && <TimeOf instant={notice.decidedAt} />} ·{' '}
          <span dir="auto">{notice.answer}</span>
        </div>
      ) : (
        may('moderation:write') && (
          <div className="mod-form">
            <TextField label={text.legalGround} value={law} onChange={setLaw} />
            <div className="whole">
              <TextArea label={text.reason} value={answer} onChange={setAnswer} />
            </div>
            <div className="mod-acts whole">
              <Button kind="grave" disabled={law.trim() === ''} onClick={() => void decide(true)}>
                {text.act}
              </Button>
              <Button onClick={() => void decide(false)}>{text.dismiss}</Button>
            </div>
          </div>
        )
      )}
    </div>
  );
}
