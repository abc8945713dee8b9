import type { VNode } from 'preact';
import type { LivePage as Model } from '../../contract/pages.ts';
import { DateTime, StateTag } from '../components/bits.tsx';
import { safeHref } from '../safe.ts';
import type { Ui } from '../ui.ts';

function OnAir({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { onAir, streams, listeners } = page;
  if (onAir === undefined) {
    return (
      <header class="page-head">
        <p class="kicker">{ui.t.liveTitle}</p>
        <h1>{ui.t.offAir}</h1>
        <p class="intro">{ui.t.offAirHelp}</p>
      </header>
    );
  }
  return (
    <header class="page-head">
      <p class="kicker">
        <StateTag ui={ui} state="live" /> {ui.t.liveTitle}
      </p>
      <h1>{onAir.title}</h1>
      {page.song !== undefined && (
        <p class="intro">
          <span class="hidden">{ui.t.nowPlaying}: </span>
          {page.song}
        </p>
      )}
      {onAir.description !== undefined && <p class="intro">{onAir.description}</p>}
      <p class="facts">
        {onAir.host !== undefined && <span>{onAir.host}</span>}
        <span class="num">
          <time datetime={onAir.startsAt}>{ui.fmt.time(onAir.startsAt)}</time>
          {onAir.endsAt !== undefined && (
            <>
              –<time datetime={onAir.endsAt}>{ui.fmt.time(onAir.endsAt)}</time>
            </>
          )}
        </span>
        {page.next !== undefined && (
          <span>
            {ui.t.upNext}: <time datetime={page.next.startsAt}>{ui.fmt.time(page.next.startsAt)}</time>{' '}
            {page.next.title}
          </span>
        )}
        {listeners !== undefined && <span class="num">{ui.fmt.count(ui.t.listeners, listeners)}</span>}
      </p>
      {streams.length > 0 && (
        <audio class="player" controls preload="none" aria-label={ui.t.listenLive}>
          {streams.map(({ src, type }) => (
            <source src={safeHref(src)} type={type} />
          ))}
        </audio>
      )}
    </header>
  );
}

/** The place of the radio; plays with the browser's own player, and names the streams for others. */
export function LivePage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { t } = ui;
  return (
    <>
      <OnAir ui={ui} page={page} />
      <div class="with-rail">
        <section aria-labelledby="schedule">
          <h2 class="band-head" id="schedule">
            {t.schedule}
          </h2>
          {page.schedule.length === 0 && <p class="furniture">{t.noStories}</p>}
          <ol class="list schedule">
            {page.schedule.map((item) => (
              <li aria-current={item.now === true ? 'true' : undefined}>
                <time class="when" datetime={item.startsAt}>
                  {ui.fmt.time(item.startsAt)}
                </time>
                <div class="card brief">
                  {item.now === true && <StateTag ui={ui} state="live" />}
                  <h3>
                    {item.href === undefined ? item.title : <a href={safeHref(item.href)}>{item.title}</a>}
                  </h3>
                  {item.description !== undefined && <p class="card-lede">{item.description}</p>}
                  {item.host !== undefined && <p class="furniture">{item.host}</p>}
                </div>
              </li>
            ))}
          </ol>
        </section>
        <aside class="rail" aria-label={t.episodes}>
          {page.episodes.length > 0 && (
            <>
              <h2 class="band-head">{t.episodes}</h2>
              <ul class="plain">
                {page.episodes.map((episode) => (
                  <li>
                    <a href={safeHref(episode.href)}>{episode.label}</a>
                    <p class="furniture num">
                      <DateTime ui={ui} at={episode.publishedAt} />
                      {episode.durationSeconds !== undefined &&
                        ` · ${ui.fmt.duration(episode.durationSeconds)}`}
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )}
          {page.streams.length > 0 && (
            <>
              <h2 class="band-head">{t.streams}</h2>
              <ul class="plain">
                {page.streams.map(({ src, label }) => (
                  <li>
                    <a href={safeHref(src)}>{label}</a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </aside>
      </div>
    </>
  );
}
