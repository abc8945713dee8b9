import type { ArticleChanges } from '../../contract/pages/changes.ts';

type Change = ArticleChanges['changes'][number];

const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();

/** The words of a change, what was cut and what was added told apart, for eyes and for ears (`del` and `ins`). */
function written(parts: Change['parts']): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const { op, text } of parts) {
    if (op === 'same') {
      made.append(text);
      continue;
    }
    const mark = document.createElement(op === 'insert' ? 'ins' : 'del');
    mark.textContent = text;
    made.append(mark);
  }
  return made;
}

/** The block of the page that has this text; the first one may begin with a dateline. */
function blockOf(text: string): HTMLElement | undefined {
  const wanted = plain(text);
  if (wanted === '') return undefined;
  return [...document.querySelectorAll<HTMLElement>('.prose > *')].find((block) =>
    plain(block.textContent).endsWith(wanted),
  );
}

/** Marks in the text what has changed, at the reader's wish; the window stays where it is, and goes to the first change only when none is in it. */
export function markChanges(changes: readonly Change[]): void {
  const marked: HTMLElement[] = [];
  for (const { field, before, after, parts } of changes) {
    let place: HTMLElement | null | undefined;
    if (field === 'headline') place = document.querySelector<HTMLElement>('.story-head h1');
    else if (field === 'lede') place = document.querySelector<HTMLElement>('.story > .lede');
    else if (before !== '') place = blockOf(before);
    if (field === 'body' && before === '') {
      place = document.createElement('p');
      const anchor = blockOf(after ?? '');
      if (anchor === undefined) document.querySelector('.prose')?.prepend(place);
      else anchor.after(place);
    }
    if (place === undefined || place === null) continue;
    place.replaceChildren(written(parts));
    place.classList.add('is-changed');
    marked.push(place);
  }
  const seen = marked.some((place) => {
    const { top, bottom } = place.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  if (!seen) marked[0]?.scrollIntoView({ block: 'center' });
}
