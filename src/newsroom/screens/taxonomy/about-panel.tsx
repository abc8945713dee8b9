import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Suggestions } from '../../../contract/suggestions.ts';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Button, sayFault, Skeleton } from '../../ui/kit.ts';

type Content = {
  readonly language: string;
  readonly headline: string;
  readonly lede: string;
  readonly concepts: readonly string[];
  readonly storylines: readonly string[];
};

type Props = {
  readonly articleId: string;
  readonly revision: number;
  readonly mayWrite: boolean;
  readonly add: (field: 'storylines' | 'concepts', id: string) => void;
  readonly text: () => string;
};

/** What the text is about, suggested beside it; taken by a click and by nothing else. */
export function AboutPanel({ articleId, revision, mayWrite, add, text: read }: Props) {
  const text = useText(taxonomyText);
  const may = useMay();
  const client = useQueryClient();
  const [turn, setTurn] = useState(0);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const { data } = useQuery({
    queryKey: ['suggestions', articleId, revision, turn],
    queryFn: async () => {
      const { content } = await api.get<{ content: Content }>(`articles/${articleId}`);
      return api.post<Suggestions>('suggestions', {
        text: [content.headline, content.lede, read()].join('\n').slice(0, 200_000),
        language: content.language,
        concepts: content.concepts,
        storylines: content.storylines,
        article: articleId,
      });
    },
    staleTime: 30_000,
    placeholderData: (before) => before,
  });
  const take = (field: 'storylines' | 'concepts', id: string): void => {
    add(field, id);
    setTaken((before) => new Set([...before, id]));
  };
  const create = async (name: string, kind: string): Promise<void> => {
    try {
      const made = await api.post<{ id: string }>('concepts', { name, kind });
      take('concepts', made.id);
      await client.invalidateQueries({ queryKey: ['suggestions', articleId] });
    } catch (cause) {
      sayFault(cause);
    }
  };
  if (data === undefined) return <Skeleton lines={4} />;
  const concepts = data.concepts.filter(({ id }) => !taken.has(id));
  const storylines = data.storylines.filter(({ id }) => !taken.has(id));
  const none = concepts.length + storylines.length + data.related.length + data.unknown.length === 0;
  return (
    <div className="stack about">
      <p className="quiet small">{text.aboutHelp}</p>
      {none && <p>{text.nothingFound}</p>}
      {concepts.length > 0 && (
        <section className="stack tight" aria-label={text.concepts}>
          <h3>{text.concepts}</h3>
          <ul className="plainlist">
            {concepts.map((concept) => (
              <li key={concept.id} className="line apart">
                <span dir="auto">
                  {concept.name}{' '}
                  <span className="quiet small">
                    {text.kinds[concept.kind]} · {text.times(concept.times)}
                  </span>
                </span>
                <Button
                  icon="plus"
                  kind="plain"
                  disabled={!mayWrite}
                  aria-label={text.take(concept.name)}
                  onClick={() => take('concepts', concept.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {storylines.length > 0 && (
        <section className="stack tight" aria-label={text.storylines}>
          <h3>{text.storylines}</h3>
          <ul className="plainlist">
            {storylines.map((line) => (
              <li key={line.id} className="line apart">
                <span dir="auto">
                  {line.title} <span className="quiet small">({line.count})</span>
                </span>
                <Button
                  icon="plus"
                  kind="plain"
                  disabled={!mayWrite}
                  aria-label={text.take(line.title)}
                  onClick={() => take('storylines', line.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.related.length > 0 && (
        <section className="stack tight" aria-label={text.related}>
          <h3>{text.related}</h3>
          <ul className="plainlist">
            {data.related.map((story) => (
              <li key={story.id}>
                <a href={story.path} target="_blank" rel="noreferrer" dir="auto">
                  {story.headline}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.unknown.length > 0 && may('taxonomy:write') && (
        <section className="stack tight" aria-label={text.unknown}>
          <h3>{text.unknown}</h3>
          <div className="line wrap">
            {data.unknown.map(({ name, kind }) => (
              <Button
                key={name}
                disabled={!mayWrite}
                aria-label={text.create(name)}
                onClick={() => void create(name, kind)}
              >
                {name}
              </Button>
            ))}
          </div>
        </section>
      )}
      <Button onClick={() => setTurn(turn + 1)}>{text.look}</Button>
    </div>
  );
}
