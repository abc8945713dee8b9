import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Button, Confirm, say } from '../../ui/kit.ts';
import type { Page } from '../desks/data.ts';

type One = { readonly id: string; readonly name: string; readonly articleCount: number };
type Duplicate = { readonly key: string; readonly concepts: readonly One[] };

/** Concepts that share a name: each into the one with the most articles. */
export function Duplicates() {
  const text = useText(taxonomyText);
  const client = useQueryClient();
  const [asked, setAsked] = useState<{ from: One; into: One }>();
  const { data = [] } = useQuery({
    queryKey: ['concepts', 'duplicates'],
    queryFn: async () =>
      (await api.get<Page<Duplicate>>('concepts/duplicates', { query: { limit: 20 } })).items,
  });
  if (data.length === 0) return null;
  return (
    <section className="stack tight" aria-label={text.duplicates}>
      <h2>{text.duplicates}</h2>
      <p className="quiet small">{text.duplicatesHelp}</p>
      <ul className="plainlist">
        {data.flatMap(({ key, concepts }) => {
          const [into, ...rest] = concepts;
          if (into === undefined) return [];
          return rest.map((from) => (
            <li key={`${key} ${from.id}`} className="line apart">
              <span dir="auto">
                {from.name} ({from.articleCount}) → {into.name} ({into.articleCount})
              </span>
              <Button onClick={() => setAsked({ from, into })}>
                {text.mergeThese(from.name, into.name)}
              </Button>
            </li>
          ));
        })}
      </ul>
      {asked !== undefined && (
        <Confirm
          open
          grave
          onOpenChange={(open) => !open && setAsked(undefined)}
          title={text.mergeThese(asked.from.name, asked.into.name)}
          action={text.merge}
          onConfirm={async () => {
            await api.post(`concepts/${asked.from.id}/merge`, { into: asked.into.id });
            await client.invalidateQueries({ queryKey: ['concepts'] });
            say({ title: text.mergedNow });
          }}
        >
          <p>{text.mergeHelp}</p>
        </Confirm>
      )}
    </section>
  );
}
