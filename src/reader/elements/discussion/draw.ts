import type { CommentBlock, CommentDoc, CommentInline } from '../../../contract/comment-doc.ts';
import type { DiscussionWords } from '../../../contract/discussion-words/words.ts';
import { initials } from '../../../base/initials.ts';
import { paths } from '../../../contract/routes.ts';
import { fill } from './words.ts';

/** A comment as the API says it. */
export type Said = {
  readonly id: string;
  readonly article: string;
  readonly parent: string | null;
  readonly thread: string;
  readonly level: number;
  readonly state: 'visible' | 'held' | 'removed' | 'deleted';
  readonly author: {
    readonly id: string | null;
    readonly name: string;
    readonly mark: string | null;
    readonly picture: string | null;
  } | null;
  readonly body: CommentDoc | null;
  readonly at: string;
  readonly editedAt: string | null;
  readonly reactions: Readonly<Record<'up' | 'down' | 'insight' | 'thanks', number>>;
  readonly quotes: { readonly id: string; readonly name: string; readonly excerpt: string } | null;
};

type Props = Readonly<Record<string, string | undefined>>;

/** An element with attributes and children; text is text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function inline(node: CommentInline): Node | string {
  if (node.type === 'break') return el('br');
  if (node.type === 'mention') return el('b', { class: 'cm-at' }, [`@${node.name}`]);
  let inner: Node | string = node.text;
  if (node.code === true) inner = el('code', {}, [inner]);
  if (node.italic === true) inner = el('em', {}, [inner]);
  if (node.bold === true) inner = el('strong', {}, [inner]);
  return node.href !== undefined && /^https?:\/\//i.test(node.href)
    ? el('a', { href: node.href, rel: 'ugc nofollow noopener noreferrer' }, [inner])
    : inner;
}

function block(node: CommentBlock): Node {
  switch (node.type) {
    case 'paragraph':
      return el('p', { dir: 'auto' }, node.content.map(inline));
    case 'quote':
      return el('blockquote', {}, node.content.map(block));
    case 'list':
      return el(
        node.ordered ? 'ol' : 'ul',
        { dir: 'auto' },
        node.items.map((item) => el('li', {}, item.map(inline))),
      );
    case 'code':
      return el('pre', { dir: 'ltr' }, [el('code', {}, [node.text])]);
  }
}

export function drawBody(body: CommentDoc): HTMLElement {
  return el('div', { class: 'cm-text' }, body.content.map(block));
}

function time(at: string): HTMLElement {
  const { lang } = document.documentElement;
  const zone = document.querySelector<HTMLElement>('site-clock')?.dataset['zone'];
  const format = new Intl.DateTimeFormat(`${lang === 'en' ? 'en-GB' : lang}-u-nu-latn-ca-gregory`, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return el('time', { datetime: at }, [format.format(new Date(at))]);
}

/** The picture of the one who writes, from this site alone, or the letters of their name. */
function face(author: Said['author']): HTMLElement {
  if (author?.picture == null)
    return el('span', { class: 'cm-face', 'aria-hidden': 'true' }, [initials(author?.name ?? '')]);
  const src = new URL(author.picture, location.href).pathname;
  return el('img', { class: 'cm-face', alt: '', width: '28', height: '28', loading: 'lazy', src });
}

/** One comment, as the server would have drawn it. */
export function drawComment(said: Said, w: DiscussionWords): HTMLElement {
  const id = `comment-${said.id}`;
  if (said.state !== 'visible' || said.body === null)
    return el('article', { class: 'cm gap', id }, [
      el('p', {}, [w.gaps[said.state === 'visible' ? 'removed' : said.state]]),
    ]);
  const by = `by-${said.id}`;
  const { author, quotes } = said;
  const mark = author?.mark as 'staff' | 'author' | 'guest' | 'imported' | null | undefined;
  const name = author === null || author.name === '' ? w.someone : author.name;
  return el(
    'article',
    { class: 'cm', id, 'aria-labelledby': by, 'data-by': author?.id ?? undefined, tabindex: '-1' },
    [
      el('header', {}, [
        face(author),
        el('span', { id: by }, [
          el('bdi', { class: 'cm-name' }, [name]),
          ...(mark == null ? [] : [el('span', { class: `cm-mark ${mark}` }, [w[mark]])]),
        ]),
        el(
          'a',
          { class: 'cm-when', href: `${paths.comment(said.article, said.id)}#${id}`, title: w.permalink },
          [time(said.at)],
        ),
        ...(said.editedAt === null
          ? []
          : [el('a', { href: paths.commentHistory(said.article, said.id) }, [w.edited])]),
      ]),
      ...(quotes === null
        ? []
        : [
            el('blockquote', { class: 'cm-to', dir: 'auto' }, [
              el('a', { href: paths.comment(said.article, quotes.id) }, [
                fill(w.inAnswerTo, { name: quotes.name || w.someone }),
              ]),
              ` ${quotes.excerpt}`,
            ]),
          ]),
      drawBody(said.body),
      actions(said, w),
    ],
  );
}

function actions(said: Said, w: DiscussionWords): HTMLElement {
  const { article, id } = said;
  const link = (href: string, label: string): HTMLElement => el('a', { href, rel: 'nofollow' }, [label]);
  return el('footer', {}, [
    el(
      'form',
      { method: 'post', action: paths.commentForm(article, id, 'react') },
      (['up', 'down', 'insight', 'thanks'] as const).map((kind) =>
        el('button', { name: 'kind', value: kind }, [
          `${w.reactions[kind]} `,
          el('span', { class: 'num' }, said.reactions[kind] > 0 ? [String(said.reactions[kind])] : []),
        ]),
      ),
    ),
    link(paths.writeComment(article, { to: id }), w.reply),
    el('details', {}, [
      el('summary', {}, [w.more]),
      link(paths.writeComment(article, { to: id, quote: '1' }), w.quote),
      link(paths.commentForm(article, id, 'edit'), w.edit),
      link(paths.commentForm(article, id, 'delete'), w.remove),
      link(paths.reportComment(article, id), w.report),
      ...(said.author?.id == null ? [] : [link(paths.commentForm(article, id, 'ignore'), w.ignore)]),
    ]),
  ]);
}
