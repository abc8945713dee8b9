import { useEffect, useRef, useState } from 'react';
import type { QueueItem } from '../../../contract/moderation-answers.ts';
import { queueNames, type QueueName, type Ruling } from '../../../contract/moderation.ts';
import { useKeys } from '../../app/keys.ts';
import { useGo, useScreenSearch } from '../../app/navigate.ts';
import { useMay, useMe } from '../../app/session.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { moderationText } from '../../strings/moderation.ts';
import { Button, CheckMark, EmptyState, ErrorState, Kbd, LinkButton, Skeleton } from '../../ui/kit.ts';
import { useActs } from './act.ts';
import { QueueCard } from './card.tsx';
import { AppealForm, BanDialog, NoteDialog, RejectDialog } from './dialogs.tsx';
import { useCounts, useParagraphs, useQueue } from './queue-data.ts';

/** The queues of moderators: what waits, why, and what one key does about it. */
export function Screen() {
  const text = useText(moderationText);
  const language = useLanguage();
  const [search, setSearch] = useScreenSearch();
  const queue: QueueName = queueNames.find((name) => name === search['queue']) ?? 'pending';
  const counts = useCounts();
  return (
    <>
      <h1>{text.title}</h1>
      <nav className="mod-queues tabs" aria-label={text.queues}>
        {queueNames.map((name) => (
          <a
            key={name}
            className="tab"
            href={`?queue=${name}`}
            aria-current={name === queue ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              setSearch({ queue: name });
            }}
          >
            {text[name]}
            {counts.data !== undefined && (
              <span className="counter" data-queue={name}>
                {number(language, counts.data[name])}
              </span>
            )}
          </a>
        ))}
      </nav>
      <Queue key={queue} queue={queue} />
    </>
  );
}

function Queue({ queue }: { readonly queue: QueueName }) {
  const text = useText(moderationText);
  const may = useMay();
  const me = useMe();
  const go = useGo();
  const list = useQueue(queue);
  // At hand before the dialog opens: its first key chooses a paragraph.
  useParagraphs();
  const { items } = list;
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [rejecting, setRejecting] = useState<readonly QueueItem[]>([]);
  const [banning, setBanning] = useState<QueueItem>();
  const [noting, setNoting] = useState<QueueItem>();
  const holder = useRef<HTMLUListElement>(null);
  const acts = useActs(list.refresh);
  const current = items[Math.min(at, items.length - 1)];
  const writes = may('moderation:write');
  const busy = rejecting.length > 0 || banning !== undefined || noting !== undefined;
  const meant =
    chosen.size > 0 ? items.filter(({ id }) => chosen.has(id)) : current === undefined ? [] : [current];

  useEffect(() => {
    holder.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const rule = async (which: readonly QueueItem[], ruling: Ruling): Promise<void> => {
    const done = await acts.rule(which, ruling);
    list.change((item) => (done.has(item.id) ? undefined : item));
    setChosen((before) => new Set([...before].filter((id) => !done.has(id))));
    setRejecting([]);
  };
  const choose = (item: QueueItem): void =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(item.id)) next.add(item.id);
      return next;
    });
  const act = (run: (of: readonly QueueItem[], first: QueueItem) => void) => (): void => {
    const [first] = meant;
    if (writes && first !== undefined) run(meant, first);
  };
  useKeys(
    busy
      ? []
      : [
          { keys: 'j', run: () => setAt(Math.min(items.length - 1, at + 1)) },
          { keys: 'k', run: () => setAt(Math.max(0, at - 1)) },
          { keys: 'x', run: () => current !== undefined && choose(current) },
          { keys: 'enter', run: () => current !== undefined && go(`moderation/comments/${current.id}`) },
          { keys: 'a', run: act((of) => void rule(of, { action: 'approve' })) },
          { keys: 'r', run: act((of) => setRejecting(of)) },
          { keys: 'h', run: act((of) => void rule(of, { action: 'hold' })) },
          { keys: 'f', run: act((_of, first) => void acts.feature(first)) },
          { keys: 'b', run: act((_of, first) => setBanning(first)) },
          { keys: 'n', run: act((_of, first) => setNoting(first)) },
          { keys: 'c', run: act((of, first) => void acts.claim(of, first.claim?.by.id !== me.id)) },
          { keys: 'u', run: () => void acts.undo() },
          { keys: '.', run: list.refresh },
        ],
  );
  if (list.isPending) return <Skeleton />;
  if (list.isError) return <ErrorState error={list.error} retry={list.refresh} />;
  return (
    <>
      {list.moved && (
        <p className="mod-bar" role="status">
          <Button kind="plain" onClick={list.refresh}>
            {text.moved} <Kbd keys="." />
          </Button>
        </p>
      )}
      {chosen.size > 0 && (
        <div className="mod-bar">
          <strong>{text.chosen(chosen.size)}</strong>
          <div className="mod-acts">
            <Button onClick={act((of) => void rule(of, { action: 'approve' }))}>{text.approve}</Button>
            <Button onClick={act((of) => setRejecting(of))}>{text.reject}</Button>
            <Button onClick={act((of) => void acts.claim(of, true))}>{text.claim}</Button>
            <Button kind="plain" onClick={() => setChosen(new Set())}>
              {text.none}
            </Button>
          </div>
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState title={text.empty}>{text.emptyHelp}</EmptyState>
      ) : (
        <ul className="mod-list" ref={holder} aria-label={text[queue]}>
          {items.map((item, n) => (
            <li
              key={item.id}
              data-comment={item.id}
              aria-current={item === current}
              className={
                chosen.has(item.id)
                  ? 'chosen'
                  : item.claim !== null && item.claim.by.id !== me.id
                    ? 'elsewhere'
                    : ''
              }
              onClick={() => setAt(n)}
            >
              <CheckMark
                label={text.choose(item.author.name)}
                checked={chosen.has(item.id)}
                onChange={() => choose(item)}
              />
              <div className="mod-card">
                <QueueCard item={item} />
                {item === current && (
                  <div className="mod-acts">
                    {item.appeal !== null ? (
                      <AppealForm appeal={item.appeal} onDone={list.refresh} />
                    ) : (
                      writes && (
                        <>
                          <Button onClick={() => void rule([item], { action: 'approve' })}>
                            {text.approve} <Kbd keys="a" />
                          </Button>
                          <Button onClick={() => setRejecting([item])}>
                            {item.state === 'visible' ? text.remove : text.reject} <Kbd keys="r" />
                          </Button>
                          <Button kind="plain" onClick={() => setBanning(item)}>
                            {text.ban} <Kbd keys="b" />
                          </Button>
                        </>
                      )
                    )}
                    <LinkButton kind="plain" to={`moderation/comments/${item.id}`}>
                      {text.open} <Kbd keys="enter" />
                    </LinkButton>
                  </div>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <p>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {text.more}
          </Button>
        </p>
      )}
      <RejectDialog
        count={rejecting.length}
        onClose={() => setRejecting([])}
        onReject={(ruling) => void rule(rejecting, ruling)}
      />
      <BanDialog
        commentId={banning?.id}
        name={banning?.author.name ?? ''}
        onClose={() => setBanning(undefined)}
        onDone={list.refresh}
      />
      <NoteDialog
        to={noting === undefined ? undefined : `comments/${noting.id}`}
        onClose={() => setNoting(undefined)}
        onDone={list.refresh}
      />
    </>
  );
}
