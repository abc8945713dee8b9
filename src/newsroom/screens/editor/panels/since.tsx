import { useEffect, useState } from 'react';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { LookAnswer } from '../../../../contract/shared/answers.ts';
import { api } from '../../../api.ts';
import { useText } from '../../../i18n.ts';
import { editorText } from '../../../strings/editor.ts';
import { Button } from '../../../ui/button.tsx';
import { TimeOf } from '../../../ui/time.tsx';
import { Switch } from '../../../ui/toggles.tsx';
import { fromBase64, toBase64 } from '../sync/browser-session.ts';
import { changedKey, type Since } from '../text/changed.ts';
import { inkOf } from '../text/peers.ts';
import { Differences } from './revisions-panel.tsx';

const NOTE_EVERY_MS = 60_000;

/** What is new to this person since the last visit, in the text itself; and notes, while the article is open, what has been seen. */
export function SinceLook({
  articleId,
  view,
  doc,
  revision,
}: {
  readonly articleId: string;
  readonly view: EditorView;
  readonly doc: Y.Doc;
  readonly revision: number;
}) {
  const text = useText(editorText);
  const [answer, setAnswer] = useState<LookAnswer>();
  const [on, setOn] = useState(false);
  const [comparing, setComparing] = useState(false);
  useEffect(() => {
    let left = false;
    const note = (): Promise<unknown> =>
      api
        .put(`articles/${articleId}/shared/look`, { vector: toBase64(Y.encodeStateVector(doc)) })
        .catch(() => undefined);
    // What was seen before is read before what is seen now is noted.
    void api.get<LookAnswer>(`articles/${articleId}/shared/look`).then(
      (read) => {
        if (!left) setAnswer(read);
        return note();
      },
      () => undefined,
    );
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void note();
    }, NOTE_EVERY_MS);
    return () => {
      left = true;
      clearInterval(timer);
      void note();
    };
  }, [articleId, doc]);
  useEffect(() => {
    const since =
      on && answer?.look != null ? sinceOf(answer, answer.look.vector, text.unknownPerson) : undefined;
    view.dispatch(view.state.tr.setMeta(changedKey, { since }).setMeta('addToHistory', false));
  }, [view, on, answer, text.unknownPerson]);
  if (answer === undefined) return null;
  if (answer.look === null) return <p className="small quiet">{text.sinceFirst}</p>;
  const { look } = answer;
  return (
    <div className="stack tight">
      <Switch label={text.since} checked={on} onChange={setOn} />
      <p className="small quiet">
        {text.sinceFrom} <TimeOf instant={look.at} />
        {look.revision < revision ? '' : ` · ${text.sinceNone}`}
      </p>
      {look.revision < revision && <Button onClick={() => setComparing(true)}>{text.compareSince}</Button>}
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

function sinceOf(answer: LookAnswer, vector: string, unknown: string): Since {
  const people = new Map(answer.clients.map(({ client, person }) => [client, person]));
  return {
    vector: Y.decodeStateVector(fromBase64(vector)),
    by: (client, clock) => {
      const person = people.get(client);
      const stretch = answer.stretches.find(
        (one) => one.client === client && clock >= one.from && clock < one.to,
      );
      return { name: person?.name ?? unknown, at: stretch?.at, ink: inkOf(person?.id ?? '') };
    },
  };
}
