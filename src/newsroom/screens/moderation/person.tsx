import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonAnswer } from '../../../contract/moderation-answers.ts';
import { api } from '../../api.ts';
import { useScreenParams } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { moderationText } from '../../strings/moderation.ts';
import { Badge, Button, ErrorState, LinkButton, sayFault, Skeleton, TimeOf } from '../../ui/kit.ts';
import { Decisions } from './comment.tsx';
import { BanDialog, NoteDialog } from './dialogs.tsx';

/** A commenter: what they wrote, what was decided, bans, and the moderators' notes. */
export function Screen() {
  const text = useText(moderationText);
  const may = useMay();
  const { personKey = '' } = useScreenParams();
  const [open, setOpen] = useState<'ban' | 'note'>();
  const query = useQuery({
    queryKey: ['moderation', 'person', personKey],
    queryFn: () => api.get<PersonAnswer>(`moderation/people/${encodeURIComponent(personKey)}`),
  });
  const refresh = (): void => void query.refetch();
  const person = query.data;
  if (query.isError) return <ErrorState error={query.error} retry={refresh} />;
  if (person === undefined) return <Skeleton />;
  const states = {
    visible: text.visible,
    held: text.heldState,
    rejected: text.rejectedState,
    removed: text.removedState,
    deleted: text.deletedState,
  };
  const lift = async (id: string): Promise<void> => {
    try {
      await api.delete(`moderation/sanctions/${id}`);
      refresh();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <>
      <div className="line apart">
        <h1>
          <bdi>{person.name === '' ? text.guest : person.name}</bdi>
        </h1>
        {may('moderation:write') && (
          <div className="mod-acts">
            <Button onClick={() => setOpen('note')}>{text.addNote}</Button>
            {person.kind !== 'staff' && person.newest[0] !== undefined && (
              <Button kind="grave" onClick={() => setOpen('ban')}>
                {text.ban}
              </Button>
            )}
          </div>
        )}
      </div>
      <p className="quiet">
        {text.history(person.approved, person.rejected)} · {text.reports(person.reported)}
        {person.since !== null && (
          <>
            {' · '}
            {text.since} <TimeOf instant={person.since} />
          </>
        )}
      </p>
      <div className="mod-columns">
        <div className="mod-part">
          <h2>{text.newest}</h2>
          <ul className="mod-thread">
            {person.newest.map((comment) => (
              <li key={comment.id}>
                <p className="mod-text" dir="auto">
                  {comment.text}
                </p>
                <div className="quiet line">
                  <Badge
                    mark={comment.state === 'visible' ? 'full' : comment.state === 'held' ? 'half' : 'ended'}
                  >
                    {states[comment.state]}
                  </Badge>
                  <bdi>{comment.article.headline}</bdi>
                  <TimeOf instant={comment.createdAt} />
                  <LinkButton kind="plain" to={`moderation/comments/${comment.id}`}>
                    {text.open}
                  </LinkButton>
                </div>
              </li>
            ))}
          </ul>
        </div>
        <div className="mod-part">
          {person.sanctions.length > 0 && <h2>{text.sanctions}</h2>}
          <ul className="mod-thread">
            {person.sanctions.map((sanction) => (
              <li key={sanction.id}>
                <strong>{sanction.kind === 'ban' ? text.banned : text.suspended}</strong>{' '}
                {sanction.until !== null && <TimeOf instant={sanction.until} />}{' '}
                <span dir="auto">{sanction.reason}</span>
                <div className="quiet line">
                  {sanction.by?.name} <TimeOf instant={sanction.createdAt} />
                  {sanction.liftedAt === null && may('moderation:write') && (
                    <Button kind="plain" onClick={() => void lift(sanction.id)}>
                      {text.lift}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
          <Decisions item={person} />
          <h2>{text.notes}</h2>
          <p className="quiet">{text.notesHelp}</p>
          <ul className="mod-thread">
            {person.noteList.map((note) => (
              <li key={note.id} dir="auto">
                {note.body}
                <div className="quiet">
                  {note.by.name} · <TimeOf instant={note.createdAt} />
                </div>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <BanDialog
        commentId={open === 'ban' ? person.newest[0]?.id : undefined}
        name={person.name}
        onClose={() => setOpen(undefined)}
        onDone={refresh}
      />
      <NoteDialog
        to={open === 'note' ? `people/${encodeURIComponent(personKey)}` : undefined}
        onClose={() => setOpen(undefined)}
        onDone={refresh}
      />
    </>
  );
}
