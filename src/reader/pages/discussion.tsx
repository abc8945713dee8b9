import type { VNode } from 'preact';
import type { CommentHistoryPage as History, DiscussionPage as Model } from '../../contract/pages.ts';
import { DateTime } from '../components/bits.tsx';
import { Comment, CommentText, DiscussionList, DiscussionTools, Orders } from '../components/comments.tsx';
import type { Ui } from '../ui.ts';

function StoryHead({ story, kicker }: { story: { headline: string; href: string }; kicker: string }): VNode {
  return (
    <header class="page-head">
      <p class="kicker">{kicker}</p>
      <h1>
        <a href={story.href}>{story.headline}</a>
      </h1>
    </header>
  );
}

/** A further page of a discussion, one thread, or a comment in its thread. */
export function DiscussionPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { w, t } = ui;
  const { discussion } = page;
  return (
    <>
      <StoryHead story={page.story} kicker={t.discussion} />
      <section class="discussion" id="discussion" aria-labelledby="discussion-head">
        <h2 class="band-head" id="discussion-head">
          {ui.fmt.count(t.comments, discussion.count)}
        </h2>
        <live-discussion
          data-article={discussion.articleId}
          data-sort={discussion.sort}
          data-count={discussion.count}
          data-open={discussion.closed === undefined ? '' : undefined}
          data-single={page.single ? '' : undefined}
          data-later={discussion.first === undefined ? undefined : ''}
        >
          <DiscussionTools ui={ui} discussion={discussion} />
          {!page.single && <Orders ui={ui} discussion={discussion} />}
          {discussion.earlier !== undefined && (
            <p class="cm-more">
              <a href={discussion.earlier}>{w.earlierAnswers}</a>
            </p>
          )}
          <DiscussionList ui={ui} discussion={discussion} focus={page.focus} />
          {discussion.threads.length === 0 && <p class="furniture">{w.nobodyYet}</p>}
        </live-discussion>
        <nav class="pager" aria-label={t.pages}>
          {discussion.first === undefined ? (
            <span />
          ) : (
            <a href={discussion.first}>
              <span class="arrow back" aria-hidden="true" />
              {page.single ? w.allComments : w.firstPage}
            </a>
          )}
          {discussion.next !== undefined && (
            <a rel="next" href={discussion.next}>
              {w.moreComments}
              <span class="arrow" aria-hidden="true" />
            </a>
          )}
        </nav>
        <p class="furniture ways">
          <a href={ui.site.standardsHref}>{t.communityStandards}</a>
          <a href={discussion.feedHref}>{w.feed}</a>
          <a rel="nofollow" href={discussion.followHref}>
            {w.follow}
          </a>
        </p>
      </section>
    </>
  );
}

/** What a comment says and what it said before. */
export function CommentHistoryPage({ ui, page }: { ui: Ui; page: History }): VNode {
  const { w } = ui;
  return (
    <>
      <StoryHead story={page.story} kicker={w.history} />
      <section class="discussion">
        <p class="furniture">{w.historyIntro}</p>
        <h2 class="band-head">{w.now}</h2>
        <Comment ui={ui} comment={page.comment} actions={false} />
        {page.before.map(({ at, body }) => (
          <div class="cm">
            <header>
              <DateTime ui={ui} at={at} />
            </header>
            <CommentText body={body} />
          </div>
        ))}
        <p class="cm-more">
          <a href={`${page.comment.href}#comment-${page.comment.id}`}>{w.toComment}</a>
        </p>
      </section>
    </>
  );
}
