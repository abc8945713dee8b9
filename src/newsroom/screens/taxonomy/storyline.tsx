import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StorylineInput } from '../../../contract/nouns.ts';
import { api, Refusal } from '../../api.ts';
import { useGo, useScreenParams } from '../../app/navigate.ts';
import { useMay, useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { languageLabel } from '../articles/names.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Badge, Button, ErrorState, say, Skeleton, TextArea, TextField } from '../../ui/kit.ts';
import { Merge } from './merge.tsx';
import { Pin } from './pin.tsx';
import { TimelineDesk } from './timeline.tsx';
import type { Storyline } from './data.ts';

/** A storyline: its names and descriptions, its order, its state, its timeline, and what it becomes part of. */
export function Screen() {
  const { storylineId = 'new' } = useScreenParams();
  const fresh = storylineId === 'new';
  const { data, error, refetch } = useQuery({
    queryKey: ['storylines', storylineId],
    queryFn: () => api.read<Storyline>(`storylines/${storylineId}`),
    enabled: !fresh,
  });
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!fresh && data === undefined) return <Skeleton />;
  return <Form key={data?.etag ?? 'new'} line={data?.body} etag={data?.etag} />;
}

function Form({ line, etag }: { readonly line: Storyline | undefined; readonly etag: string | undefined }) {
  const text = useText(taxonomyText);
  const may = useMay()('taxonomy:write');
  const { languages } = useSite();
  const go = useGo();
  const client = useQueryClient();
  const [form, setForm] = useState({
    title: line?.title ?? '',
    titles: line?.titles ?? {},
    description: line?.description ?? '',
    descriptions: line?.descriptions ?? {},
    language: line?.language ?? languages[0] ?? 'en',
    position: line?.position ?? 0,
    state: line?.state ?? ('open' as const),
  });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }));
  const save = async (change: Partial<typeof form> = {}): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const body: StorylineInput = {
        ...form,
        ...change,
        titles: filled(form.titles),
        descriptions: filled(form.descriptions),
      };
      if (line === undefined) go(`storylines/${(await api.post<Storyline>('storylines', body)).id}`);
      else
        await api.put(
          `storylines/${line.id}`,
          { ...body, slug: line.slug },
          etag === undefined ? {} : { ifMatch: etag },
        );
      await client.invalidateQueries({ queryKey: ['storylines'] });
      say({ title: text.saved });
    } catch (cause) {
      setFault(cause instanceof Refusal ? `${cause.message} ${cause.help ?? ''}` : String(cause));
    } finally {
      setBusy(false);
    }
  };
  const others = languages.filter((tag) => tag !== form.language);
  return (
    <div className="stack loose deskform">
      <header className="line apart">
        <h1 dir="auto">{line?.title ?? text.newStoryline}</h1>
        {line !== undefined && (
          <span className="line">
            <Badge mark={line.mergedInto !== null ? 'ended' : line.state === 'open' ? 'half' : 'full'}>
              {line.mergedInto !== null ? text.merged : text[line.state]}
            </Badge>
            <span className="quiet figures">{text.articles(line.articleCount)}</span>
            <a className="btn" href={line.path}>
              {text.openPage}
            </a>
          </span>
        )}
      </header>
      {line?.mergedInto != null && <p>{text.mergeGone}</p>}
      {may && line?.mergedInto == null && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <TextField label={text.title} value={form.title} onChange={(title) => set({ title })} required />
          <TextArea
            label={text.description}
            value={form.description}
            onChange={(description) => set({ description })}
            rows={3}
          />
          {others.map((tag) => (
            <div key={tag} className="stack tight" lang={tag}>
              <TextField
                label={text.inLanguage(languageLabel(tag))}
                value={form.titles[tag] ?? ''}
                onChange={(title) => set({ titles: { ...form.titles, [tag]: title } })}
              />
              <TextArea
                label={text.descriptionIn(languageLabel(tag))}
                value={form.descriptions[tag] ?? ''}
                onChange={(said) => set({ descriptions: { ...form.descriptions, [tag]: said } })}
                rows={2}
              />
            </div>
          ))}
          <TextField
            type="number"
            min={0}
            max={10_000}
            label={text.position}
            hint={text.positionHint}
            value={String(form.position)}
            onChange={(position) => set({ position: Number(position) })}
          />
          {fault !== undefined && (
            <p className="fault" role="alert">
              {fault}
            </p>
          )}
          <div className="line wrap">
            <Button kind="first" type="submit" busy={busy} disabled={form.title.trim() === ''}>
              {text.save}
            </Button>
            {line !== undefined && (
              <Button
                busy={busy}
                onClick={() => void save({ state: line.state === 'open' ? 'closed' : 'open' })}
              >
                {line.state === 'open' ? text.close : text.reopen}
              </Button>
            )}
          </div>
        </form>
      )}
      {line !== undefined && line.mergedInto === null && (
        <>
          {may && <Pin line={line} />}
          <TimelineDesk storylineId={line.id} mayWrite={may} />
          {may && <Merge of="storylines" id={line.id} name={line.title} />}
        </>
      )}
    </div>
  );
}

/** Without the languages that nobody has written. */
function filled(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, said]) => said.trim() !== ''));
}
