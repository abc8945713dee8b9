import { useEffect, useState } from 'react';
import type { Ruling } from '../../../contract/moderation.ts';
import { api, newKey } from '../../api.ts';
import { useKeys } from '../../app/keys.ts';
import { useText } from '../../i18n.ts';
import { moderationText } from '../../strings/moderation.ts';
import { Button, Dialog, say, sayFault, Select, TextArea, TextField } from '../../ui/kit.ts';
import { useParagraphs } from './queue-data.ts';

/** The paragraphs to choose a ground from; their numbers choose them. */
export function Grounds({
  value,
  onChange,
  keys = false,
}: {
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  readonly keys?: boolean;
}) {
  const paragraphs = useParagraphs();
  useKeys(
    keys
      ? paragraphs
          .slice(0, 9)
          .map((paragraph, n) => ({ keys: String(n + 1), run: () => onChange(paragraph.id) }))
      : [],
  );
  return (
    <div className="mod-grounds">
      {paragraphs.map((paragraph, n) => (
        <button
          key={paragraph.id}
          type="button"
          aria-pressed={value === paragraph.id}
          onClick={() => onChange(paragraph.id)}
        >
          <span>{n + 1}</span>
          <span>
            <strong>{paragraph.title}</strong>
          </span>
        </button>
      ))}
    </div>
  );
}

/** Asks on what ground comments are rejected. */
export function RejectDialog({
  count,
  onClose,
  onReject,
}: {
  /** How many comments; none: closed. */
  readonly count: number;
  readonly onClose: () => void;
  readonly onReject: (ruling: Ruling) => void;
}) {
  const text = useText(moderationText);
  const [standard, setStandard] = useState<string>();
  const [law, setLaw] = useState('');
  const [facts, setFacts] = useState('');
  const [message, setMessage] = useState('');
  useEffect(() => {
    if (count === 0) return;
    setStandard(undefined);
    setLaw('');
    setFacts('');
    setMessage('');
  }, [count]);
  const ready = standard !== undefined || law.trim() !== '';
  const reject = (): void => {
    if (!ready) return;
    onReject({
      action: 'reject',
      ...(standard === undefined ? {} : { standard }),
      ...(law.trim() === '' ? {} : { legalGround: law.trim() }),
      ...(facts.trim() === '' ? {} : { facts: facts.trim() }),
      ...(message.trim() === '' ? {} : { message: message.trim() }),
    });
  };
  return (
    <Dialog open={count > 0} onOpenChange={(open) => !open && onClose()} title={text.whichGround}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          reject();
        }}
      >
        <p className="quiet">{text.groundHelp}</p>
        <Grounds value={standard} onChange={setStandard} keys={count > 0} />
        <TextField label={text.law} value={law} onChange={setLaw} />
        <TextArea label={text.facts} hint={text.factsHint} value={facts} onChange={setFacts} />
        <TextArea label={text.message} value={message} onChange={setMessage} />
        <div className="actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="first" type="submit" disabled={!ready}>
            {text.reject}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const SPANS = ['1', '3', '7', '30', 'ban'] as const;

/** Bans or suspends who wrote a comment. */
export function BanDialog({
  commentId,
  name,
  onClose,
  onDone,
}: {
  readonly commentId: string | undefined;
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const text = useText(moderationText);
  const [span, setSpan] = useState<(typeof SPANS)[number]>('7');
  const [standard, setStandard] = useState<string>();
  const [reason, setReason] = useState('');
  const impose = async (): Promise<void> => {
    if (commentId === undefined || standard === undefined || reason.trim() === '') return;
    const until = span === 'ban' ? null : new Date(Date.now() + Number(span) * 86_400_000).toISOString();
    const kind = span === 'ban' ? 'ban' : 'suspension';
    try {
      await api.post(
        'moderation/sanctions',
        { comment: commentId, kind, until, standard, reason: reason.trim() },
        { idempotencyKey: newKey() },
      );
      say({ title: `${kind === 'ban' ? text.banned : text.suspended}: ${name}` });
      onDone();
      onClose();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <Dialog
      open={commentId !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`${text.ban}: ${name}`}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void impose();
        }}
      >
        <Select
          label={text.kind}
          value={span}
          choices={SPANS.map((value) => ({
            value,
            label: value === 'ban' ? text.forever : text.days(Number(value)),
          }))}
          onChange={setSpan}
        />
        <Grounds value={standard} onChange={setStandard} />
        <TextArea label={text.reason} hint={text.reasonHint} value={reason} onChange={setReason} required />
        <div className="actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="grave" type="submit" disabled={standard === undefined || reason.trim().length < 3}>
            {text.impose}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Leaves a note for the other moderators. */
export function NoteDialog({
  to,
  onClose,
  onDone,
}: {
  /** Below `/api/v1/moderation/`: `comments/ID`, `people/KEY`. */
  readonly to: string | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const text = useText(moderationText);
  const [body, setBody] = useState('');
  const leave = async (): Promise<void> => {
    try {
      await api.post(`moderation/${to}/notes`, { body });
      setBody('');
      onDone();
      onClose();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <Dialog open={to !== undefined} onOpenChange={(open) => !open && onClose()} title={text.addNote}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void leave();
        }}
      >
        <TextArea label={text.note} hint={text.notesHelp} value={body} onChange={setBody} required />
        <div className="actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="first" type="submit" disabled={body.trim() === ''}>
            {text.addNote}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Decides an appeal. */
export function AppealForm({
  appeal,
  onDone,
}: {
  readonly appeal: { readonly id: string; readonly decidedBefore: { readonly name: string } | null };
  readonly onDone: () => void;
}) {
  const text = useText(moderationText);
  const [answer, setAnswer] = useState('');
  const decide = async (overturn: boolean): Promise<void> => {
    try {
      await api.post(`moderation/appeals/${appeal.id}`, { overturn, answer });
      say({ title: overturn ? text.overturn : text.uphold });
      onDone();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <div className="stack">
      {appeal.decidedBefore !== null && <p className="quiet">{text.appealHelp(appeal.decidedBefore.name)}</p>}
      <TextArea label={text.answer} value={answer} onChange={setAnswer} />
      <div className="mod-acts">
        <Button onClick={() => void decide(true)}>{text.overturn}</Button>
        <Button onClick={() => void decide(false)}>{text.uphold}</Button>
      </div>
    </div>
  );
}
