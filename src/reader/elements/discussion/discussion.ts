import type { DiscussionWords } from '../../../contract/discussion-words/words.ts';
import { topic } from '../../../contract/live.ts';
import { paths } from '../../../contract/routes.ts';
import { live } from '../live.ts';
import { compose } from './compose.ts';
import { drawComment, el, type Said } from './draw.ts';
import { counted, loadWords } from './words.ts';

type Kind = 'up' | 'down' | 'insight' | 'thanks';
type Mine = { id: string; reactions: Record<string, Kind[]>; ignored: string[] };

/** That somebody of this browser has an account: until then nothing about them is asked. */
const KNOWN = 'discussion account';

function known(): boolean {
  try {
    return localStorage.getItem(KNOWN) !== null;
  } catch {
    return false;
  }
}

function know(): void {
  try {
    localStorage.setItem(KNOWN, '1');
  } catch {
    // Asked again by the next thing that they do.
  }
}

/** Makes a discussion that the server has drawn live; returns the way to stop. */
export async function openDiscussion(host: HTMLElement): Promise<() => void> {
  const { article = '', sort = 'newest' } = host.dataset;
  const w = await loadWords(document.documentElement.lang.split('-')[0] ?? 'en');
  const stops = [answering(host, article, w), reacting(host, article), arriving(host, { article, sort, w })];
  if (known()) mine(host, article, w).catch(() => undefined);
  return () => {
    for (const stop of stops) stop();
  };
}

/** Answers and quotes are written under what they answer. */
function answering(host: HTMLElement, article: string, w: DiscussionWords): () => void {
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
    const write = paths.writeComment(article);
    if (link === null || new URL(link.href).pathname !== write) return;
    const query = new URL(link.href).searchParams;
    if (query.has('via')) return;
    event.preventDefault();
    const to = query.get('to') ?? undefined;
    const comment = to === undefined ? undefined : document.getElementById(`comment-${to}`);
    host.querySelector('.cm-form')?.remove();
    const quoted = query.has('quote')
      ? (comment?.querySelector<HTMLElement>('.cm-text')?.innerText ?? '')
      : '';
    compose({
      article,
      to,
      quote:
        quoted === ''
          ? ''
          : `${quoted
              .slice(0, 1000)
              .split('\n')
              .filter((line) => line !== '')
              .map((line) => `> ${line}`)
              .join('\n')}\n\n`,
      w,
      place: (form) => {
        if (comment == null) host.querySelector('.ways')?.after(form);
        else comment.append(form);
      },
      posted: (id) => {
        know();
        fetchComment(id)
          .then((said) => insert(host, said, { w, focus: true }))
          .catch(() => location.assign(paths.comment(article, id)));
      },
    });
  };
  host.addEventListener('click', onClick);
  return () => host.removeEventListener('click', onClick);
}

async function fetchComment(id: string): Promise<Said> {
  const response = await fetch(paths.api(`comments/${id}`), { credentials: 'omit' });
  if (!response.ok) throw new Error(`comment ${id}: ${response.status}`);
  return (await response.json()) as Said;
}

/** Puts a comment where it belongs: its thread, or the top of the list. */
function insert(host: HTMLElement, said: Said, { w, focus }: { w: DiscussionWords; focus: boolean }): void {
  const old = document.getElementById(`comment-${said.id}`);
  const node = drawComment(said, w);
  if (old !== null) old.replaceWith(node);
  else if (said.parent === null)
    threads(host).prepend(el('li', { class: 'thread' }, [el('div', {}, [node])]));
  else {
    const thread = document.getElementById(`comment-${said.thread}`)?.closest('.thread');
    const place = document.getElementById(`comment-${said.parent}`)?.closest('li') ?? thread;
    if (thread == null || place == null) return;
    let answers = thread.querySelector('.answers');
    if (answers === null) {
      answers = el('ol', { class: 'answers' });
      thread.append(answers);
    }
    const item = el('li', { class: `l${said.level}` }, [node]);
    if (place === thread) {
      const more = answers.querySelector(':scope > .cm-more');
      answers.insertBefore(item, more);
    } else {
      // After everything that stands below what it answers, and after its elder siblings.
      let last: Element = place;
      const level = (each: Element | null): number =>
        Number(/\bl(\d)\b/.exec(each?.className ?? '')?.[1] ?? 0);
      while (last.nextElementSibling !== null && level(last.nextElementSibling) >= said.level)
        last = last.nextElementSibling;
      last.after(item);
    }
  }
  if (focus) {
    node.scrollIntoView({ block: 'nearest' });
    node.focus({ preventScroll: true });
  }
}

function threads(host: HTMLElement): Element {
  const list = host.querySelector('.threads');
  if (list !== null) return list;
  const made = el('ol', { class: 'threads' });
  host.append(made);
  // The style sheet of discussions is on pages that have one.
  const sheet = host.dataset['css'];
  if (sheet !== undefined) document.head.append(el('link', { rel: 'stylesheet', href: sheet }));
  return made;
}

/** What one thinks of a comment is said without leaving the page; who is not signed in goes the form's own way. */
function reacting(host: HTMLElement, article: string): () => void {
  const react = async (form: HTMLFormElement, button: HTMLButtonElement, comment: string): Promise<void> => {
    if (button.getAttribute('aria-pressed') === null) await pressed(host, article);
    const on = button.getAttribute('aria-pressed') !== 'true';
    const response = await fetch(paths.api(`comments/${comment}/reactions/${button.value}`), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ on }),
    });
    if (!response.ok) throw new Error(String(response.status));
    know();
    press(button, on, true);
    const other = { up: 'down', down: 'up' }[button.value];
    const opposite = other === undefined ? null : form.querySelector<HTMLButtonElement>(`[value=${other}]`);
    if (on && opposite?.getAttribute('aria-pressed') === 'true') press(opposite, false, true);
  };
  const onSubmit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const comment = form.closest<HTMLElement>('.cm')?.id.slice('comment-'.length);
    if (button?.name !== 'kind' || comment === undefined) return;
    event.preventDefault();
    react(form, button, comment).catch(() => {
      form.append(el('input', { type: 'hidden', name: 'kind', value: button.value }));
      form.submit();
    });
  };
  host.addEventListener('submit', onSubmit);
  return () => host.removeEventListener('submit', onSubmit);
}

function press(button: HTMLButtonElement, on: boolean, counts: boolean): void {
  button.setAttribute('aria-pressed', String(on));
  if (!counts) return;
  const number = button.querySelector('.num');
  if (number === null) return;
  const n = Math.max(0, Number((number.textContent ?? '').replace(/\D/g, '') || 0) + (on ? 1 : -1));
  number.textContent = n === 0 ? '' : String(n);
}

/** Marks every button with what its reader has said. */
async function pressed(host: HTMLElement, article: string): Promise<Mine> {
  const ids = [...host.querySelectorAll('.cm[id]')]
    .map((node) => node.id.slice('comment-'.length))
    .slice(0, 200);
  const response = await fetch(paths.api(`discussions/${article}/mine?comments=${ids.join(',')}`));
  if (!response.ok) throw new Error(String(response.status));
  const answer = (await response.json()) as Mine;
  for (const id of ids)
    for (const button of document
      .getElementById(`comment-${id}`)
      ?.querySelectorAll<HTMLButtonElement>('[name=kind]') ?? [])
      press(button, answer.reactions[id]?.includes(button.value as Kind) === true, false);
  return answer;
}

/** What concerns the reader: what they said, and whom they do not want to read. */
async function mine(host: HTMLElement, article: string, w: DiscussionWords): Promise<void> {
  const { ignored } = await pressed(host, article);
  const hide = new Set(ignored);
  for (const node of host.querySelectorAll<HTMLElement>('.cm[data-by]')) {
    if (!hide.has(node.dataset['by'] ?? '')) continue;
    node.className = 'cm gap';
    node.replaceChildren(el('p', {}, [w.gaps.ignored]));
  }
}

type Page = { readonly article: string; readonly sort: string; readonly w: DiscussionWords };

/** New comments are announced and come when they are asked for: nothing that one reads moves. */
function arriving(host: HTMLElement, { article, w }: Page): () => void {
  const waiting = new Set<string>();
  const bar = el('button', { type: 'button', class: 'cm-new', hidden: '' });
  const status = el('p', { class: 'hidden', role: 'status' });
  host.append(status);
  const draw = (): void => {
    bar.hidden = waiting.size === 0;
    bar.textContent = counted(w.newComments, waiting.size);
    status.textContent = waiting.size === 0 ? '' : (bar.textContent ?? '');
    if (!bar.isConnected) (host.querySelector('.threads') ?? host.lastElementChild ?? host).before(bar);
  };
  bar.addEventListener('click', () => {
    const ids = [...waiting];
    waiting.clear();
    draw();
    // Many at once are read on a page of their own.
    if (ids.length > 30) return location.assign(paths.discussion(article));
    Promise.allSettled(ids.map(fetchComment)).then(
      (results) => {
        const all = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
        for (const [i, said] of all.entries()) insert(host, said, { w, focus: i === all.length - 1 });
      },
      () => undefined,
    );
  });
  return live([topic.discussion(article), topic.article(article)], (message) => {
    if (message.type === 'comment.published') {
      const { comment } = message.data;
      if (document.getElementById(`comment-${comment}`) !== null) return;
      waiting.add(comment);
      draw();
    } else if (message.type === 'comment.changed') {
      waiting.delete(message.data.comment);
      draw();
      const node = document.getElementById(`comment-${message.data.comment}`);
      if (node === null || node.contains(document.activeElement)) return;
      fetchComment(message.data.comment).then(
        (said) => insert(host, said, { w, focus: false }),
        () => {
          // It is not shown any more.
          node.className = 'cm gap';
          node.replaceChildren(el('p', {}, [w.gaps.removed]));
        },
      );
    } else if (message.type === 'numbers' && message.data.comments !== undefined) {
      const number = document.querySelector('#discussion-head .num');
      if (number !== null)
        number.textContent = `(${new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`).format(message.data.comments)})`;
    }
  });
}
