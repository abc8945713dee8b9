import { useState } from 'react';
import type { PublishedAnswer } from '../../../contract/article-answers.ts';
import type { z } from 'zod';
import { api, newKey, Refusal } from '../../api.ts';
import { useSite } from '../../app/session.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { desksText, findingWords } from '../../strings/desks.ts';
import { BothTimes, Button, Checkbox, Confirm, say, sayFault, Select, TextArea } from '../../ui/kit.ts';
import { useChanges, useRefreshWork, type Work } from './data.ts';
import { Differences } from './differences.tsx';
import { WhenField, type When } from './when-field.tsx';

type Published = z.infer<typeof PublishedAnswer>;
type Reason = 'update' | 'correction' | 'clarification';
type Save = () => Promise<{ readonly revision: number; readonly fault: string | null }>;

/** Publishes or schedules one exact revision: shows what readers will find changed, asks for type, severity and note, and names what blocks. */
export function PublishForm({ work, save }: { readonly work: Work; readonly save?: Save | undefined }) {
  const text = useText(desksText);
  const language = useLanguage();
  const { timeZone } = useSite();
  const refresh = useRefreshWork(work.article);
  const again = work.version > 0;
  const [reason, setReason] = useState<Reason>('update');
  const [severity, setSeverity] = useState<'minor' | 'major'>('minor');
  const [note, setNote] = useState('');
  const [timed, setTimed] = useState(false);
  const [when, setWhen] = useState<When>();
  const [why, setWhy] = useState('');
  const [override, setOverride] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{
    message: string;
    help: string | undefined;
    fields: readonly string[];
  }>();
  const changes = useChanges(work.article, work.revision);
  const blocks = work.findings.filter(
    (finding) => finding.level === 'block' && !(timed && finding.check === 'embargo'),
  );
  const may = work.actions.includes('publish');
  if (!may) return <p className="quiet">{text.mayNotPublish}</p>;
  const told = reason === 'update' || note.trim() !== '';
  const passable = blocks.filter(({ check }) => check !== 'embargo');
  const free =
    blocks.length === 0 || (override && why.trim().length > 2 && passable.length === blocks.length);
  const send = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const saved = await save?.();
      const revision = saved?.revision ?? work.revision;
      const common = {
        revision,
        ...(again ? { reason, ...(note.trim() === '' ? {} : { note: note.trim() }) } : {}),
        ...(again && reason !== 'update' ? { severity } : {}),
        ...(override && passable.length > 0
          ? { override: { why: why.trim(), checks: [...new Set(passable.map(({ check }) => check))] } }
          : {}),
      };
      if (timed) {
        const body = { ...common, ...when };
        await api.post(`articles/${work.article}/schedule`, body, { idempotencyKey: newKey() });
        say({ title: text.scheduledNow });
      } else {
        const made = await api.post<Published>(`articles/${work.article}/publish`, common, {
          idempotencyKey: newKey(),
        });
        say({ title: text.publishedNow, detail: made.url });
      }
      setNote('');
      setOverride(false);
      refresh();
    } catch (cause) {
      if (cause instanceof Refusal)
        setFault({ message: cause.message, help: cause.help, fields: Object.values(cause.fields) });
      else sayFault(cause);
      refresh();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="stack publish"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {work.schedule !== null && <Waiting work={work} />}
      {again && (
        <>
          <Select<Reason>
            label={text.type}
            value={reason}
            choices={(['update', 'correction', 'clarification'] as const).map((value) => ({
              value,
              label: text.reason[value],
            }))}
            onChange={setReason}
          />
          {reason !== 'update' && (
            <Select<'minor' | 'major'>
              label={text.severity}
              value={severity}
              choices={[
                { value: 'minor', label: text.minor },
                { value: 'major', label: text.major },
              ]}
              onChange={setSeverity}
            />
          )}
          <TextArea
            label={text.readersNote}
            hint={reason === 'update' ? text.noteOptional : text.noteNeeded}
            value={note}
            onChange={setNote}
            rows={3}
          />
          <section aria-label={text.willChange}>
            <h3>{text.willChange}</h3>
            {changes.data === undefined ? null : changes.data.changes.length === 0 ? (
              <p className="quiet">{text.nothingChanges}</p>
            ) : (
              <Differences changes={changes.data.changes} />
            )}
          </section>
        </>
      )}
      <Checkbox
        label={text.atATime}
        checked={timed}
        onChange={(on) => {
          setTimed(on);
          setWhen(undefined);
        }}
      />
      {timed && <WhenField zone={timeZone} onChange={setWhen} />}
      {blocks.length > 0 && (
        <section className="blocks" role="alert" aria-label={text.blocked}>
          <p>{text.blockedBy(blocks.length)}</p>
          <ul>
            {blocks.map((block, at) => (
              <li key={at}>{findingWords(language, block)}</li>
            ))}
          </ul>
          {work.actions.includes('override') && passable.length > 0 && (
            <>
              <Checkbox label={text.overrideIt} checked={override} onChange={setOverride} />
              {override && (
                <TextArea
                  label={text.overrideWhy}
                  hint={text.overrideHint}
                  value={why}
                  onChange={setWhy}
                  rows={2}
                />
              )}
            </>
          )}
        </section>
      )}
      {fault !== undefined && (
        <div role="alert" className="fault">
          <p>
            {fault.message} {fault.help}
          </p>
        </div>
      )}
      <div className="line">
        <Button
          kind="first"
          type="submit"
          busy={busy}
          disabled={!told || !free || (timed && when === undefined)}
        >
          {timed ? text.schedule : again ? text.publishAs[reason] : text.publishNow}
        </Button>
        <span className="quiet small">
          {save === undefined ? text.exactly(work.revision) : text.asItStands}
        </span>
      </div>
    </form>
  );
}

function Waiting({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  const refresh = useRefreshWork(work.article);
  const [asking, setAsking] = useState(false);
  if (work.schedule === null) return null;
  return (
    <div className="line apart">
      <p>
        {text.scheduledFor(work.schedule.revision)} <BothTimes instant={work.schedule.at} />
      </p>
      <Button onClick={() => setAsking(true)}>{text.unschedule}</Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={text.unschedule}
        action={text.unschedule}
        onConfirm={async () => {
          await api.delete(`articles/${work.article}/schedule`);
          refresh();
          say({ title: text.unscheduled });
        }}
      >
        <p>{text.unscheduleHelp}</p>
      </Confirm>
    </div>
  );
}
