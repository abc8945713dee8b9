import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { topic } from '../../../contract/live.ts';
import type { CommentDetail } from '../../../contract/moderation-answers.ts';
import type { Ruling } from '../../../contract/moderation.ts';
import { api } from '../../api.ts';
import { useKeys } from '../../app/keys.ts';
import { useScreenParams } from '../../app/navigate.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { useLive } from '../../live.ts';
import { moderationText } from '../../strings/moderation.ts';
import { Button, ErrorState, Kbd, LinkButton, Skeleton, TimeOf } from '../../ui/kit.ts';
import { useActs } from './act.ts';
import { ArticleSettings } from './article-settings.tsx';
import { QueueCard, Why } from './card.tsx';
import { AppealForm, BanDialog, NoteDialog, RejectDialog } from './dialogs.tsx';
import { useParagraphs } from './queue-data.ts';

/** A comment with everything around it: thread, reports, decisions, notes. */
export function Screen() {
  const text = useText(moderationText);
  const may = useMay();
  const me = useMe();
  const { commentId = '' } = useScreenParams();
  const query = useQuery({
    queryKey: ['moderation', 'comment', commentId],
    queryFn: () => api.get<CommentDetail>(`moderation/comments/${commentId}`),
  });
  // At hand before the dialog opens: its first key chooses a paragraph.
  useParagraphs();
  const refresh = (): void => void query.refetch();
  const acts = useActs(refresh);
  const [open, setOpen] = useState<'reject' | 'ban' | 'note'>();
  const item = query.data;
  useLive([topic.newsroom('moderation')], (message) => {
    if (message.type === 'moderation.queues' && message.data.comment === commentId) refresh();
    if (message.type === 'moderation.claims' && message.data.comments.includes(commentId)) refresh();
  });
  const writes =
    may('moderation:write') && item !== undefined && item.appeal === null && item.state !== 'deleted';
  const rule = async (ruling: Ruling): Promise<void> => {
    if (item === undefined) return;
    await acts.rule([item], ruling);
    setOpen(undefined);
    refresh();
  };
  useKeys(
    open !== undefined || !writes
      ? []
      : [
          { keys: 'a', run: () => void rule({ action: 'approve' }) },
          { keys: 'h', run: () => void rule({ action: 'hold' }) },
          { keys: 'r', run: () => setOpen('reject') },
          { keys: 'b', run: () => setOpen('ban') },
          { keys: 'n', run: () => setOpen('note') },
          { keys: 'f', run: () => void acts.feature(item) },
          { keys: 'c', run: () => void acts.claim([item], item.claim?.by.id !== me.id) },
          { keys: 'u', run: () => void acts.undo() },
        ],
  );
  if (query.isError) return <ErrorState error={query.error} retry={refresh} />;
  if (item === undefined) return <Skeleton />;
  return (
    <>
      <h1>{text.comment}</h1>
      <div className="mod-columns">
        <div className="mod-part">
          <QueueCard item={item} />
          {item.appeal !== null && <AppealForm appeal={item.appeal} onDone={refresh} />}
          {writes && (
            <div className="mod-acts">
              {item.state !== 'visible' && (
                <Button onClick={() => void rule({ action: 'approve' })}>
                  {text.approve} <Kbd keys="a" />
                </Button>
              )}
              {(item.state === 'visible' || item.state === 'held') && (
                <Button onClick={() => setOpen('reject')}>
                  {item.state === 'visible' ? text.remove : text.reject} <Kbd keys="r" />
                </Button>
              )}
              {item.state === 'visible' && (
                <Button onClick={() => void acts.feature(item)}>
                  {item.featured ? text.unfeature : text.feature} <Kbd keys="f" />
                </Button>
              )}
              <Button kind="plain" onClick={() => setOpen('ban')}>
                {text.ban} <Kbd keys="b" />
              </Button>
              <Button kind="plain" onClick={() => setOpen('note')}>
                {text.addNote} <Kbd keys="n" />
              </Button>
            </div>
          )}
          <Thread item={item} />
        </div>
        <div className="mod-part">
          <Decisions item={item} />
          <Reports item={item} />
          <h2>{text.notes}</h2>
          <p className="quiet">{text.notesHelp}</p>
          <ul className="mod-thread">
            {item.noteList.map((note) => (
              <li key={note.id} dir="auto">
                {note.body}
                <div className="quiet">
                  {note.by.name} · <TimeOf instant={note.createdAt} />
                </div>
              </li>
            ))}
          </ul>
          {may('moderation:write') && item.article.id !== '' && (
            <ArticleSettings articleId={item.article.id} />
          )}
        </div>
      </div>
      <RejectDialog
        count={open === 'reject' ? 1 : 0}
        onClose={() => setOpen(undefined)}
        onReject={(ruling) => void rule(ruling)}
      />
      <BanDialog
        commentId={open === 'ban' ? item.id : undefined}
        name={item.author.name}
        onClose={() => setOpen(undefined)}
        onDone={refresh}
      />
      <NoteDialog
        to={open === 'note' ? `comments/${item.id}` : undefined}
        onClose={() => setOpen(undefined)}
        onDone={refresh}
      />
    </>
  );
}

function Thread({ item }: { readonly item: CommentDetail }) {
  const text = useText(moderationText);
  if (item.above.length + item.below.length + item.earlier.length === 0) return null;
  return (
    <>
      <h2>{text.thread}</h2>
      <ul className="mod-thread">
        {[...item.above, ...item.below].map((each) => (
          <li key={each.id}>
            <p className="mod-text" dir="auto">
              {each.text}
            </p>
            <div className="quiet line">
              <bdi>{each.author}</bdi>
              <TimeOf instant={each.createdAt} />
              <LinkButton kind="plain" to={`moderation/comments/${each.id}`}>
                {text.open}
              </LinkButton>
            </div>
          </li>
        ))}
      </ul>
      {item.earlier.length > 0 && (
        <>
          <h2>{text.earlier}</h2>
          <ul className="mod-thread">
            {item.earlier.map((each) => (
              <li key={each.editedAt} dir="auto">
                {each.text}
                <div className="quiet">
                  <TimeOf instant={each.editedAt} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function Decisions({ item }: { readonly item: Pick<CommentDetail, 'decisions'> }) {
  const text = useText(moderationText);
  return (
    <>
      <h2>{text.decisions}</h2>
      <ul className="mod-thread">
        {item.decisions.map((decision) => (
          <li key={decision.id}>
            <strong>{decision.undone ? <s>{decision.action}</s> : decision.action}</strong>{' '}
            <Why decision={decision} />
            {decision.matched.length > 0 && (
              <span className="quiet" dir="auto">
                {' '}
                {decision.matched.map((word) => `“${word}”`).join(', ')}
              </span>
            )}
            <div className="quiet">
              {decision.by === null ? text.machine : decision.by.name} ·{' '}
              <TimeOf instant={decision.createdAt} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Reports({ item }: { readonly item: CommentDetail }) {
  const text = useText(moderationText);
  if (item.reportList.length === 0) return null;
  return (
    <>
      <h2>{text.reports(item.reportList.length)}</h2>
      <ul className="mod-thread">
        {item.reportList.map((report) => (
          <li key={report.id} dir="auto">
            <strong>{report.category}</strong> {report.details}
            <div className="quiet">
              {report.by === null ? text.guest : report.by.name} · <TimeOf instant={report.createdAt} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
