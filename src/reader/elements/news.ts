import type { LiveMessage } from '../../contract/live.ts';
import type { ArticleChanges } from '../../contract/pages/changes.ts';
import { markChanges } from './marks.ts';
import { digits, phrase } from './phrase.ts';

/** The words of the element, by name. */
type Words = Readonly<Record<string, string | undefined>>;

const wordsOf = (page: HTMLElement): Words => JSON.parse(page.dataset['words'] ?? '{}') as Words;

/** What is told stands at the foot of the window, over the page: nothing that one reads moves. */
function shelf(page: HTMLElement): HTMLElement {
  let found = page.querySelector<HTMLElement>('.told');
  if (found === null) {
    found = document.createElement('div');
    found.className = 'told';
    found.setAttribute('role', 'region');
    found.setAttribute('aria-label', wordsOf(page)['news'] ?? '');
    found.setAttribute('aria-live', 'polite');
    page.append(found);
  }
  return found;
}

function part(name: string, options: { class?: string; text?: string } = {}): HTMLElement {
  const made = document.createElement(name);
  if (options.class !== undefined) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  return made;
}

/** One line of the shelf in place of an earlier one of its kind, with a way to put it away. */
function line(page: HTMLElement, kind: string): HTMLElement {
  const made = part('p', { class: `told-line ${kind}` });
  made.dataset['kind'] = kind;
  const close = part('button', { class: 'told-close' });
  close.setAttribute('type', 'button');
  close.setAttribute('aria-label', wordsOf(page)['close'] ?? '');
  close.addEventListener('click', () => made.remove());
  for (const old of shelf(page).querySelectorAll(`[data-kind="${kind}"]`)) old.remove();
  made.append(close);
  shelf(page).prepend(made);
  return made;
}

function breaking(page: HTMLElement, story: Extract<LiveMessage, { type: 'breaking' }>['data']): void {
  if (location.pathname === story.path) return;
  const put = `breaking ${story.article}`;
  try {
    // Put away once is put away on all pages of this visit.
    if (sessionStorage.getItem(put) !== null) return;
  } catch {
    // No storage: it is told on each page.
  }
  const made = line(page, 'breaking');
  made.dataset['article'] = story.article;
  const link = part('a', { text: story.headline });
  link.setAttribute('href', story.path);
  link.lang = story.language;
  link.dir = 'auto';
  made.prepend(
    part('strong', { class: 'tag-now breaking', text: wordsOf(page)['breaking'] ?? '' }),
    ' ',
    link,
  );
  made.querySelector('button')?.addEventListener('click', () => {
    try {
      sessionStorage.setItem(put, '1');
    } catch {
      // As above.
    }
  });
}

/** The story was changed, corrected or withdrawn: says so, and shows what on request. */
export async function changed(page: HTMLElement): Promise<void> {
  const { changes, version = '0' } = page.dataset;
  if (changes === undefined) return;
  // A thousand readers of one story do not all ask at once.
  await new Promise((resolve) => setTimeout(resolve, 1500 * Math.random()));
  const response = await fetch(changes.replace('{from}', version), { credentials: 'omit' });
  if (!response.ok) return;
  const found = (await response.json()) as ArticleChanges;
  const words = wordsOf(page);
  if (found.gone !== undefined) return withdrawn(page, found);
  if (found.version <= Number(version)) return;
  const made = line(page, 'change');
  const time = part('time', {
    text: new Intl.DateTimeFormat(document.documentElement.lang, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: page.dataset['zone'] ?? 'UTC',
    }).format(new Date(found.at)),
  });
  time.setAttribute('datetime', found.at);
  const said = part('span', { class: 'told-said' });
  said.append(
    part('strong', { text: words[found.reason] ?? words['update'] ?? '' }),
    ', ',
    time,
    '. ',
    found.note,
  );
  made.prepend(said);
  if (found.changes.length > 0) {
    const show = part('button', { class: 'told-do', text: words['show'] ?? '' });
    show.setAttribute('type', 'button');
    show.addEventListener('click', () => {
      markChanges(found.changes);
      show.remove();
    });
    said.after(' ', show);
  }
  const anew = part('a', { text: words['anew'] ?? '' });
  anew.setAttribute('href', found.path);
  made.querySelector('.told-close')?.before(anew, ' ');
}

/** A withdrawn story is not left standing: its notice takes its place. */
function withdrawn(page: HTMLElement, found: ArticleChanges): void {
  const words = wordsOf(page);
  const story = document.querySelector('article.story');
  if (story === null || found.gone === undefined) return;
  const notice = part('div', { class: 'story story-gone' });
  notice.setAttribute('role', 'alert');
  notice.append(
    part('h1', { text: words[found.gone] ?? '' }),
    part('p', { class: 'lede', text: found.note }),
  );
  const more = part('a', { text: words['anew'] ?? '' });
  more.setAttribute('href', found.path);
  const last = part('p');
  last.append(more);
  notice.append(last);
  story.replaceWith(notice);
  document.querySelector('#discussion')?.remove();
  document.title = words[found.gone] ?? document.title;
  notice.scrollIntoView({ block: 'nearest' });
}

/** On the air: the masthead says what. */
function onAir(title: string | undefined, words: Words): void {
  const listen = document.querySelector('.listen');
  if (listen === null) return;
  listen.classList.toggle('on-air', title !== undefined);
  for (const old of listen.querySelectorAll('.hidden, .listen-title')) old.remove();
  if (title === undefined) return;
  listen.append(
    part('span', { class: 'hidden', text: `: ${words['onAir'] ?? ''}` }),
    part('span', { class: 'listen-title', text: title }),
  );
}

/** The labels of a storyline, wherever they stand: "Western Sanctions Against Russia (738)". */
function recount({ path, count }: Extract<LiveMessage, { type: 'storyline.count' }>['data']): void {
  for (const label of document.querySelectorAll(`a.label[href="${CSS.escape(path)}"] .num`))
    label.textContent = `(${digits(count)})`;
}

/** Stories that came while a front page is open: told at the foot, and there when it is asked for anew. */
function newStory(
  page: HTMLElement,
  story: Extract<LiveMessage, { type: 'article.published' }>['data'],
): void {
  const { stories } = wordsOf(page);
  if (stories === undefined || !DATED.test(story.path)) return;
  if (story.visibility !== 'live') came.delete(story.article);
  else if (story.version === 1) came.add(story.article);
  else return;
  if (came.size === 0) {
    page.querySelector('[data-kind="new"]')?.remove();
    return;
  }
  const made = line(page, 'new');
  const link = part('a', { text: phrase(JSON.parse(stories) as Record<string, string>, came.size) });
  link.setAttribute('href', location.pathname);
  made.prepend(link);
  made.querySelector('.told-close')?.addEventListener('click', () => came.clear());
}
const came = new Set<string>();
/** The address of a story; that of a page such as `/about` has no day. */
const DATED = /^\/[^/]+\/\d{4}\/\d\d\/\d\d\//;

/** Shows a message of the channel that concerns the page. */
export function show(page: HTMLElement, message: LiveMessage): void {
  const { id } = page.dataset;
  const { type, data } = message as { type: string; data: Readonly<Record<string, unknown>> };
  if (message.type === 'breaking') breaking(page, message.data);
  else if (message.type === 'breaking.over')
    page.querySelector(`.told-line[data-article="${CSS.escape(message.data.article)}"]`)?.remove();
  else if (message.type === 'article.published' && message.data.article === id) void changed(page);
  else if (message.type === 'reset' && message.topic === `article:${id}`) void changed(page);
  else if (message.type === 'article.published') newStory(page, message.data);
  else if (message.type === 'storyline.count') recount(message.data);
  else if (type === 'on-air')
    onAir(typeof data['title'] === 'string' ? data['title'] : undefined, wordsOf(page));
}
