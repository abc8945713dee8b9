import { useQuery } from '@tanstack/react-query';
import type { FrontSlots, FrontState } from '../../../contract/front.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { Checkbox, Combobox, IconButton } from '../../ui/kit.ts';
import type { Page } from '../desks/data.ts';
import { SectionStories } from './section-stories.tsx';

type Section = {
  readonly id: string;
  readonly name: string;
  readonly listed: boolean;
  readonly position: number;
};
type Storyline = { readonly id: string; readonly title: string; readonly state: 'open' | 'closed' };
type Props = {
  readonly slots: FrontSlots;
  readonly mayWrite: boolean;
  readonly onChange: (slots: FrontSlots) => void;
};
type Named = Props & { readonly state: FrontState };

/** The order of the sections on this page and which of them show; the running stories beside the river. */
export function Sections({ slots, state, mayWrite, onChange }: Named) {
  const text = useText(frontText);
  const { data: all = [] } = useQuery({
    queryKey: ['sections'],
    queryFn: async () => (await api.get<Page<Section>>('sections', { query: { limit: 100 } })).items,
  });
  const listed = all.filter((section) => section.listed).toSorted((a, b) => a.position - b.position);
  const placed = slots.sections.filter(({ section }) => listed.some((known) => known.id === section));
  const rows = [
    ...placed,
    ...listed
      .filter((known) => !placed.some(({ section }) => section === known.id))
      .map((known) => ({ section: known.id, shown: true, stories: [] })),
  ];
  const put = (sections: FrontSlots['sections']): void => onChange({ ...slots, sections });
  const move = (from: number, by: number): void => {
    const next = [...rows];
    const [row] = next.splice(from, 1);
    if (row !== undefined) next.splice(from + by, 0, row);
    put(next);
  };
  return (
    <section className="stack tight" aria-label={text.sections}>
      <h2>{text.sections}</h2>
      <ol className="plainlist">
        {rows.map((row, at) => {
          const name = listed.find((known) => known.id === row.section)?.name ?? '';
          return (
            <li key={row.section} className="stack tight">
              <div className="line apart">
                <span>{name}</span>
                {mayWrite && (
                  <span className="line">
                    <Checkbox
                      label={text.shown}
                      checked={row.shown}
                      onChange={(shown) =>
                        put(rows.map((other, i) => (i === at ? { ...other, shown } : other)))
                      }
                    />
                    <IconButton
                      icon="up"
                      label={text.up(name)}
                      disabled={at === 0}
                      onClick={() => move(at, -1)}
                    />
                    <IconButton
                      icon="down"
                      label={text.down(name)}
                      disabled={at === rows.length - 1}
                      onClick={() => move(at, 1)}
                    />
                  </span>
                )}
              </div>
              {row.shown && (
                <SectionStories
                  section={row.section}
                  name={name}
                  edition={state.edition}
                  placed={row.stories}
                  stories={state.stories}
                  mayWrite={mayWrite}
                  onChange={(stories) =>
                    put(rows.map((other, i) => (i === at ? { ...other, stories } : other)))
                  }
                />
              )}
            </li>
          );
        })}
      </ol>
      <Running slots={slots} mayWrite={mayWrite} onChange={onChange} />
    </section>
  );
}

function Running({ slots, mayWrite, onChange }: Props) {
  const text = useText(frontText);
  const { data = [] } = useQuery({
    queryKey: ['storylines', 'chosen', slots.storylines],
    queryFn: () => Promise.all(slots.storylines.map((id) => api.get<Storyline>(`storylines/${id}`))),
  });
  return (
    <>
      <h3>{text.storylines}</h3>
      <ol className="plainlist">
        {data.map((line) => (
          <li key={line.id} className="line apart">
            <span dir="auto">{line.title}</span>
            {mayWrite && (
              <IconButton
                icon="close"
                label={text.remove(line.title)}
                onClick={() =>
                  onChange({ ...slots, storylines: slots.storylines.filter((id) => id !== line.id) })
                }
              />
            )}
          </li>
        ))}
      </ol>
      {mayWrite && slots.storylines.length < 6 && (
        <Combobox
          label={text.chooseStoryline}
          value={null}
          onChange={(option) =>
            option !== null &&
            !slots.storylines.includes(option.id) &&
            onChange({ ...slots, storylines: [...slots.storylines, option.id] })
          }
          find={async (q, signal) => {
            const { items } = await api.get<Page<Storyline>>('storylines', {
              query: { q: q.toLowerCase(), limit: 20 },
              signal,
            });
            return items
              .filter((line) => line.state === 'open')
              .map(({ id, title }) => ({ id, label: title }));
          }}
        />
      )}
    </>
  );
}
