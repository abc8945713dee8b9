import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Notice } from '../../../contract/shared/wire.ts';
import { openBrowserSession } from './sync/browser-session.ts';
import type { Session, SessionState } from './sync/session.ts';

/** The session of an article while its screen is open. */
export function useSession(
  of: { articleId: string; userId: string },
  onNotice: (notice: Notice) => void,
): Session | undefined {
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    let left = false;
    let opened: Session | undefined;
    void openBrowserSession(of, onNotice).then((made) => {
      if (left) return void made.close();
      opened = made;
      setSession(made);
      return undefined;
    });
    return () => {
      left = true;
      setSession(undefined);
      void opened?.close();
    };
    // A notice is heard by whoever the first rendering gave.
  }, [of.articleId, of.userId]);
  return session;
}

export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

export type PeerState = {
  readonly client: number;
  readonly id: string;
  readonly name: string;
  readonly field: string | undefined;
};

/** Who is in the article, each person once, oneself not. */
export function usePeers(session: Session, me: string): readonly PeerState[] {
  const [peers, setPeers] = useState<readonly PeerState[]>([]);
  useEffect(() => {
    const { awareness } = session;
    const read = (): void => {
      const found = new Map<string, PeerState>();
      for (const [client, state] of awareness.getStates()) {
        const { user, field } = state as { user?: { id?: string; name?: string }; field?: string };
        if (client !== awareness.clientID && user?.id !== undefined && user.id !== me)
          found.set(user.id, { client, id: user.id, name: user.name ?? '', field });
      }
      const next = [...found.values()];
      setPeers((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    awareness.on('change', read);
    read();
    return () => awareness.off('change', read);
  }, [session, me]);
  return peers;
}
