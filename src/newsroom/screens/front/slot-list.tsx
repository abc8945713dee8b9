import { type KeyboardEvent, useState } from 'react';
import type { FrontSlots, FrontState, StoryRef } from '../../../contract/front.ts';
import { useText } from '../../i18n.ts';
import { frontText } from '../../strings/front.ts';
import { Badge, Icon, IconButton, TimeOf } from '../../ui/kit.ts';
import { type Place, places, putAt, slotAt, swap } from './slots.ts';
import { Until } from './until.tsx';

type Props = {
  readonly slots: FrontSlots;
  readonly state: FrontState;
  readonly mayWrite: boolean;
  readonly onChange: (slots: FrontSlots) => void;
};

/** The places of the page with who stands there. Moved by the pointer, or lifted with space and moved with the arrows. */
export function SlotList({ slots, state, mayWrite, onChange }: Props) {
  const text = useText(frontText);
  const [held, setHeld] = useState<{ at: Place; before: FrontSlots }>();
  const [over, setOver] = useState<Place>();
  const [said, setSaid] = useState('');
  const stories = new Map(state.stories.map((story) => [story.id, story]));
  const nameOf = (place: Place): string => {
    const [list, at] = place.split('/');
    return place === 'lead'
      ? text.lead
      : `${list === 'top' ? text.top : text.pinned}, ${text.place(Number(at) + 1)}`;
  };
  const standing = standingOf(state, slots);
  const storyAt = (place: Place): StoryRef | undefined => {
    const slot = slotAt(slots, place);
    return slot === null ? standing.get(place) : (stories.get(slot.article) ?? standing.get(place));
  };
  const shown = places.filter(
    (place) => !place.startsWith('pinned') || Number(place.slice(7)) <= slots.pinned.length,
  );
  const move = (from: Place, to: Place): void => {
    const name = storyAt(from)?.headline ?? '';
    // A story that stands by itself is put by hand when it is moved.
    const own = slotAt(slots, from);
    const story = standing.get(from);
    const fixed = own === null && story !== undefined ? putAt(slots, from, { article: story.id }) : slots;
    onChange(swap(fixed, from, to));
    setSaid(text.moved(name, nameOf(to)));
  };
  const onKeyDown = (event: KeyboardEvent, place: Place): void => {
    const name = storyAt(place)?.headline;
    if (name === undefined) return;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (held === undefined) {
        setHeld({ at: place, before: slots });
        setSaid(text.held(name));
      } else {
        setHeld(undefined);
        setSaid(text.moved(name, nameOf(place)));
      }
      return;
    }
    if (held === undefined) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onChange(held.before);
      setHeld(undefined);
      setSaid(text.letGo);
      return;
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const to = shown[shown.indexOf(place) + by];
    if (by === 0 || to === undefined) return;
    event.preventDefault();
    move(place, to);
    setHeld({ ...held, at: to });
    focusPlace(to);
  };
  return (
    <section aria-label={text.title}>
      <p className="unseen" role="status" aria-live="assertive">
        {said}
      </p>
      {(['lead', 'top', 'pinned'] as const).map((group) => (
        <div key={group}>
          <h2>{text[group]}</h2>
          <ol className={`slots ${group}`}>
            {shown
              .filter((place) => place === group || place.startsWith(`${group}/`))
              .map((place) => {
                const slot = slotAt(slots, place);
                const story = storyAt(place);
                const isHeld = held?.at === place;
                return (
                  <li
                    key={place}
                    className={`slot${story === undefined ? ' empty' : ''}${over === place ? ' over' : ''}${isHeld ? ' held' : ''}`}
                    data-place={place}
                    data-by={slot === null ? 'itself' : 'hand'}
                    draggable={mayWrite && story !== undefined}
                    onDragStart={(event) => {
                      event.dataTransfer.setData('text/x-place', place);
                      event.dataTransfer.effectAllowed = 'move';
                    }}
                    onDragOver={(event) => {
                      event.preventDefault();
                      setOver(place);
                    }}
                    onDragLeave={() => setOver(undefined)}
                    onDrop={(event) => {
                      event.preventDefault();
                      setOver(undefined);
                      const from = event.dataTransfer.getData('text/x-place') as Place | '';
                      const article = event.dataTransfer.getData('text/x-article');
                      if (from !== '') move(from, place);
                      else if (article !== '') onChange(putAt(slots, place, { article }));
                    }}
                  >
                    {mayWrite && story !== undefined ? (
                      <button
                        type="button"
                        className="btn plain icon grip"
                        aria-label={text.take(story.headline)}
                        aria-pressed={isHeld}
                        onKeyDown={(event) => onKeyDown(event, place)}
                        onBlur={(event) => {
                          // The row is drawn anew while it moves; only leaving the list puts it down.
                          const next = event.relatedTarget;
                          if (next instanceof Element && next.closest('.slot') === null) setHeld(undefined);
                        }}
                      >
                        <Icon name="grip" />
                      </button>
                    ) : (
                      <span />
                    )}
                    <div>
                      <p className="headline" dir="auto">
                        {story?.headline ?? text.empty}
                      </p>
                      <p className="quiet small">
                        {place !== 'lead' && `${text.place(Number(place.split('/')[1]) + 1)} · `}
                        {slot === null ? text.itself : <Badge mark="full">{text.byHand}</Badge>}
                        {slot?.until !== undefined && (
                          <>
                            {' '}
                            · {text.until} <TimeOf instant={new Date(slot.until).toISOString()} />
                          </>
                        )}
                        {story !== undefined && (
                          <>
                            {' · '}
                            <TimeOf instant={story.publishedAt} />
                          </>
                        )}
                      </p>
                    </div>
                    {mayWrite && slot !== null ? (
                      <span className="line">
                        <Until
                          slot={slot}
                          name={story?.headline ?? ''}
                          onChange={(next) => onChange(putAt(slots, place, next))}
                        />
                        <IconButton
                          icon="close"
                          label={text.remove(story?.headline ?? '')}
                          onClick={() => onChange(putAt(slots, place, null))}
                        />
                      </span>
                    ) : (
                      <span />
                    )}
                  </li>
                );
              })}
          </ol>
        </div>
      ))}
    </section>
  );
}

/** Who stands in the places that fill themselves, in the order in which they are filled. */
function standingOf(state: FrontState, slots: FrontSlots): Map<Place, StoryRef> {
  const found = new Map<Place, StoryRef>();
  if (state.filled.lead !== null) found.set('lead', state.filled.lead.story);
  const own = state.filled.top.filter(({ by }) => by === 'itself').map(({ story }) => story);
  const named = new Set(state.stories.map((story) => story.id));
  for (let i = 0; i < 8; i += 1) {
    const slot = slots.top[i] ?? null;
    const held = slot !== null && named.has(slot.article);
    const story = held ? undefined : own.shift();
    if (story !== undefined) found.set(`top/${i}`, story);
  }
  return found;
}

/** After the row has been drawn at its new place. */
function focusPlace(place: Place): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-place="${place}"] .grip`)?.focus());
}
