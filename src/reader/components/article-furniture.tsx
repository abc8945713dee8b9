import type { VNode } from 'preact';
import type { ArticleView } from '../../contract/pages.ts';
import { safeHref } from '../safe.ts';
import { fill } from '../strings/index.ts';
import type { Forms } from '../strings/index.ts';
import type { Ui } from '../ui.ts';
import { DateTime, StorylineLabel } from './bits.tsx';
import { DiscussionList, DiscussionTools, Orders } from './comments.tsx';

/** A number that may have moved since the page was made: refreshed by one small request for all of a page's numbers. */
export function LateNumber(props: {
  ui: Ui;
  of: 'comments' | 'views' | 'readers' | 'stories';
  id: string;
  value: number;
  forms: Forms;
  /** Shown from this number on. */
  least?: number;
}): VNode {
  const { ui, of, id, value, forms, least } = props;
  const href = ui.site.liveNumbersHref;
  const said = <span>{ui.fmt.count(forms, value)}</span>;
  if (href === undefined) return said;
  return (
    <late-number
      data-href={href}
      data-id={id}
      data-of={of}
      data-forms={JSON.stringify(forms)}
      {...(least === undefined ? {} : { 'data-least': least, hidden: value < least })}
    >
      {said}
    </late-number>
  );
}

/** One line under the headline: short address, comments, views, and whether something was corrected. */
export function QuietLine({ ui, article }: { ui: Ui; article: ArticleView }): VNode {
  const { shortLink, counts, discussion } = article;
  const comments = counts.comments !== undefined && (
    <LateNumber ui={ui} of="comments" id={article.id} value={counts.comments} forms={ui.t.comments} />
  );
  return (
    <div class="quiet">
      {shortLink !== undefined && (
        <short-link data-url={shortLink.url} data-copied={ui.t.copied} data-failed={ui.t.copyFailed}>
          <a href={shortLink.href}>{ui.t.getShortUrl}</a>
        </short-link>
      )}
      {discussion !== undefined && comments !== false ? <a href="#discussion">{comments}</a> : comments}
      {counts.views !== undefined && (
        <LateNumber ui={ui} of="views" id={article.id} value={counts.views} forms={ui.t.views} />
      )}
      {counts.views !== undefined && ui.site.liveNumbersHref !== undefined && (
        <LateNumber ui={ui} of="readers" id={article.id} value={0} least={2} forms={ui.t.readersNow} />
      )}
      {article.corrections.length > 0 && <a href="#corrections">{ui.t.corrected}</a>}
    </div>
  );
}

function Bylines({ ui, bylines }: { ui: Ui; bylines: ArticleView['bylines'] }): VNode {
  let next = 0;
  const parts = ui.fmt.listParts(bylines.map(({ name }) => name)).map(({ type, value }) => {
    if (type === 'literal') return value;
    const byline = bylines[next];
    next += 1;
    const name = <span class="byline">{value}</span>;
    return (
      <>
        {byline?.href === undefined ? (
          name
        ) : (
          <a rel="author" href={safeHref(byline.href)}>
            {name}
          </a>
        )}
        {byline?.role !== undefined && <span class="role">{ui.fmt.comma + byline.role}</span>}
      </>
    );
  });
  return <>{parts}</>;
}

/** Who wrote it, and when: in the margin on a desk, above the text on a phone. */
export function Meta({ ui, article }: { ui: Ui; article: ArticleView }): VNode {
  const { t } = ui;
  const { bylines, source, translations } = article;
  return (
    <div class="meta">
      {bylines.length > 0 && (
        <p class="bylines">
          {t.by} <Bylines ui={ui} bylines={bylines} />
        </p>
      )}
      {source !== undefined && (
        <p>
          {t.source}:{' '}
          {safeHref(source.href) === undefined ? (
            source.label
          ) : (
            <a href={safeHref(source.href)}>{source.label}</a>
          )}
        </p>
      )}
      <p>
        {t.published} <DateTime ui={ui} at={article.publishedAt} />
      </p>
      {article.updatedAt !== undefined && (
        <p>
          {t.updated} <DateTime ui={ui} at={article.updatedAt} />
        </p>
      )}
      <p>
        <a href={article.historyHref}>
          {t.history} <span class="num">({ui.fmt.count(t.versions, article.versions)})</span>
        </a>
      </p>
      {translations.length > 0 && (
        <p>
          {t.otherLanguages}:{' '}
          {translations.map(({ lang, label, href }, index) => (
            <>
              {index > 0 && ui.fmt.comma}
              <a href={href} hreflang={lang} lang={lang}>
                {label}
              </a>
            </>
          ))}
        </p>
      )}
    </div>
  );
}

export function Corrections({ ui, article }: { ui: Ui; article: ArticleView }): VNode | null {
  if (article.corrections.length === 0) return null;
  return (
    <section class="corrections" id="corrections" aria-labelledby="corrections-head">
      <h2 class="furniture-head" id="corrections-head">
        {ui.t.corrections}
      </h2>
      {article.corrections.map(({ reason, at, text }) => (
        <p>
          <strong>{ui.t[reason]}</strong>, <DateTime ui={ui} at={at} />. {text}
        </p>
      ))}
    </section>
  );
}

/** The storylines again, each with the stories before and after this one. */
export function StorylineFoot({ ui, article }: { ui: Ui; article: ArticleView }): VNode | null {
  if (article.storylines.length === 0) return null;
  return (
    <nav class="storyline-foot" aria-label={ui.t.inThisStoryline}>
      {article.storylines.map((storyline) => (
        <div>
          <p class="storyline-name">
            <StorylineLabel ui={ui} storyline={storyline} />
          </p>
          {storyline.previous !== undefined && (
            <p class="step">
              <span class="furniture">{ui.t.previousInStoryline}</span>
              <a rel="prev" href={storyline.previous.href}>
                {storyline.previous.label}
              </a>
            </p>
          )}
          {storyline.next !== undefined && (
            <p class="step">
              <span class="furniture">{ui.t.nextInStoryline}</span>
              <a rel="next" href={storyline.next.href}>
                {storyline.next.label}
              </a>
            </p>
          )}
        </div>
      ))}
    </nav>
  );
}

export function Tags({ ui, article }: { ui: Ui; article: ArticleView }): VNode | null {
  if (article.tags.length === 0) return null;
  return (
    <nav class="tags" aria-label={ui.t.tags}>
      <ul>
        {article.tags.map(({ label, href }) => (
          <li>
            <a rel="tag" href={href}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Plain links: nothing of these houses is loaded, and nothing is told to them before a reader follows one. */
export function Share(props: { ui: Ui; url: string; title: string }): VNode {
  const { ui, url, title } = props;
  const u = encodeURIComponent(url);
  const text = encodeURIComponent(title);
  const places = [
    { name: 'Bluesky', href: `https://bsky.app/intent/compose?text=${text}%20${u}` },
    { name: 'Facebook', href: `https://www.facebook.com/sharer/sharer.php?u=${u}` },
    { name: 'Telegram', href: `https://t.me/share/url?url=${u}&text=${text}` },
    { name: 'WhatsApp', href: `https://wa.me/?text=${text}%20${u}` },
    { name: 'X', href: `https://x.com/intent/post?url=${u}&text=${text}` },
  ];
  return (
    <div class="share">
      <p class="furniture-head" id="share">
        {ui.t.share}
      </p>
      <ul aria-labelledby="share">
        <li>
          <a href={`mailto:?subject=${text}&body=${u}`}>{ui.t.shareMail}</a>
        </li>
        {places.map(({ name, href }) => (
          <li>
            <a href={href} rel="noopener" aria-label={fill(ui.t.sharePost, { name })}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The discussion under a story: the ways to take part, its first page, and the way to the rest. */
export function Discussion({
  ui,
  article,
  discussionCss,
}: {
  ui: Ui;
  article: ArticleView;
  /** The sheet that script loads when the first comment comes. */
  discussionCss: string | undefined;
}): VNode {
  const { t, w, site } = ui;
  const { discussion } = article;
  return (
    <section class="discussion" id="discussion" aria-labelledby="discussion-head">
      <h2 class="band-head" id="discussion-head">
        {t.discussion}
        {discussion !== undefined && (
          <>
            {' '}
            <span class="num">({ui.fmt.number(discussion.count)})</span>
          </>
        )}
      </h2>
      {discussion === undefined ? (
        <p class="furniture">{t.discussionQuiet}</p>
      ) : (
        <live-discussion
          data-article={discussion.articleId}
          data-sort={discussion.sort}
          data-count={discussion.count}
          data-css={discussion.threads.length === 0 ? discussionCss : undefined}
          data-open={discussion.closed === undefined ? '' : undefined}
        >
          <DiscussionTools ui={ui} discussion={discussion} />
          {discussion.threads.length > 1 && <Orders ui={ui} discussion={discussion} />}
          {discussion.threads.length > 0 && <DiscussionList ui={ui} discussion={discussion} />}
        </live-discussion>
      )}
      <p class="furniture ways">
        {discussion?.next !== undefined && (
          <a href={discussion.next}>
            {w.moreComments} <span class="arrow" aria-hidden="true" />
          </a>
        )}
        <a href={site.standardsHref}>{t.communityStandards}</a>
        {discussion !== undefined && discussion.count > 0 && <a href={discussion.feedHref}>{w.feed}</a>}
      </p>
    </section>
  );
}
