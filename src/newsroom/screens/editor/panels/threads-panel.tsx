import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Thread } from '../../../../contract/shared/answers.ts';
import { api, newKey } from '../../../api.ts';
import { useText } from '../../../i18n.ts';
import { editorText } from '../../../strings/editor.ts';
import { Button } from '../../../ui/button.tsx';
import { MultiCombobox, type Option } from '../../../ui/combobox.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { TimeOf } from '../../../ui/time.tsx';
import { sayFault } from '../../../ui/toast.tsx';
import { threadsQueryKey } from '../server.ts';
import { type Passage, passageAt } from '../text/threads.ts';
import { useThreads } from '../use-threads.ts';

type Props = {
  readonly articleId: string;
  readonly view: EditorView;
  /** The passage that a new conversation is about. */
  readonly passage: Passage | undefined;
  readonly onPassageDone: () => void;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
};

/** Conversations about passages: begin, answer, mention, resolve. */
export function ThreadsPanel({ articleId, view, passage, onPassageDone, chosen, onChoose }: Props) {
  const text = useText(editorText);
  const queries = useQueryClient();
  const address = `articles/${articleId}/shared/threads`;
  const items = useThreads(articleId);
  const [resolvedToo, setResolvedToo] = useState(false);
  const threads = (items ?? []).filter(({ state }) => resolvedToo || state === 'open');
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: threadsQueryKey(articleId) });

  const go = (thread: Thread): void => {
    onChoose(thread.id);
    const place = passageAt(view.state, thread);
    if (place !== undefined)
      view.dispatch(
        view.state.tr
          .setSelection(TextSelection.create(view.state.doc, place.from, place.to))
          .scrollIntoView(),
      );
  };
  const begin = async (body: string, mentions: readonly string[]): Promise<void> => {
    if (passage === undefined) return;
    const { id } = await api.post<{ id: string }>(
      address,
      { ...passage, body, mentions },
      { idempotencyKey: newKey() },
    );
    onPassageDone();
    onChoose(id);
    await again();
  };
  return (
    <div className="stack">
      {passage !== undefined && (
        <div className="entry">
          <blockquote className="passage" dir="auto">
            {passage.quote.slice(0, 300)}
          </blockquote>
          <Writing label={text.writeComment} onSend={begin} onCancel={onPassageDone} autoFocus />
        </div>
      )}
      {threads.length === 0 && passage === undefined && <p className="quiet">{text.noComments}</p>}
      <ul className="stack tight entries">
        {threads.map((thread) => (
          <li key={thread.id} className="entry" data-chosen={thread.id === chosen}>
            <button type="button" className="plainline" onClick={() => go(thread)}>
              <span className="passage" dir="auto">
                {thread.quote.slice(0, 200)}
              </span>
              {passageAt(view.state, thread) === undefined && (
                <span className="small quiet">{text.passageGone}</span>
              )}
            </button>
            {thread.comments.map((comment) => (
              <div key={comment.id} className="said">
                <span className="small quiet">
                  {comment.by?.name ?? text.unknownPerson} <TimeOf instant={comment.createdAt} />
                </span>
                <p dir="auto">{comment.body}</p>
                {comment.mentions.length > 0 && (
                  <p className="small quiet">@ {comment.mentions.map(({ name }) => name).join(', ')}</p>
                )}
                {comment.mine && (
                  <Button
                    kind="plain"
                    onClick={() =>
                      void api.delete(`${address}/${thread.id}/comments/${comment.id}`).then(again, sayFault)
                    }
                  >
                    {text.deleteComment}
                  </Button>
                )}
              </div>
            ))}
            {thread.id === chosen && (
              <Writing
                label={text.answer}
                onSend={async (body, mentions) => {
                  await api.post(
                    `${address}/${thread.id}/comments`,
                    { body, mentions },
                    { idempotencyKey: newKey() },
                  );
                  await again();
                }}
              />
            )}
            <div className="line">
              <Button
                kind="plain"
                icon={thread.state === 'open' ? 'check' : 'undo'}
                onClick={() =>
                  void api
                    .patch(`${address}/${thread.id}`, {
                      state: thread.state === 'open' ? 'resolved' : 'open',
                    })
                    .then(again, sayFault)
                }
              >
                {thread.state === 'open' ? text.resolve : text.reopen}
              </Button>
              {thread.state === 'resolved' && (
                <span className="small quiet">
                  {text.resolved} · {thread.resolvedBy?.name}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <label className="choice small">
        <input
          type="checkbox"
          checked={resolvedToo}
          onChange={(event) => setResolvedToo(event.target.checked)}
        />{' '}
        {text.showResolved}
      </label>
    </div>
  );
}

const findColleagues = async (words: string, signal: AbortSignal): Promise<readonly Option[]> =>
  (
    await api.get<{ items: { id: string; name: string }[] }>('colleagues', { query: { q: words }, signal })
  ).items.map(({ id, name }) => ({ id, label: name }));

function Writing({
  label,
  onSend,
  onCancel,
  autoFocus,
}: {
  readonly label: string;
  readonly onSend: (body: string, mentions: readonly string[]) => Promise<void>;
  readonly onCancel?: () => void;
  readonly autoFocus?: boolean;
}) {
  const text = useText(editorText);
  const [body, setBody] = useState('');
  const [mentions, setMentions] = useState<readonly Option[]>([]);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (body.trim() === '') return;
    setBusy(true);
    try {
      await onSend(
        body.trim(),
        mentions.map(({ id }) => id),
      );
      setBody('');
      setMentions([]);
    } catch (cause) {
      sayFault(cause); // What was written stays in the field.
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack tight">
      <TextArea
        label={label}
        rows={3}
        value={body}
        onChange={setBody}
        autoFocus={autoFocus}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      <MultiCombobox label={text.mention} value={mentions} onChange={setMentions} find={findColleagues} />
      <div className="line">
        <Button kind="first" busy={busy} onClick={() => void send()}>
          {text.send}
        </Button>
        {onCancel !== undefined && <Button onClick={onCancel}>{text.cancel}</Button>}
      </div>
    </div>
  );
}
