import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useScreenParams } from '../../app/navigate.ts';
import { useMe } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { EmptyState, Skeleton } from '../../ui/states.tsx';
import type { Notice } from '../../../contract/shared/wire.ts';
import { Desk } from './desk.tsx';
import { threadsQueryKey } from './server.ts';
import { Notices, SaveState } from './status.tsx';
import type { Session } from './sync/session.ts';
import { useSession, useSessionState } from './use-session.ts';

/** One article, opened to be written by whoever may. */
export function Screen() {
  const { articleId = '' } = useScreenParams();
  const me = useMe();
  const queries = useQueryClient();
  const hear = (notice: Notice): void => {
    if (notice.kind === 'threads') void queries.invalidateQueries({ queryKey: threadsQueryKey(articleId) });
    if (notice.kind === 'revision') void queries.invalidateQueries({ queryKey: ['articles'] });
  };
  const session = useSession({ articleId, userId: me.id }, hear);
  if (session === undefined) return <Skeleton />;
  return <Opened key={session.doc.clientID} articleId={articleId} session={session} />;
}

function Opened({ articleId, session }: { readonly articleId: string; readonly session: Session }) {
  const text = useText(editorText);
  const { ready, ended, server, disk, unsent } = useSessionState(session);
  // A page that closes with text that is nowhere but in it asks first.
  useEffect(() => {
    if (disk !== 'failed' || !unsent) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [disk, unsent]);
  const [opened, setOpened] = useState(ready);
  useEffect(() => {
    if (ready) setOpened(true);
  }, [ready]);
  if (opened) return <Desk articleId={articleId} session={session} />;
  return (
    <div className="stack">
      <SaveState session={session} />
      <Notices session={session} />
      {ended === undefined ? (
        <EmptyState title={text.loading}>{server === 'offline' ? text.offlineSaved : undefined}</EmptyState>
      ) : null}
    </div>
  );
}
