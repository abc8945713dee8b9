import type { VNode } from 'preact';
import { dayIn } from '../../base/clock.ts';
import { localeFor } from '../format.ts';
import { safeHref } from '../safe.ts';
import type { Ui } from '../ui.ts';

/** Right as of rendering; the element keeps it right from then on, in the same box. */
function Clock({ ui }: { ui: Ui }): VNode {
  const { now, timeZone } = ui.site;
  return (
    <site-clock class="clock" data-zone={timeZone} data-locale={localeFor(ui.lang)}>
      <time datetime={now}>
        <span class="clock-time">{ui.fmt.time(now)}</span>{' '}
        <span class="clock-offset">{ui.fmt.offset(now)}</span>{' '}
        <span class="clock-date">{ui.fmt.longDate(now)}</span>
      </time>
    </site-clock>
  );
}

function ListenLive({ ui }: { ui: Ui }): VNode | null {
  const { listenLive } = ui.site;
  if (listenLive === undefined) return null;
  return (
    <listen-live>
      <a
        class={listenLive.onAir === undefined ? 'listen' : 'listen on-air'}
        href={listenLive.href}
        rel="nofollow"
      >
        {ui.t.listenLive}
        {listenLive.onAir !== undefined && <span class="hidden">: {ui.t.onAir}</span>}
        {listenLive.onAir !== undefined && <span class="listen-title">{listenLive.onAir}</span>}
      </a>
    </listen-live>
  );
}

function Editions({ ui }: { ui: Ui }): VNode | null {
  if (ui.site.languages.length < 2) return null;
  return (
    <nav class="editions" aria-label={ui.t.editions}>
      <ul>
        {ui.site.languages.map(({ lang, label, href }) => (
          <li>
            <a href={href} lang={lang} hreflang={lang} aria-current={lang === ui.lang ? 'true' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isWithin(path: string, href: string): boolean {
  if (path === href) return true;
  const section = href.replace(/^\/section/, '');
  return path.startsWith(`${href}/`) || (section.length > 1 && path.startsWith(`${section}/`));
}

/** The logo, where the house has one; else its name, set in type. */
function Name({ ui }: { ui: Ui }): VNode {
  const { logo, name } = ui.site;
  return logo === undefined ? <>{name}</> : <img class="logo" {...logo} />;
}

/** Name, clock, Listen live, sections and search; the same on every page, set larger on the front page. */
export function Masthead({ ui, front = false }: { ui: Ui; front?: boolean }): VNode {
  const { site, t } = ui;
  return (
    <header class={front ? 'mast mast-front' : 'mast'}>
      <div class="mast-line">
        <Clock ui={ui} />
        <Editions ui={ui} />
        <ListenLive ui={ui} />
      </div>
      <div class="nameplate">
        {front ? (
          <h1>
            <a href={site.homeHref}>
              <Name ui={ui} />
            </a>
          </h1>
        ) : (
          <a href={site.homeHref}>
            <Name ui={ui} />
          </a>
        )}
        {front && site.tagline !== undefined && <p class="tagline">{site.tagline}</p>}
      </div>
      <div class="mast-bar">
        <nav class="sections" aria-label={t.sections}>
          <ul>
            {site.sections.map(({ name, href }) => (
              <li>
                <a href={href} aria-current={isWithin(site.path, href) ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
            {site.menu.map(({ label, href }) => (
              <li>
                <a href={safeHref(href)}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
        <search-box>
          <form class="search" role="search" action={site.searchHref} method="get">
            <label class="hidden" for="q-mast">
              {t.searchPlaceholder}
            </label>
            <input id="q-mast" type="search" name="q" placeholder={t.search} autocomplete="off" />
            <button type="submit" aria-label={t.search}>
              <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path
                  d="M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2m3.6 8.6L14.5 14.5"
                  fill="none"
                  stroke="currentColor"
                />
              </svg>
            </button>
          </form>
        </search-box>
      </div>
    </header>
  );
}

function Contact({ contact }: { contact: NonNullable<Ui['site']['contact']> }): VNode {
  return (
    <address class="foot-contact">
      {contact.address}
      {contact.phone !== undefined && (
        <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>
      )}
      {contact.email !== undefined && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
    </address>
  );
}

export function Footer({ ui, feeds }: { ui: Ui; feeds: readonly { title: string; href: string }[] }): VNode {
  const { site, t } = ui;
  return (
    <footer class="foot">
      <a class="foot-name" href={site.homeHref}>
        {site.name}
      </a>
      <nav aria-label={t.footer}>
        <ul>
          <li>
            <a href={site.standardsHref}>{t.communityStandards}</a>
          </li>
          {site.archiveHref !== undefined && (
            <li>
              <a href={site.archiveHref}>{t.archive}</a>
            </li>
          )}
          {site.footer.map(({ label, href }) => (
            <li>
              <a href={safeHref(href)}>{label}</a>
            </li>
          ))}
          {site.social.map(({ label, href }) => (
            <li>
              <a href={safeHref(href)} rel="me">
                {label}
              </a>
            </li>
          ))}
          {feeds.slice(0, 1).map(({ href }) => (
            <li>
              <a href={href}>{t.feed}</a>
            </li>
          ))}
        </ul>
      </nav>
      {site.contact !== undefined && <Contact contact={site.contact} />}
      <p class="foot-year">
        © {dayIn(site.now, site.timeZone).slice(0, 4)} {site.name}
      </p>
    </footer>
  );
}
