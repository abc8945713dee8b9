import type { ComponentChildren, VNode } from 'preact';
import type { PageBase, PageLive } from '../../contract/pages.ts';
import type { Ui } from '../ui.ts';
import { chromeLanguage } from '../strings/index.ts';
import { Head } from './head.tsx';
import { Footer, Masthead } from './masthead.tsx';

/** Tells that the page is seen, and shows at its foot what happens meanwhile; without script a picture tells the first. */
function Live({ ui, live, front }: { ui: Ui; live: PageLive; front: boolean }): VNode {
  const { t } = ui;
  const { story } = live;
  const words = {
    news: t.newsHere,
    close: t.putAway,
    breaking: t.breaking,
    onAir: t.onAir,
    ...(front ? { stories: JSON.stringify(t.newStories) } : {}),
    ...(story === undefined
      ? {}
      : {
          show: t.showChanges,
          anew: t.readAnew,
          update: t.update,
          correction: t.correction,
          clarification: t.clarification,
          kill: t.killedTitle,
          takedown: t.takedownTitle,
        }),
  };
  return (
    <page-live
      data-seen={live.seenHref}
      data-topics={live.topics.join()}
      data-words={JSON.stringify(words)}
      data-href={ui.site.liveNumbersHref}
      {...(story === undefined
        ? {}
        : {
            'data-id': story.id,
            'data-version': story.version,
            'data-changes': story.changesHref,
            'data-zone': ui.site.timeZone,
          })}
    >
      <noscript>
        <img src={live.seenPictureHref} alt="" width="1" height="1" />
      </noscript>
    </page-live>
  );
}

/** The whole document around a page: head, skip link, masthead, main, foot. */
export function Shell({
  page,
  ui,
  children,
}: {
  page: PageBase & { readonly kind: string };
  ui: Ui;
  children: ComponentChildren;
}): VNode {
  const chrome = chromeLanguage(page.lang);
  const foreign = chrome === page.lang ? {} : ({ lang: chrome, dir: 'ltr' } as const);
  return (
    <html lang={page.lang} dir={page.dir}>
      <Head page={page} />
      <body class={`k-${page.kind}`}>
        <a class="skip" href="#main" {...foreign}>
          {ui.t.skipToContent}
        </a>
        <Masthead ui={ui} front={page.kind === 'front'} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer ui={ui} feeds={page.feeds} />
        {page.live !== undefined && <Live ui={ui} live={page.live} front={page.kind === 'front'} />}
      </body>
    </html>
  );
}
