import { useState } from 'react';
import type { WorkflowAction } from '../../../contract/workflow.ts';
import { api, newKey } from '../../api.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { desksText, findingWords } from '../../strings/desks.ts';
import {
  Badge,
  Button,
  Checkbox,
  Combobox,
  ErrorState,
  type Option,
  say,
  sayFault,
  Select,
  Skeleton,
  TextArea,
  TimeOf,
} from '../../ui/kit.ts';
import { type Desk, useDesks, useRefreshWork, useWork, type Work } from './data.ts';

type Props = {
  readonly articleId: string;
  /** Makes a revision of what is being written, before a step that names one. */
  readonly save?: (() => Promise<{ readonly revision: number; readonly fault: string | null }>) | undefined;
};

/** Where an article stands, what its desk finds in it, and the steps that one may take. */
export function WorkPanel({ articleId, save }: Props) {
  const { data: work, error, refetch } = useWork(articleId);
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (work === undefined) return <Skeleton />;
  return (
    <div className="stack loose work">
      <Standing work={work} />
      <Steps work={work} save={save} />
      <Findings work={work} />
      <Checklist work={work} />
      <Approvals work={work} save={save} />
      <Moves work={work} />
    </div>
  );
}

export function Standing({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  const mark = work.stage === 'ready' || work.stage === 'scheduled' ? 'half' : 'open';
  return (
    <section className="stack tight">
      <p className="line">
        {work.standing === 'unpublished' ? null : (
          <Badge mark={work.standing === 'live' ? 'full' : 'ended'}>
            {work.standing === 'live' && work.lastReason !== null && work.lastReason !== 'initial'
              ? text[work.lastReason]
              : text[work.standing]}
          </Badge>
        )}
        {(work.standing === 'unpublished' || work.revision !== work.publishedRevision) && (
          <Badge mark={mark}>{text[work.stage]}</Badge>
        )}
        <span className="quiet small">{text.revisionOf(work.revision)}</span>
      </p>
      <p className="quiet small">
        {work.desk === null ? text.noDesk : text.onDesk(work.desk.name)}
        {' · '}
        {work.assignee === null ? text.nobodys : text.inHands(work.assignee.name)}
      </p>
      {work.schedule !== null && (
        <p className="small">
          {text.scheduledFor(work.schedule.revision)} <TimeOf instant={work.schedule.at} />
          {work.schedule.overdue && <strong> {text.overdue}</strong>}
        </p>
      )}
    </section>
  );
}

const QUICK = ['claim', 'take-back', 'ready', 'reopen'] as const;

function Steps({ work, save }: { readonly work: Work; readonly save: Props['save'] }) {
  const text = useText(desksText);
  const refresh = useRefreshWork(work.article);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const { data: desks = [] } = useDesks();
  const [desk, setDesk] = useState('');
  const can = (action: WorkflowAction): boolean => work.actions.includes(action);
  const step = async (order: Readonly<Record<string, unknown>>, done: string): Promise<void> => {
    setBusy(true);
    try {
      if (save !== undefined) await save();
      const body = note.trim() === '' ? order : { note: note.trim(), ...order };
      refresh(await api.post<Work>(`articles/${work.article}/work`, body, { idempotencyKey: newKey() }));
      setNote('');
      say({ title: done });
    } catch (cause) {
      sayFault(cause);
    } finally {
      setBusy(false);
    }
  };
  const open = desks.filter((one) => !one.closed);
  const chosen = desk === '' ? (work.desk?.slug ?? open[0]?.slug ?? '') : desk;
  const some = (['submit', 'return', 'move', ...QUICK] as const).some(can);
  if (!some && !can('assign')) return null;
  return (
    <section className="stack tight" aria-label={text.steps}>
      <h2 className="panelhead">{text.steps}</h2>
      {(can('submit') || can('move')) && open.length > 0 && (
        <Select
          label={text.desk}
          value={chosen}
          choices={open.map(({ slug, name }) => ({ value: slug, label: name }))}
          onChange={setDesk}
        />
      )}
      {some && <TextArea label={text.note} hint={text.noteHint} value={note} onChange={setNote} rows={2} />}
      <div className="line wrap">
        {can('submit') && (
          <Button
            kind="first"
            busy={busy}
            onClick={() => void step({ action: 'submit', desk: chosen }, text.submitted)}
          >
            {text.submit}
          </Button>
        )}
        {QUICK.filter(can).map((action) => (
          <Button
            key={action}
            busy={busy}
            kind={action === 'ready' && !can('submit') ? 'first' : 'line'}
            onClick={() => void step({ action }, text.done[action])}
          >
            {text.act[action]}
          </Button>
        ))}
        {can('return') && (
          <Button
            busy={busy}
            disabled={note.trim() === ''}
            onClick={() => void step({ action: 'return' }, text.returned)}
          >
            {text.returnIt}
          </Button>
        )}
        {can('move') && work.desk !== null && chosen !== work.desk.slug && (
          <Button busy={busy} onClick={() => void step({ action: 'move', desk: chosen }, text.moved)}>
            {text.move}
          </Button>
        )}
      </div>
      {can('return') && note.trim() === '' && <p className="quiet small">{text.returnNeedsNote}</p>}
      {can('assign') && (
        <Assign
          work={work}
          desks={desks}
          onAssign={(to) => void step({ action: 'assign', to }, text.assigned)}
        />
      )}
    </section>
  );
}

/** Gives the work to somebody of the desk; for a story of no desk, to anyone of any. */
function Assign({
  work,
  desks,
  onAssign,
}: {
  readonly work: Work;
  readonly desks: readonly Desk[];
  readonly onAssign: (to: string | null) => void;
}) {
  const text = useText(desksText);
  const own = desks.find((desk) => desk.slug === work.desk?.slug);
  const people = (own === undefined ? desks : [own]).flatMap((desk) => desk.members);
  const options = new Map<string, Option>(
    people.map((person) => [person.user, { id: person.user, label: person.name, note: person.role }]),
  );
  for (const person of [work.createdBy, work.assignee])
    if (person !== null && !options.has(person.id))
      options.set(person.id, { id: person.id, label: person.name });
  return (
    <Combobox
      label={text.assignee}
      value={work.assignee === null ? null : { id: work.assignee.id, label: work.assignee.name }}
      onChange={(option) => onAssign(option?.id ?? null)}
      find={async (typed) =>
        [...options.values()].filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))
      }
    />
  );
}

export function Findings({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  const language = useLanguage();
  const failing = new Set(work.findings.map((finding) => finding.check));
  const passing = work.asked.filter(({ check }) => !failing.has(check));
  return (
    <section className="stack tight" aria-label={text.checks}>
      <h2 className="panelhead">{text.checks}</h2>
      {work.findings.length === 0 && <p className="quiet">{text.allClear}</p>}
      <ul className="findings">
        {work.findings.map((finding, at) => (
          <li key={at} data-level={finding.level} data-check={finding.check}>
            <p>
              <Badge
                mark={finding.level === 'block' ? 'ended' : finding.state === 'waiting' ? 'half' : 'open'}
              >
                {finding.state === 'waiting' ? text.waits : text[finding.level]}
              </Badge>{' '}
              {findingWords(language, finding)}
            </p>
            <p className="quiet small">
              {finding.place !== undefined && (
                <>
                  {finding.place.block === undefined
                    ? text.fieldOf(finding.place.pointer)
                    : text.blockOf(finding.place.block)}
                  {finding.place.excerpt === undefined ? '' : ` – ${finding.place.excerpt}`}
                  {' · '}
                </>
              )}
              {text.mend[finding.check]}
            </p>
          </li>
        ))}
      </ul>
      {passing.length > 0 && (
        <details>
          <summary className="quiet small">{text.passed(passing.length)}</summary>
          <ul className="passed small">
            {passing.map(({ check }) => (
              <li key={check}>{text.checkName[check]}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Checklist({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  const refresh = useRefreshWork(work.article);
  if (work.checklist.length === 0) return null;
  const tick = async (item: string, done: boolean): Promise<void> => {
    try {
      refresh(await api.post<Work>(`articles/${work.article}/work`, { action: 'check', item, done }));
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <section className="stack tight" aria-label={text.checklist}>
      <h2 className="panelhead">{text.checklist}</h2>
      {work.checklist.map((item) => (
        <div key={item.key}>
          <Checkbox
            label={item.label}
            checked={item.done}
            disabled={!work.actions.includes('check')}
            onChange={(done) => void tick(item.key, done)}
          />
          {item.by !== null && item.at !== null && (
            <p className="quiet small">
              {item.by.name}, <TimeOf instant={item.at} />
              {item.stale && ` · ${text.askedAgain}`}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

function Approvals({ work, save }: { readonly work: Work; readonly save: Props['save'] }) {
  const text = useText(desksText);
  const refresh = useRefreshWork(work.article);
  const asked = work.asked.some(({ check }) => check === 'eyes');
  if (!asked && work.approvals.length === 0) return null;
  const approve = async (): Promise<void> => {
    try {
      const saved = await save?.();
      const revision = saved?.revision ?? work.revision;
      refresh(await api.post<Work>(`articles/${work.article}/work`, { action: 'approve', revision }));
      say({ title: text.approvedRevision(revision) });
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <section className="stack tight" aria-label={text.approvals}>
      <h2 className="panelhead">{text.approvals}</h2>
      <ul className="plainlist small">
        {work.approvals.map((approval) => (
          <li key={`${approval.revision} ${approval.by.id}`} className={approval.holds ? '' : 'quiet'}>
            {approval.by.name}, <TimeOf instant={approval.at} /> · {text.revisionOf(approval.revision)}
            {!approval.holds && ` · ${text.voided}`}
          </li>
        ))}
      </ul>
      {work.actions.includes('approve') && (
        <Button icon="eye" onClick={() => void approve()}>
          {text.approve(work.revision)}
        </Button>
      )}
    </section>
  );
}

function Moves({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  if (work.moves.length === 0) return null;
  return (
    <details>
      <summary>{text.way}</summary>
      <ol className="plainlist small moves">
        {work.moves.map((move) => (
          <li key={move.id}>
            <TimeOf instant={move.at} /> {move.by?.name ?? text.theHouse}:{' '}
            {text.moveName[move.action as keyof typeof text.moveName] ?? move.action}{' '}
            <span className="quiet">({text.revisionOf(move.revision)})</span>
            {move.note !== '' && <blockquote dir="auto">{move.note}</blockquote>}
          </li>
        ))}
      </ol>
    </details>
  );
}
