import { type DiscussionWords, discussionWords } from '../contract/discussion-words/index.ts';
import type { Direction, PageBase, SiteChrome } from '../contract/pages.ts';
import { formatsFor } from './format.ts';
import type { Formats } from './format.ts';
import { chromeLanguage, stringsOf } from './strings/index.ts';
import type { Strings } from './strings/index.ts';

/** What every component needs to speak: the words, the formats and the site, all of one page. */
export type Ui = {
  readonly lang: string;
  readonly dir: Direction;
  readonly t: Strings;
  /** The words of the discussion. */
  readonly w: DiscussionWords;
  readonly fmt: Formats;
  readonly site: SiteChrome;
};

export function uiOf(page: PageBase): Ui {
  return {
    lang: page.lang,
    dir: page.dir,
    t: stringsOf(page.lang),
    w: discussionWords(page.lang),
    fmt: formatsFor(chromeLanguage(page.lang), page.site.timeZone),
    site: page.site,
  };
}
