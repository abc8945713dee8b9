import type { ComponentChildren, VNode } from 'preact';
import type { CommentBlock, CommentDoc, CommentInline } from '../../contract/comment-doc.ts';
import { reactionKinds } from '../../contract/comments.ts';
import type { DiscussionWords } from '../../contract/discussion-words/index.ts';
import type { CommentView, DiscussionView, ThreadView } from '../../contract/pages.ts';
import { initials } from '../../base/initials.ts';
import { paths } from '../../contract/routes.ts';
import { safeHref } from '../safe.ts';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';
import { DateTime } from './bits.tsx';

/** What readers wrote is of them: search engines are told so, and the other site learns nothing of the reader. */
const REL = 'ugc nofollow noopener noreferrer';

function inline(node: CommentInline): ComponentChildren {
  if (node.type === 'break') return <br />;
  if (node.type === 'mention') return <b class="cm-at">@{node.name}</b>;
  let inner: ComponentChildren = node.text;
  if (node.code === true) inner = <code>{inner}</code>;
  if (node.italic === true) inner = <em>{inner}</em>;
  if (node.bold === true) inner = <strong>{inner}</strong>;
  const href = node.href === undefined ? undefined : safeHref(node.href);
  return href === undefined ? (
    inner
  ) : (
    <a href={href} rel={REL}>
      {inner}
    </a>
  );
}

function block(node: CommentBlock): VNode {
  switch (node.type) {
    case 'paragraph':
      return <p dir="auto">{node.content.map(inline)}</p>;
    case 'quote':
      return <blockquote>{node.content.map(block)}</blockquote>;
    case 'list': {
      const items = node.items.map((item) => <li>{item.map(inline)}</li>);
      return node.ordered ? <ol dir="auto">{items}</ol> : <ul dir="auto">{items}</ul>;
    }
    case 'code':
      return (
        <pre dir="ltr">
          <code>{node.text}</code>
        </pre>
      );
  }
}

/** The text of a comment. */
export function CommentText({ body, lang }: { body: CommentDoc; lang?: string | undefined }): VNode {
  return (
    <div class="cm-text" lang={lang}>
      {body.content.map(block)}
    </div>
  );
}

function Author({ w, author }: { w: DiscussionWords; author: CommentView['author'] }): VNode {
  const { mark } = author ?? {};
  const name = author === undefined || author.name === '' ? w.someone : author.name;
  return (
    <>
      <bdi class="cm-name">{name}</bdi>
      {mark !== undefined && <span class={`cm-mark ${mark}`}>{w[mark]}</span>}
    </>
  );
}

/** The picture beside a name, or the name's letters: said by the name already. */
function Face({ author }: { author: CommentView['author'] }): VNode {
  return author?.picture === undefined ? (
    <span class="cm-face" aria-hidden="true">
      {initials(author?.name ?? '')}
    </span>
  ) : (
    <img class="cm-face" src={author.picture} alt="" width={28} height={28} loading="lazy" decoding="async" />
  );
}

/** One comment, or the gap where it was. */
export function Comment({
  ui,
  comment,
  actions = true,
  open = true,
}: {
  ui: Ui;
  comment: CommentView;
  /** Without: only what it says. */
  actions?: boolean;
  /** Whether it can be answered. */
  open?: boolean;
}): VNode {
  const { w } = ui;
  const at = `#comment-${comment.id}`;
  if (comment.gap !== undefined)
    return (
      <article class="cm gap" id={at.slice(1)}>
        <p>{w.gaps[comment.gap]}</p>
      </article>
    );
  const id = `by-${comment.id}`;
  return (
    <article
      class={`cm${comment.featured === true ? ' picked' : ''}`}
      id={at.slice(1)}
      aria-labelledby={id}
      data-by={comment.author?.id}
    >
      <header>
        <Face author={comment.author} />
        <span id={id}>
          <Author w={w} author={comment.author} />
        </span>
        <a class="cm-when" href={comment.href + at} title={w.permalink}>
          <DateTime ui={ui} at={comment.at} />
        </a>
        {comment.edited !== undefined && <a href={comment.edited.href}>{w.edited}</a>}
        {comment.featured === true && <span class="cm-mark">{w.featured}</span>}
      </header>
      {comment.quotes !== undefined && (
        <blockquote class="cm-to" dir="auto">
          <a href={`${comment.quotes.href}`}>
            {fill(w.inAnswerTo, { name: comment.quotes.name || w.someone })}
          </a>{' '}
          {comment.quotes.excerpt}
        </blockquote>
      )}
      {comment.body !== undefined && (
        <CommentText body={comment.body} lang={comment.lang === ui.lang ? undefined : comment.lang} />
      )}
      {actions && <Actions ui={ui} comment={comment} open={open} />}
    </article>
  );
}

function Actions({ ui, comment, open }: { ui: Ui; comment: CommentView; open: boolean }): VNode {
  const { w } = ui;
  const articleId = comment.href.split('/')[2] ?? '';
  const form = (name: Parameters<typeof paths.commentForm>[2]): string =>
    paths.commentForm(articleId, comment.id, name);
  return (
    <footer>
      <form method="post" action={form('react')}>
        {reactionKinds.map((kind) => (
          <button name="kind" value={kind}>
            {w.reactions[kind]}{' '}
            <span class="num">{comment.reactions[kind] > 0 && ui.fmt.number(comment.reactions[kind])}</span>
          </button>
        ))}
      </form>
      {open && (
        <a rel="nofollow" href={paths.writeComment(articleId, { to: comment.id })}>
          {w.reply}
        </a>
      )}
      <details>
        <summary>{w.more}</summary>
        {open && (
          <a rel="nofollow" href={paths.writeComment(articleId, { to: comment.id, quote: '1' })}>
            {w.quote}
          </a>
        )}
        <a rel="nofollow" href={form('edit')}>
          {w.edit}
        </a>
        <a rel="nofollow" href={form('delete')}>
          {w.remove}
        </a>
        <a rel="nofollow" href={paths.reportComment(articleId, comment.id)}>
          {w.report}
        </a>
        {comment.author?.id !== undefined && (
          <a rel="nofollow" href={form('ignore')}>
            {w.ignore}
          </a>
        )}
      </details>
    </footer>
  );
}

/** A thread: its first comment and answers, in one list whatever their depth. */
export function Thread({
  ui,
  thread,
  open,
  focus,
}: {
  ui: Ui;
  thread: ThreadView;
  open: boolean;
  focus?: string | undefined;
}): VNode {
  const { more } = thread;
  return (
    <li class="thread">
      <div class={thread.top.id === focus ? 'focus' : undefined}>
        <Comment ui={ui} comment={thread.top} open={open} />
      </div>
      {(thread.replies.length > 0 || more !== undefined) && (
        <ol class="answers">
          {thread.replies.map((reply) => (
            <li class={`l${reply.level}${reply.id === focus ? ' focus' : ''}`}>
              <Comment ui={ui} comment={reply} open={open} />
            </li>
          ))}
          {more !== undefined && (
            <li class="l1 cm-more">
              <a href={more.href}>{ui.fmt.count(ui.w.moreAnswers, more.count)}</a>
            </li>
          )}
        </ol>
      )}
    </li>
  );
}

/** The ways to take part, and the orders to read in. */
export function DiscussionTools({ ui, discussion }: { ui: Ui; discussion: DiscussionView }): VNode {
  const { t, w, site } = ui;
  return (
    <>
      {discussion.closed === undefined ? (
        <ul class="ways">
          <li>
            <a rel="nofollow" href={discussion.writeHref}>
              {fill(t.commentVia, { name: site.name })}
            </a>
          </li>
          {discussion.facebookHref !== undefined && (
            <li>
              <a rel="nofollow" href={safeHref(discussion.facebookHref)}>
                {fill(t.commentVia, { name: 'Facebook' })}
              </a>
            </li>
          )}
        </ul>
      ) : (
        <p class="furniture">{w.closed[discussion.closed]}</p>
      )}
      {discussion.slowSeconds !== undefined && discussion.closed === undefined && (
        <p class="furniture">{fill(w.slow, { n: String(discussion.slowSeconds) })}</p>
      )}
    </>
  );
}

/** Threads and what leads on from them. */
export function DiscussionList({
  ui,
  discussion,
  focus,
}: {
  ui: Ui;
  discussion: DiscussionView;
  focus?: string | undefined;
}): VNode {
  const { w } = ui;
  const open = discussion.closed === undefined;
  return (
    <>
      {discussion.featured.length > 0 && (
        <section class="picks" aria-labelledby="picks">
          <h3 id="picks">{w.featured}</h3>
          {discussion.featured.map((comment) => (
            <blockquote>
              {comment.body !== undefined && <CommentText body={comment.body} lang={comment.lang} />}
              <p class="furniture">
                <a href={`${comment.href}#comment-${comment.id}`}>
                  <Author w={w} author={comment.author} />
                </a>
              </p>
            </blockquote>
          ))}
        </section>
      )}
      <ol class="threads">
        {discussion.threads.map((thread) => (
          <Thread ui={ui} thread={thread} open={open} focus={focus} />
        ))}
      </ol>
    </>
  );
}

/** In which order; each is a link. */
export function Orders({ ui, discussion }: { ui: Ui; discussion: DiscussionView }): VNode {
  const { w } = ui;
  return (
    <nav class="orders" aria-label={w.order}>
      {(['newest', 'oldest', 'best'] as const).map((sort) => (
        <a
          href={`${paths.discussion(discussion.articleId, { sort })}#discussion`}
          aria-current={sort === discussion.sort ? 'true' : undefined}
        >
          {w[sort]}
        </a>
      ))}
    </nav>
  );
}
