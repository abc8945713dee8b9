import type { VNode } from 'preact';
import type { Instant } from '../../base/clock.ts';
import { dayIn } from '../../base/clock.ts';
import type { Paging, StoryCard, StorylineRef } from '../../contract/pages.ts';
import { localeFor } from '../format.ts';
import type { Ui } from '../ui.ts';

/** "Western Sanctions Against Russia (737)" */
export function StorylineLabel({ ui, storyline }: { ui: Ui; storyline: StorylineRef }): VNode {
  return (
    <a class="label" href={storyline.href}>
      {storyline.name} <span class="num">({ui.fmt.number(storyline.count)})</span>
    </a>
  );
}

export function StateTag({
  ui,
  state,
}: {
  ui: Ui;
  state: StoryCard['state'] | 'published' | 'preview';
}): VNode | null {
  if (state === 'breaking' || state === 'live')
    return <strong class={`tag-now ${state}`}>{ui.t[state]}</strong>;
  if (state === 'corrected') return <span class="tag-said">{ui.t.corrected}</span>;
  return null;
}

export function DateTime({ ui, at }: { ui: Ui; at: Instant }): VNode {
  return <time datetime={at}>{ui.fmt.dateTime(at)}</time>;
}

/**
 * The time of a story of today, the day of an older one. A cached page may be read after midnight, and minutes pass:
 * the element sets both right, inside a column of fixed width.
 */
export function When({ ui, at }: { ui: Ui; at: Instant }): VNode {
  const { now, timeZone } = ui.site;
  const today = dayIn(at, timeZone) === dayIn(now, timeZone);
  return (
    <rel-time class="when" data-zone={timeZone} data-locale={localeFor(ui.lang)}>
      <time datetime={at}>{today ? ui.fmt.time(at) : ui.fmt.shortDate(at, now)}</time>
    </rel-time>
  );
}

export function Pager({ ui, paging }: { ui: Ui; paging: Paging }): VNode | null {
  if (paging.newer === undefined && paging.older === undefined) return null;
  return (
    <nav class="pager" aria-label={ui.t.pages}>
      {paging.newer === undefined ? (
        <span />
      ) : (
        <a rel="prev" href={paging.newer}>
          <span class="arrow back" aria-hidden="true" />
          {ui.t.newer}
        </a>
      )}
      {paging.older !== undefined && (
        <a rel="next" href={paging.older}>
          {ui.t.older}
          <span class="arrow" aria-hidden="true" />
        </a>
      )}
    </nav>
  );
}

export function Empty({ ui }: { ui: Ui }): VNode {
  return (
    <div class="empty">
      <p class="empty-said">{ui.t.noStories}</p>
      <p>{ui.t.noStoriesHelp}</p>
    </div>
  );
}
