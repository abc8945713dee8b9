import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FrontSlots } from '../../../contract/front.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { IconButton, Menu, TextField } from '../../ui/kit.ts';
import { type Place, slotAt, places } from './slots.ts';
import type { Page, Summary } from '../desks/data.ts';

type Found = { readonly id: string; readonly headline: string; readonly language: string };

/** Published stories to take from: dragged to a place, or put there by a menu. */
export function Stories({
  edition,
  slots,
  onPlace,
}: {
  readonly edition: string;
  readonly slots: FrontSlots;
  readonly onPlace: (place: Place, article: string) => void;
}) {
  const text = useText(frontText);
  const [q, setQ] = useState('');
  const { data = [] } = useQuery({
    queryKey: ['articles', 'published', edition, q],
    queryFn: async ({ signal }): Promise<Found[]> =>
      q.trim() === ''
        ? [
            ...(
              await api.get<Page<Summary>>('articles', {
                query: { state: 'published', kind: 'article', language: edition, limit: 20 },
                signal,
              })
            ).items,
          ]
        : [
            ...(await api.get<Page<Found>>('search', { query: { q, language: edition, limit: 20 }, signal }))
              .items,
          ],
    placeholderData: (before) => before,
  });
  const nameOf = (place: Place): string => {
    const [list, at] = place.split('/');
    return place === 'lead'
      ? text.lead
      : `${list === 'top' ? text.top : text.pinned}, ${text.place(Number(at) + 1)}`;
  };
  const open = places.filter(
    (place) => !place.startsWith('pinned') || Number(place.slice(7)) <= slots.pinned.length,
  );
  return (
    <section className="stack tight" aria-label={text.stories}>
      <h2>{text.stories}</h2>
      <TextField label={text.search} type="search" value={q} onChange={setQ} />
      <ul className="plainlist">
        {data.map((story) => (
          <li
            key={story.id}
            className="line apart whole"
            draggable
            onDragStart={(event) => {
              event.dataTransfer.setData('text/x-article', story.id);
              event.dataTransfer.effectAllowed = 'copy';
            }}
          >
            <span className="headline" dir="auto">
              {story.headline}
            </span>
            <Menu
              trigger={<IconButton icon="plus" label={`${text.add}: ${story.headline}`} />}
              items={open.map((place) => ({
                label: nameOf(place),
                chosen: slotAt(slots, place) !== null,
                onSelect: () => onPlace(place, story.id),
              }))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
