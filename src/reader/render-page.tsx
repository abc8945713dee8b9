import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageModel } from '../contract/pages.ts';
import { Shell } from './components/shell.tsx';
import { ArchiveDayPage } from './pages/archive.tsx';
import { ArticlePage } from './pages/article.tsx';
import { DiscussionFormPage } from './pages/discussion-form.tsx';
import { CommentHistoryPage, DiscussionPage } from './pages/discussion.tsx';
import { FrontPage } from './pages/front.tsx';
import { HistoryPage } from './pages/history.tsx';
import { AuthorPage, SectionPage, StorylinePage, TagPage } from './pages/lists.tsx';
import { LivePage } from './pages/live.tsx';
import { EpisodePage, ProgrammePage } from './pages/podcast.tsx';
import { PartsPage } from './pages/parts.tsx';
import { SearchPage } from './pages/search.tsx';
import { ShortLinkPage } from './pages/short-link.tsx';
import { ErrorPage, GonePage, NotFoundPage, OfflinePage } from './pages/states.tsx';
import { StaticPage } from './pages/static.tsx';
import { uiOf } from './ui.ts';
import type { Ui } from './ui.ts';

function draw(page: PageModel, ui: Ui): VNode {
  switch (page.kind) {
    case 'front':
      return <FrontPage ui={ui} page={page} />;
    case 'article':
      return <ArticlePage ui={ui} page={page} />;
    case 'section':
      return <SectionPage ui={ui} page={page} />;
    case 'storyline':
      return <StorylinePage ui={ui} page={page} />;
    case 'tag':
      return <TagPage ui={ui} page={page} />;
    case 'author':
      return <AuthorPage ui={ui} page={page} />;
    case 'archive-day':
      return <ArchiveDayPage ui={ui} page={page} />;
    case 'search':
      return <SearchPage ui={ui} page={page} />;
    case 'history':
      return <HistoryPage ui={ui} page={page} />;
    case 'short-link':
      return <ShortLinkPage ui={ui} page={page} />;
    case 'discussion':
      return <DiscussionPage ui={ui} page={page} />;
    case 'comment-history':
      return <CommentHistoryPage ui={ui} page={page} />;
    case 'discussion-form':
      return <DiscussionFormPage ui={ui} page={page} />;
    case 'static':
      return <StaticPage ui={ui} page={page} />;
    case 'parts':
      return <PartsPage ui={ui} page={page} />;
    case 'live':
      return <LivePage ui={ui} page={page} />;
    case 'programme':
      return <ProgrammePage ui={ui} page={page} />;
    case 'episode':
      return <EpisodePage ui={ui} page={page} />;
    case 'not-found':
      return <NotFoundPage ui={ui} page={page} />;
    case 'gone':
      return <GonePage ui={ui} page={page} />;
    case 'error':
      return <ErrorPage ui={ui} page={page} />;
    case 'offline':
      return <OfflinePage ui={ui} page={page} />;
  }
}

/**
 * A page of the reader site as a whole HTML document. Pure: the same model gives the same bytes. The page is complete
 * without JavaScript, has no inline script or style, and asks nothing of another origin.
 */
export function renderPage(page: PageModel): string {
  const ui = uiOf(page);
  return `<!doctype html>${renderToString(
    <Shell page={page} ui={ui}>
      {draw(page, ui)}
    </Shell>,
  )}`;
}
