import type { ArticlePage } from './pages/article.ts';
import type { CommentHistoryPage, DiscussionFormPage, DiscussionPage } from './pages/discussion.ts';
import type {
  ArchiveDayPage,
  AuthorPage,
  FrontPage,
  SearchPage,
  SectionPage,
  StorylinePage,
  TagPage,
} from './pages/lists.ts';
import type {
  EpisodePage,
  ErrorPage,
  GonePage,
  LivePage,
  NotFoundPage,
  OfflinePage,
  ProgrammePage,
  StaticPage,
} from './pages/other.ts';
import type { PartsPage } from './pages/parts.ts';
import type { HistoryPage, ShortLinkPage } from './pages/record.ts';

export type * from './pages/article.ts';
export type * from './pages/chrome.ts';
export type * from './pages/discussion.ts';
export type * from './pages/lists.ts';
export type * from './pages/other.ts';
export type * from './pages/parts.ts';
export type * from './pages/record.ts';
export type * from './pages/story.ts';

/** Everything that a page of the reader site shows: what loaders make and `renderPage` draws. */
export type PageModel =
  | FrontPage
  | ArticlePage
  | SectionPage
  | StorylinePage
  | TagPage
  | AuthorPage
  | ArchiveDayPage
  | SearchPage
  | HistoryPage
  | ShortLinkPage
  | DiscussionPage
  | CommentHistoryPage
  | DiscussionFormPage
  | StaticPage
  | PartsPage
  | LivePage
  | ProgrammePage
  | EpisodePage
  | NotFoundPage
  | GonePage
  | ErrorPage
  | OfflinePage;

export type PageKind = PageModel['kind'];
