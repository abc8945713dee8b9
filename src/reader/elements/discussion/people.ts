import type { DiscussionWords } from '../../../contract/discussion-words/words.ts';
import { paths } from '../../../contract/routes.ts';
import { el } from './draw.ts';

type Person = { readonly id: string; readonly name: string };

/** Offers people of the discussion while a name is typed after an @: arrows choose, Enter or Tab takes, Escape leaves. */
export function suggestPeople(
  area: HTMLTextAreaElement,
  { article, w }: { readonly article: string; readonly w: DiscussionWords },
): void {
  const list = el('ul', { class: 'cm-people', role: 'listbox', 'aria-label': w.people, hidden: '' });
  area.after(list);
  let found: readonly Person[] = [];
  let at = 0;
  let asked = 0;

  const begun = (): { start: number; text: string } | undefined => {
    const before = area.value.slice(0, area.selectionStart);
    const match = /(?:^|[\s(])@([\p{L}\p{N}][^\s@]{0,40}(?: [^\s@]{0,20})?)$/u.exec(before);
    return match === null ? undefined : { start: before.lastIndexOf('@'), text: match[1] ?? '' };
  };
  const close = (): void => {
    found = [];
    list.hidden = true;
    list.replaceChildren();
  };
  const take = (person: Person): void => {
    const word = begun();
    if (word === undefined) return;
    area.setRangeText(`@${person.name} `, word.start, area.selectionStart, 'end');
    area.dispatchEvent(new Event('input'));
    close();
    area.focus();
  };
  const draw = (): void => {
    list.hidden = found.length === 0;
    list.replaceChildren(
      ...found.map((person, i) => {
        const button = el('button', { type: 'button', tabindex: '-1' }, [person.name]);
        button.addEventListener('click', () => take(person));
        return el('li', { role: 'option', 'aria-selected': String(i === at) }, [button]);
      }),
    );
  };
  area.addEventListener('input', () => {
    const word = begun();
    asked += 1;
    const mine = asked;
    if (word === undefined) return close();
    fetch(paths.api(`discussions/${article}/people?q=${encodeURIComponent(word.text)}`)).then(
      async (response) => {
        if (!response.ok || mine !== asked) return;
        found = ((await response.json()) as { people: Person[] }).people;
        at = 0;
        draw();
      },
      () => undefined,
    );
  });
  area.addEventListener('keydown', (event) => {
    const person = found[at];
    if (person === undefined) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      at = (at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
      draw();
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab')
      take(person);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
}
