import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Badge, Button, IconButton, sayFault, TextField } from '../../ui/kit.ts';
import type { Timeline } from './data.ts';

type Entry = Timeline['entries'][number];

/** The timeline of a storyline: what its articles propose, what editors have confirmed, in their words and their order. */
export function TimelineDesk({
  storylineId,
  mayWrite,
}: {
  readonly storylineId: string;
  readonly mayWrite: boolean;
}) {
  const text = useText(taxonomyText);
  const client = useQueryClient();
  const at = `storylines/${storylineId}/timeline`;
  const { data } = useQuery({ queryKey: ['timeline', storylineId], queryFn: () => api.get<Timeline>(at) });
  const [editing, setEditing] = useState<string>();
  if (data === undefined) return null;
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      sayFault(cause);
    }
    await client.invalidateQueries({ queryKey: ['timeline', storylineId] });
  };
  const decide = (proposal: Timeline['proposals'][number], state: 'confirmed' | 'hidden'): Promise<unknown> =>
    api.post(at, {
      key: proposal.key,
      date: proposal.date,
      text: proposal.text,
      article: proposal.article.id,
      state,
    });
  const move = (from: number, by: number): Promise<unknown> => {
    const ids = data.entries.map((entry) => entry.id);
    const [id] = ids.splice(from, 1);
    if (id !== undefined) ids.splice(from + by, 0, id);
    return api.post(`${at}/order`, { entries: ids });
  };
  return (
    <section className="stack" aria-label={text.timeline}>
      <h2>{text.timeline}</h2>
      {data.entries.length === 0 && <p className="quiet">{text.noEntries}</p>}
      <ol className="timeline">
        {data.entries.map((entry, i) => (
          <li key={entry.id} data-state={entry.state}>
            <span className="figures" dir="ltr">
              {entry.date}
            </span>
            {editing === entry.id ? (
              <EntryForm
                entry={entry}
                onCancel={() => setEditing(undefined)}
                onSave={(change) =>
                  void run(() => api.patch(`${at}/${entry.id}`, { ...change, state: entry.state })).then(() =>
                    setEditing(undefined),
                  )
                }
              />
            ) : (
              <div>
                <p dir="auto">{entry.text}</p>
                <p className="quiet small">
                  {entry.article !== null && <span dir="auto">{entry.article.headline}</span>}
                  {entry.article !== null && !entry.article.live && <> · {text.notLive}</>}
                  {entry.state === 'hidden' && <Badge mark="ended">{text.hiddenOne}</Badge>}
                </p>
              </div>
            )}
            {mayWrite && editing !== entry.id && (
              <span className="line">
                <IconButton
                  icon="up"
                  label={text.up(entry.text)}
                  disabled={i === 0}
                  onClick={() => void run(() => move(i, -1))}
                />
                <IconButton
                  icon="down"
                  label={text.down(entry.text)}
                  disabled={i === data.entries.length - 1}
                  onClick={() => void run(() => move(i, 1))}
                />
                <IconButton
                  icon="pen"
                  label={`${text.edit}: ${entry.text}`}
                  onClick={() => setEditing(entry.id)}
                />
                <Button
                  kind="plain"
                  onClick={() =>
                    void run(() =>
                      api.patch(`${at}/${entry.id}`, {
                        date: entry.date,
                        text: entry.text,
                        state: entry.state === 'hidden' ? 'confirmed' : 'hidden',
                      }),
                    )
                  }
                >
                  {entry.state === 'hidden' ? text.show : text.hide}
                </Button>
                <IconButton
                  icon="undo"
                  label={`${text.takeBack}: ${entry.text}`}
                  onClick={() => void run(() => api.delete(`${at}/${entry.id}`))}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      <div className="line apart">
        <h3>{text.proposals}</h3>
        {mayWrite && data.proposals.length > 1 && (
          <Button
            onClick={() =>
              void run(async () => {
                for (const proposal of data.proposals) await decide(proposal, 'confirmed');
              })
            }
          >
            {text.confirmAll}
          </Button>
        )}
      </div>
      {data.proposals.length === 0 && <p className="quiet">{text.noProposals}</p>}
      <ol className="timeline">
        {data.proposals.map((proposal) => (
          <li key={proposal.key}>
            <span className="figures" dir="ltr">
              {proposal.date}
            </span>
            <div>
              <p dir="auto">{proposal.text}</p>
              <p className="quiet small" dir="auto">
                {proposal.article.headline}
              </p>
            </div>
            {mayWrite && (
              <span className="line">
                <Button onClick={() => void run(() => decide(proposal, 'confirmed'))}>{text.confirm}</Button>
                <Button kind="plain" onClick={() => void run(() => decide(proposal, 'hidden'))}>
                  {text.hide}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {mayWrite && (
        <>
          <h3>{text.addFact}</h3>
          <EntryForm onSave={(fact) => void run(() => api.post(at, fact))} />
        </>
      )}
    </section>
  );
}

function EntryForm({
  entry,
  onSave,
  onCancel,
}: {
  readonly entry?: Entry;
  readonly onSave: (fact: { date: string; text: string }) => void;
  readonly onCancel?: () => void;
}) {
  const text = useText(taxonomyText);
  const [date, setDate] = useState(entry?.date ?? '');
  const [fact, setFact] = useState(entry?.text ?? '');
  const sound = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(date) && fact.trim() !== '';
  return (
    <form
      className="line wrap end"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ date, text: fact.trim() });
        if (entry === undefined) {
          setDate('');
          setFact('');
        }
      }}
    >
      <TextField label={text.date} hint={text.dateHint} value={date} onChange={setDate} dir="ltr" />
      <TextField label={text.fact} value={fact} onChange={setFact} />
      <Button type="submit" disabled={!sound}>
        {entry === undefined ? text.add : text.save}
      </Button>
      {onCancel !== undefined && (
        <Button kind="plain" onClick={onCancel}>
          {text.cancel}
        </Button>
      )}
    </form>
  );
}
