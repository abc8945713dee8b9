import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { paths } from '../../../../contract/routes.ts';
import type { Notice } from '../../../../contract/shared/wire.ts';
import { askToKeep, openStoreOrNone } from './local-store.ts';
import { openSession, refused, type Session } from './session.ts';

/** Opens an article's shared document in this browser: its own store, the socket, the other tabs. */
export async function openBrowserSession(
  of: { readonly articleId: string; readonly userId: string },
  onNotice: (notice: Notice) => void,
): Promise<Session> {
  const doc = new Y.Doc({ gc: true });
  const awareness = new Awareness(doc);
  void askToKeep();
  // By person: who signs in next in this browser sends nothing in another's name.
  const store = await openStoreOrNone(`dateline shared ${of.userId} ${of.articleId}`);
  const address = paths.sharedArticle(of.articleId);
  const session = await openSession({
    doc,
    awareness,
    store,
    openSocket: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}${address}`),
    exchange: async ({ vector, update }) => {
      const response = await fetch(`${address}/exchange`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ clientId: doc.clientID, vector: toBase64(vector), update: toBase64(update) }),
        signal: AbortSignal.timeout(20_000),
      });
      if (!response.ok) throw refused(response.status);
      const answer = (await response.json()) as { update: string };
      return { update: fromBase64(answer.update) };
    },
    onNotice,
  });
  const stopTabs = shareWithTabs(doc, of);
  const online = (): void => session.retry();
  window.addEventListener('online', online);
  const stopReturn = whenBack(session, of.userId);
  return {
    ...session,
    close: async () => {
      window.removeEventListener('online', online);
      stopReturn();
      stopTabs();
      await session.close();
      awareness.destroy();
    },
  };
}

/** Goes on when the person comes back to this tab signed in again; what was written here is sent in nobody else's name. */
function whenBack(session: Session, userId: string): () => void {
  const look = (): void => {
    if (document.visibilityState !== 'visible' || session.state().ended !== 'signedOut') return;
    void fetch(paths.api('me'), { credentials: 'same-origin' })
      .then(async (response) => (response.ok ? ((await response.json()) as { id: string }).id : undefined))
      .then(
        (id) => id === userId && session.retry(),
        () => undefined, // Not reached; the next return asks again.
      );
  };
  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    window.removeEventListener('focus', look);
    document.removeEventListener('visibilitychange', look);
  };
}

/** Tabs of one browser see one another's typing without the server. */
function shareWithTabs(doc: Y.Doc, of: { articleId: string; userId: string }): () => void {
  const channel = new BroadcastChannel(`dateline shared ${of.userId} ${of.articleId}`);
  const send = (update: Uint8Array, origin: unknown): void => {
    if (origin !== channel && origin !== 'remote' && origin !== 'loaded') channel.postMessage(update);
  };
  doc.on('update', send);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array) Y.applyUpdate(doc, data, channel);
  });
  return () => {
    doc.off('update', send);
    channel.close();
  };
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
