import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Session, SessionState } from './sync/session.ts';
import { useSessionState } from './use-session.ts';

type Words = ReturnType<typeof useText<(typeof editorText)['en']>>;

/** Where the text is, in one sentence; what is wrong, in another. */
export function SaveState({ session }: { readonly session: Session }) {
  const text = useText(editorText);
  const state = useSessionState(session);
  const said = saidOf(state, text);
  return (
    <span
      className="savestate"
      data-server={state.server}
      data-disk={state.disk}
      data-unsent={state.unsent}
      role="status"
    >
      <Icon
        name={
          state.disk === 'failed' || state.server === 'offline' ? 'warning' : state.unsent ? 'clock' : 'check'
        }
      />
      <span>{said}</span>
    </span>
  );
}

function saidOf({ disk, server, unsent, ended }: SessionState, text: Words): string {
  if (server === 'saved' && !unsent) return text.savedBoth;
  if (disk === 'failed' && unsent) return text.notHere;
  if (ended !== undefined) return unsent ? text.savedHere : text.savedBoth;
  if (disk === 'saving') return text.savingHere;
  if (server === 'offline') return unsent ? text.offlineHere : text.offlineSaved;
  if (server === 'connecting') return disk === 'failed' ? text.loading : text.connecting;
  return text.savingServer;
}

/** What somebody has to know or do before they go on. */
export function Notices({ session }: { readonly session: Session }) {
  const text = useText(editorText);
  const state = useSessionState(session);
  const lines = [
    state.ended === undefined ? undefined : text[state.ended],
    state.ended === undefined && !state.mayWrite ? text.readOnly : undefined,
    state.fault === null ? undefined : text.fault(state.fault),
    state.disk === 'failed' ? text.keepsNothing : undefined,
    state.waiting === undefined ? undefined : text.waiting(state.waiting),
    state.way === 'http' ? text.viaHttp : undefined,
  ].filter((line) => line !== undefined);
  return lines.map((line) => (
    <p key={line} className="notice" role="alert">
      {line}
      {line === text.signedOut && (
        <>
          {' '}
          <a href="/account/sign-in" target="_blank" rel="noopener">
            {text.signIn}
          </a>
        </>
      )}
    </p>
  ));
}
