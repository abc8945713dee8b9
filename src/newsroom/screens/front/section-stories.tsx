import { type FrontSlots, SECTION_PLACES, type Slot, type StoryRef } from '../../../contract/front.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { Combobox, IconButton, TimeOf } from '../../ui/kit.ts';
import type { Page, Summary } from '../desks/data.ts';
import { Until } from './until.tsx';

type Placed = FrontSlots['sections'][number]['stories'];
type Props = {
  readonly section: string;
  readonly name: string;
  readonly edition: string;
  readonly placed: Placed;
  /** Everything that the slots name. */
  readonly stories: readonly StoryRef[];
  readonly mayWrite: boolean;
  readonly onChange: (placed: Placed) => void;
};

/** The stories that stand first in a section by hand; the rest of its places fill themselves. */
export function SectionStories({ section, name, edition, placed, stories, mayWrite, onChange }: Props) {
  const text = useText(frontText);
  const slots = placed.filter((slot): slot is Slot => slot !== null);
  const put = (at: number, slot?: Slot): void =>
    onChange(slots.flatMap((one, i) => (i !== at ? [one] : slot === undefined ? [] : [slot])));
  const up = (at: number): void =>
    onChange(slots.map((one, i) => (i === at - 1 ? slots[at] : i === at ? slots[at - 1] : one) ?? one));
  return (
    <div className="stack tight">
      {slots.length > 0 && (
        <ol className="plainlist small" aria-label={text.sectionStories(name)}>
          {slots.map((slot, at) => {
            const headline = stories.find(({ id }) => id === slot.article)?.headline ?? '…';
            return (
              <li key={slot.article} className="line apart">
                <span>
                  <span dir="auto">{headline}</span>
                  {slot.until !== undefined && (
                    <span className="quiet">
                      {' '}
                      · {text.until} <TimeOf instant={new Date(slot.until).toISOString()} />
                    </span>
                  )}
                </span>
                {mayWrite && (
                  <span className="line">
                    <Until slot={slot} name={headline} onChange={(next) => put(at, next)} />
                    <IconButton
                      icon="up"
                      label={text.up(headline)}
                      disabled={at === 0}
                      onClick={() => up(at)}
                    />
                    <IconButton icon="close" label={text.remove(headline)} onClick={() => put(at)} />
                  </span>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {mayWrite && slots.length < SECTION_PLACES && (
        <Combobox
          label={text.addToSection(name)}
          value={null}
          onChange={(option) =>
            option !== null &&
            !slots.some(({ article }) => article === option.id) &&
            onChange([...slots, { article: option.id }])
          }
          find={async (q, signal) => {
            const query = { state: 'published', language: edition, section, limit: 20 };
            const words = q.trim() === '' ? {} : { q: `${q.trim()}*` };
            const { items } = await api.get<Page<Summary>>('articles', {
              query: { ...query, ...words },
              signal,
            });
            return items.map(({ id, headline }) => ({ id, label: headline }));
          }}
        />
      )}
    </div>
  );
}
