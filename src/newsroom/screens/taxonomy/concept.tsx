import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { mediaTopics } from '../../../contract/media-topics.ts';
import { type ConceptKind, conceptKinds, type ConceptInput } from '../../../contract/nouns.ts';
import { api, Refusal } from '../../api.ts';
import { useGo, useScreenParams } from '../../app/navigate.ts';
import { useMay, useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { languageLabel } from '../articles/names.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Badge, Button, ErrorState, say, Select, Skeleton, TextArea, TextField } from '../../ui/kit.ts';
import type { Concept } from './data.ts';
import { Merge } from './merge.tsx';

const CODE = /^medtop:\d{8}$/;

/** A concept: its names in every language, its other names, its code, and what it becomes part of. */
export function Screen() {
  const { conceptId = 'new' } = useScreenParams();
  const fresh = conceptId === 'new';
  const { data, error, refetch } = useQuery({
    queryKey: ['concepts', conceptId],
    queryFn: () => api.read<Concept>(`concepts/${conceptId}`),
    enabled: !fresh,
  });
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!fresh && data === undefined) return <Skeleton />;
  return <Form key={data?.etag ?? 'new'} concept={data?.body} etag={data?.etag} />;
}

function Form({
  concept,
  etag,
}: {
  readonly concept: Concept | undefined;
  readonly etag: string | undefined;
}) {
  const text = useText(taxonomyText);
  const may = useMay()('taxonomy:write');
  const { languages } = useSite();
  const go = useGo();
  const client = useQueryClient();
  const [form, setForm] = useState({
    kind: concept?.kind ?? ('topic' as ConceptKind),
    name: concept?.name ?? '',
    names: concept?.names ?? {},
    aliases: (concept?.aliases ?? []).join('\n'),
    description: concept?.description ?? '',
    mediaTopic: concept?.mediaTopic ?? '',
    sameAs: (concept?.sameAs ?? []).join('\n'),
  });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }));
  const badCode = form.mediaTopic !== '' && !CODE.test(form.mediaTopic);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const body: ConceptInput = {
        kind: form.kind,
        name: form.name.trim(),
        names: Object.fromEntries(Object.entries(form.names).filter(([, said]) => said.trim() !== '')),
        aliases: linesOf(form.aliases),
        description: form.description,
        mediaTopic: form.mediaTopic === '' ? null : form.mediaTopic,
        sameAs: linesOf(form.sameAs),
      };
      if (concept === undefined) go(`concepts/${(await api.post<Concept>('concepts', body)).id}`);
      else
        await api.put(
          `concepts/${concept.id}`,
          { ...body, slug: concept.slug },
          etag === undefined ? {} : { ifMatch: etag },
        );
      await client.invalidateQueries({ queryKey: ['concepts'] });
      say({ title: text.saved });
    } catch (cause) {
      setFault(cause instanceof Refusal ? `${cause.message} ${cause.help ?? ''}` : String(cause));
    } finally {
      setBusy(false);
    }
  };
  const known = mediaTopics.some(({ code }) => code === form.mediaTopic);
  return (
    <div className="stack loose deskform">
      <header className="line apart">
        <h1 dir="auto">{concept?.name ?? text.newConcept}</h1>
        {concept !== undefined && (
          <span className="line">
            {concept.mergedInto !== null && <Badge mark="ended">{text.merged}</Badge>}
            <span className="quiet figures">{text.articles(concept.articleCount)}</span>
            <a className="btn" href={concept.path}>
              {text.openPage}
            </a>
          </span>
        )}
      </header>
      {concept?.mergedInto != null && <p>{text.mergeGone}</p>}
      {may && concept?.mergedInto == null && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Select<ConceptKind>
            label={text.kind}
            value={form.kind}
            choices={conceptKinds.map((value) => ({ value, label: text.kinds[value] }))}
            onChange={(kind) => set({ kind })}
          />
          <TextField label={text.name} value={form.name} onChange={(name) => set({ name })} required />
          {languages.map((tag) => (
            <TextField
              key={tag}
              label={text.inLanguage(languageLabel(tag))}
              value={form.names[tag] ?? ''}
              onChange={(name) => set({ names: { ...form.names, [tag]: name } })}
            />
          ))}
          <TextArea
            label={text.aliases}
            hint={text.aliasesHint}
            value={form.aliases}
            onChange={(aliases) => set({ aliases })}
            rows={3}
          />
          <TextArea
            label={text.description}
            value={form.description}
            onChange={(description) => set({ description })}
            rows={2}
          />
          <Select
            label={text.mediaTopic}
            value={known ? form.mediaTopic : ''}
            choices={[
              { value: '', label: text.none },
              ...mediaTopics.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
            ]}
            onChange={(mediaTopic) => set({ mediaTopic })}
          />
          <TextField
            label={text.mediaTopicHint}
            value={form.mediaTopic}
            onChange={(mediaTopic) => set({ mediaTopic: mediaTopic.trim() })}
            fault={badCode ? text.mediaTopicBad : undefined}
            dir="ltr"
          />
          <TextArea
            label={text.sameAs}
            hint={text.sameAsHint}
            value={form.sameAs}
            onChange={(sameAs) => set({ sameAs })}
            rows={2}
            dir="ltr"
          />
          {fault !== undefined && (
            <p className="fault" role="alert">
              {fault}
            </p>
          )}
          <div className="line">
            <Button kind="first" type="submit" busy={busy} disabled={form.name.trim() === '' || badCode}>
              {text.save}
            </Button>
          </div>
        </form>
      )}
      {may && concept !== undefined && concept.mergedInto === null && (
        <Merge of="concepts" id={concept.id} name={concept.name} />
      )}
    </div>
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
