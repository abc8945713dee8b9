import type { ComponentChildren, VNode } from 'preact';
import type {
  ErrorPage as Failure,
  GonePage as Gone,
  NotFoundPage as NotFound,
  OfflinePage as Offline,
  StoryCard,
} from '../../contract/pages.ts';
import { DateTime } from '../components/bits.tsx';
import { River } from '../components/card.tsx';
import type { Ui } from '../ui.ts';

function Latest({ ui, stories }: { ui: Ui; stories: readonly StoryCard[] }): VNode | null {
  if (stories.length === 0) return null;
  return (
    <section class="state-latest" aria-labelledby="latest">
      <h2 class="band-head" id="latest">
        {ui.t.latest}
      </h2>
      <River ui={ui} stories={stories} />
    </section>
  );
}

/** A page that has no story to show says so in large type, and what to do next. */
function Notice(props: { figure: string; title: string; children: ComponentChildren }): VNode {
  return (
    <div class="state">
      <p class="state-figure" aria-hidden="true">
        {props.figure}
      </p>
      <div class="state-text">
        <h1>{props.title}</h1>
        {props.children}
      </div>
    </div>
  );
}

export function NotFoundPage({ ui, page }: { ui: Ui; page: NotFound }): VNode {
  const { t, site } = ui;
  return (
    <>
      <Notice figure="404" title={t.notFoundTitle}>
        <p>{t.notFoundText}</p>
        <p>{t.notFoundHelp}</p>
        <form
          class="state-search"
          role="search"
          aria-label={t.searchTitle}
          action={site.searchHref}
          method="get"
        >
          <label class="hidden" for="q">
            {t.searchFor}
          </label>
          <input id="q" type="search" name="q" />
          <button class="do" type="submit">
            {t.search}
          </button>
        </form>
      </Notice>
      <Latest ui={ui} stories={page.latest} />
    </>
  );
}

export function GonePage({ ui, page }: { ui: Ui; page: Gone }): VNode {
  const { t } = ui;
  const killed = page.reason === 'kill';
  return (
    <>
      <Notice figure="410" title={killed ? t.killedTitle : t.takedownTitle}>
        {page.headline !== undefined && <p class="withdrawn">{page.headline}</p>}
        {page.notice !== undefined && <p>{page.notice}</p>}
        <p>{killed ? t.killedText : t.takedownText}</p>
        <p class="facts">
          <DateTime ui={ui} at={page.at} />
          {page.historyHref !== undefined && <a href={page.historyHref}>{t.history}</a>}
        </p>
      </Notice>
      <Latest ui={ui} stories={page.latest} />
    </>
  );
}

export function ErrorPage({ ui, page }: { ui: Ui; page: Failure }): VNode {
  const { t } = ui;
  return (
    <Notice figure={String(page.status)} title={t.errorTitle}>
      <p>{t.errorText}</p>
      <p>{t.errorRetry}</p>
      {page.reference !== undefined && (
        <p class="facts">
          {t.errorReference} <code>{page.reference}</code>
        </p>
      )}
      <p>
        <a class="do" href={ui.site.homeHref}>
          {t.home}
        </a>
      </p>
    </Notice>
  );
}

export function OfflinePage({ ui, page }: { ui: Ui; page: Offline }): VNode {
  const { t } = ui;
  return (
    <>
      <Notice figure="—" title={t.offlineTitle}>
        <p>{t.offlineText}</p>
        <p>
          <a class="do" href={ui.site.path}>
            {t.offlineRetry}
          </a>
        </p>
      </Notice>
      {page.saved.length > 0 && (
        <section class="state-latest" aria-labelledby="saved">
          <h2 class="band-head" id="saved">
            {t.offlineSaved}
          </h2>
          <River ui={ui} stories={page.saved} />
        </section>
      )}
    </>
  );
}
