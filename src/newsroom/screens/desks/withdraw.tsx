import { useState } from 'react';
import { api, newKey } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { Button, Checkbox, Dialog, say, TextArea } from '../../ui/kit.ts';
import { useMay } from '../../app/session.ts';
import { useRefreshWork, type Work } from './data.ts';

/** Kills or takes down a published story, with the notice that readers get in its place. */
export function Withdraw({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  const [kind, setKind] = useState<'kill' | 'takedown'>();
  const kinds = (['kill', 'takedown'] as const).filter((one) => work.actions.includes(one));
  if (kinds.length === 0) return null;
  return (
    <section className="stack tight" aria-label={text.withdraw}>
      <h3>{text.withdraw}</h3>
      <div className="line">
        {kinds.map((one) => (
          <Button key={one} kind="grave" onClick={() => setKind(one)}>
            {text.withdrawAs[one]}
          </Button>
        ))}
      </div>
      {kind !== undefined && <WithdrawDialog work={work} kind={kind} onClose={() => setKind(undefined)} />}
    </section>
  );
}

function WithdrawDialog({
  work,
  kind,
  onClose,
}: {
  readonly work: Work;
  readonly kind: 'kill' | 'takedown';
  readonly onClose: () => void;
}) {
  const text = useText(desksText);
  const may = useMay();
  const refresh = useRefreshWork(work.article);
  const [note, setNote] = useState('');
  const [erase, setErase] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const send = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const body = { note: note.trim(), ...(kind === 'takedown' && erase ? { erase } : {}) };
      await api.post(`articles/${work.article}/${kind}`, body, { idempotencyKey: newKey() });
      say({ title: text.withdrawn[kind] });
      refresh();
      onClose();
    } catch (cause) {
      setFault(cause instanceof Error ? cause.message : String(cause));
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={text.withdrawAs[kind]}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>{text.withdrawHelp[kind]}</p>
        <p className="headline" dir="auto">
          {work.headline}
        </p>
        <TextArea
          label={text.notice}
          hint={text.noticeHint}
          value={note}
          onChange={setNote}
          rows={3}
          autoFocus
        />
        {kind === 'takedown' && may('record:erase') && (
          <Checkbox label={text.erase} checked={erase} onChange={setErase} />
        )}
        {fault !== undefined && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="grave" type="submit" busy={busy} disabled={note.trim() === ''}>
            {text.withdrawAs[kind]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
