import type { ComponentChildren, VNode } from 'preact';
import type { PageModel } from '../../contract/pages.ts';
import type { Ui } from '../ui.ts';
import { chromeLanguage } from '../strings/index.ts';
import { Head } from './head.tsx';
import { Footer, Masthead } from './masthead.tsx';

/** The whole document around a page: head, skip link, masthead, main, foot. */
export function Shell({
  page,
  ui,
  children,
}: {
  page: PageModel;
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
      </body>
    </html>
  );
}
