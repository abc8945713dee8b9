import { useEffect, useState } from 'react';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { LookAnswer } from '../../../../contract/shared/answers.ts';
import { useText } from '../../../i18n.ts';
import { editorText } from '../../../strings/editor.ts';
import { Button } from '../../../ui/button.tsx';
import { TimeOf } from '../../../ui/time.tsx';
import { Switch } from '../../../ui/toggles.tsx';
import { fromBase64 } from '../sync/browser-session.ts';
import type { Session } from '../sync/session.ts';
import { changedKey, type Since } from '../text/changed.ts';
import { inkOf } from '../text/peers.ts';
import { Differences } from './revisions-panel.tsx';

/** What is new to this person since the last visit, in the text itself and against the revision seen then. */
export function SinceLook({
  articleId,
  view,
  session,
  answer,
  revision,
}: {
  readonly articleId: string;
  readonly view: EditorView;
  readonly session: Session;
  readonly answer: LookAnswer | undefined;
  readonly revision: number;
}) {
  const text = useText(editorText);
  const [on, setOn] = useState(false);
  const [comparing, setComparing] = useState(false);
  useEffect(() => {
    const since = on && answer?.look != null ? sinceOf(answer, session, text.unknownPerson) : undefined;
    view.dispatch(view.state.tr.setMeta(changedKey, { since }).setMeta('addToHistory', false));
  }, [view, session, on, answer, text.unknownPerson]);
  if (answer === undefined) return null;
  if (answer.look === null) return <p className="small quiet">{text.sinceFirst}</p>;
  const { look } = answer;
  const newer = look.revision < revision;
  return (
    <div className="stack tight">
      <Switch label={text.since} checked={on} onChange={setOn} />
      <p className="small quiet">
        {text.sinceFrom} <TimeOf instant={look.at} />
        {newer || isUnseen(session, look.vector) ? '' : ` · ${text.sinceNone}`}
      </p>
      {newer && <Button onClick={() => setComparing(true)}>{text.compareSince}</Button>}
      {comparing && (
        <Differences
          articleId={articleId}
          compared={{ from: look.revision, to: revision }}
          latest={revision}
          mayWrite={false}
          onChange={(next) => next === undefined && setComparing(false)}
        />
      )}
    </div>
  );
}

/** Whether a colleague wrote what was not there then, kept as a revision already or not. */
function isUnseen({ doc }: Session, vector: string): boolean {
  const seen = Y.decodeStateVector(fromBase64(vector));
  const now = Y.decodeStateVector(Y.encodeStateVector(doc));
  return [...now].some(([client, clock]) => client !== doc.clientID && clock > (seen.get(client) ?? 0));
}

function sinceOf(answer: LookAnswer, { awareness }: Session, unknown: string): Since {
  const people = new Map(answer.clients.map(({ client, person }) => [client, person]));
  return {
    vector: Y.decodeStateVector(fromBase64(answer.look?.vector ?? '')),
    by: (client, clock) => {
      // Who came after this was asked is known by the cursor.
      const here = awareness.getStates().get(client) as { user?: { id: string; name: string } } | undefined;
      const person = people.get(client) ?? here?.user;
      const stretch = answer.stretches.find(
        (one) => one.client === client && clock >= one.from && clock < one.to,
      );
      return { name: person?.name ?? unknown, at: stretch?.at, ink: inkOf(person?.id ?? '') };
    },
  };
}
