import type { VNode } from 'preact';
import type { EpisodePage as Episode, ProgrammePage as Programme } from '../../contract/pages.ts';
import { DateTime } from '../components/bits.tsx';
import { safeHref } from '../safe.ts';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';

function clock(second: number): string {
  const [hours, minutes, seconds] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** A programme: who makes it, its feed, its episodes. */
export function ProgrammePage({ ui, page }: { ui: Ui; page: Programme }): VNode {
  return (
    <>
      <header class="page-head">
        <h1>{page.title}</h1>
        {page.summary !== '' && <p class="intro">{page.summary}</p>}
        <p class="facts">
          {page.hosts.length > 0 && <span>{page.hosts.join(', ')}</span>}
          <a href={safeHref(page.feedHref)}>{ui.t.subscribe}</a>
        </p>
      </header>
      <section aria-labelledby="episodes">
        <h2 class="band-head" id="episodes">
          {ui.t.episodes}
        </h2>
        {page.episodes.length === 0 && <p class="furniture">{ui.t.noStories}</p>}
        <ul class="plain">
          {page.episodes.map((episode) => (
            <li>
              <a href={safeHref(episode.href)}>{episode.label}</a>
              <p class="furniture num">
                <DateTime ui={ui} at={episode.publishedAt} />
                {episode.durationSeconds !== undefined && ` · ${ui.fmt.duration(episode.durationSeconds)}`}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** An episode; a link with `#t=95` begins there, as media fragments do. */
export function EpisodePage({ ui, page }: { ui: Ui; page: Episode }): VNode {
  const { t } = ui;
  return (
    <>
      <header class="page-head">
        <p class="kicker">
          <a href={safeHref(page.programme.href)}>{page.programme.label}</a>
        </p>
        <h1>{page.title}</h1>
        {page.summary !== '' && <p class="intro">{page.summary}</p>}
        <p class="facts num">
          <DateTime ui={ui} at={page.publishedAt} />
          <span>{ui.fmt.duration(page.durationSeconds)}</span>
        </p>
        <episode-audio>
          <audio class="player" controls preload="metadata" aria-label={page.title}>
            <source src={safeHref(page.audio.src)} type={page.audio.type} />
            {page.transcript?.vtt === true && (
              <track kind="captions" src={safeHref(page.transcript.src)} srclang={page.transcript.language} />
            )}
          </audio>
        </episode-audio>
        {page.transcript !== undefined && (
          <p class="furniture">
            <a href={safeHref(page.transcript.src)}>{t.episodeTranscript}</a>
          </p>
        )}
      </header>
      {page.chapters.length > 0 && (
        <section aria-labelledby="chapters">
          <h2 class="band-head" id="chapters">
            {t.chapters}
          </h2>
          <ol class="plain">
            {page.chapters.map((chapter) => (
              <li>
                <a class="num" href={`#t=${chapter.second}`}>
                  {clock(chapter.second)}
                </a>{' '}
                {chapter.href === undefined ? (
                  chapter.title
                ) : (
                  <a href={safeHref(chapter.href)}>{chapter.title}</a>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      {page.moments.length > 0 && (
        <section aria-labelledby="moments">
          <h2 class="band-head" id="moments">
            {t.momentArticles}
          </h2>
          <ul class="plain">
            {page.moments.map((moment) => (
              <li>
                <a href={safeHref(moment.href)}>{moment.label}</a>{' '}
                <a class="furniture num" href={`#t=${moment.second}`}>
                  {fill(t.fromMoment, { time: clock(moment.second) })}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
