import type { VNode } from 'preact';
import type { Dateline as DatelineModel } from '../../contract/pages.ts';
import type { Ui } from '../ui.ts';

/**
 * `Moscow, January 21 (Agency) —` as the language of the story writes it: the place in small capitals where the script has
 * them, and the dash of the language. Upper-case places of old wires are set in lower case, which the small capitals raise.
 */
export function Dateline({ ui, dateline }: { ui: Ui; dateline: DatelineModel }): VNode | null {
  const { place, date, source } = dateline;
  if (place === undefined && date === undefined && source === undefined) return null;
  const { comma } = ui.fmt;
  const dash = ui.lang.startsWith('de') ? '–' : '—';
  return (
    <span class="dateline">
      {place !== undefined && <span class="sc">{titleCase(place, ui.lang)}</span>}
      {place !== undefined && date !== undefined && comma}
      {date !== undefined && <time datetime={date}>{ui.fmt.monthDay(date)}</time>}
      {source !== undefined && ` (${source})`} {dash}{' '}
    </span>
  );
}

function titleCase(place: string, lang: string): string {
  if (place !== place.toLocaleUpperCase(lang) || place === place.toLocaleLowerCase(lang)) return place;
  return place
    .toLocaleLowerCase(lang)
    .replace(
      /(^|[\s\-–(/.])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toLocaleUpperCase(lang),
    );
}
