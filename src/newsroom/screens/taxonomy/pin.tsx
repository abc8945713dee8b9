import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { Combobox, say, sayFault } from '../../ui/kit.ts';
import type { Page } from '../desks/data.ts';
import type { Storyline } from './data.ts';

type Found = { readonly id: string; readonly headline: string };

/** The story that stands first on a storyline's page. */
export function Pin({ line }: { readonly line: Storyline }) {
  const text = useText(taxonomyText);
  const client = useQueryClient();
  const { data: pinned } = useQuery({
    queryKey: ['articles', 'one', line.pinnedArticle],
    queryFn: () => api.get<Found>(`articles/${line.pinnedArticle ?? ''}`),
    enabled: line.pinnedArticle !== null,
  });
  const pin = async (article: string | null): Promise<void> => {
    try {
      await api.post(`storylines/${line.id}/pin`, { article });
      await client.invalidateQueries({ queryKey: ['storylines'] });
      say({ title: text.saved });
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <Combobox
      label={text.pin}
      hint={text.pinHint}
      value={
        line.pinnedArticle === null
          ? null
          : { id: line.pinnedArticle, label: pinned?.headline ?? line.pinnedArticle }
      }
      onChange={(option) => void pin(option?.id ?? null)}
      find={async (q, signal) => {
        const { items } = await api.get<Page<Found>>('search', {
          query: { q, storyline: line.id, sort: 'newest', limit: 20 },
          signal,
        });
        return items.map(({ id, headline }) => ({ id, label: headline }));
      }}
    />
  );
}
