import type { VNode } from 'preact';
import type { FrontPage as Model, StoryCard } from '../../contract/pages.ts';
import { Empty, StateTag, StorylineLabel, When } from '../components/bits.tsx';
import { Card, River } from '../components/card.tsx';
import { Most } from '../components/most.tsx';
import type { Ui } from '../ui.ts';

type Section = Model['sections'][number];

/** Sections take turns in three rhythms, so that the eye can tell them apart on the way down. */
const RHYTHMS = ['opener', 'row', 'digest'] as const;

function SectionBand({ ui, section, index }: { ui: Ui; section: Section; index: number }): VNode | null {
  const [first, ...rest] = section.stories;
  if (first === undefined) return null;
  const rhythm = RHYTHMS[index % RHYTHMS.length] ?? 'row';
  const id = `s${index}`;
  return (
    <section class={`band ${rhythm}`} aria-labelledby={id}>
      <h2 class="band-head" id={id}>
        <a href={section.href}>{section.name}</a>
      </h2>
      <div class="band-grid">
        <Card ui={ui} story={first} look="feature" level={3} size={rhythm === 'opener' ? 'lead' : 'third'} />
        {rest.map((story, place) => (
          <Card
            ui={ui}
            story={story}
            look={lookOf(rhythm, place)}
            level={3}
            size="thumb"
            lede={rhythm !== 'digest'}
          />
        ))}
      </div>
    </section>
  );
}

function lookOf(rhythm: (typeof RHYTHMS)[number], place: number): 'brief' | 'line' | 'side' {
  if (rhythm === 'digest') return 'line';
  if (rhythm === 'opener') return place < 2 ? 'side' : 'brief';
  return 'brief';
}

function Storylines({ ui, storylines }: { ui: Ui; storylines: Model['storylines'] }): VNode | null {
  if (storylines.length === 0) return null;
  return (
    <section class="threads" aria-labelledby="threads">
      <h2 class="band-head" id="threads">
        {ui.t.runningStories}
      </h2>
      <div class="threads-grid">
        {storylines.map(({ storyline, stories }) => (
          <div class="thread">
            <h3>
              <StorylineLabel ui={ui} storyline={storyline} />
            </h3>
            <River ui={ui} stories={stories} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Breaking({ ui, story }: { ui: Ui; story: StoryCard }): VNode {
  return (
    <p class="strip" lang={story.lang} dir={story.dir}>
      <StateTag ui={ui} state={story.state === 'live' ? 'live' : 'breaking'} />
      <a href={story.href}>{story.headline}</a>
      <When ui={ui} at={story.publishedAt} />
    </p>
  );
}

export function FrontPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { lead, top, latest } = page;
  const beside = top.slice(0, 3);
  const below = top.slice(3);
  if (lead === undefined && latest.length === 0) return <Empty ui={ui} />;
  return (
    <>
      {page.breaking !== undefined && <Breaking ui={ui} story={page.breaking} />}
      <div class="top">
        {lead !== undefined && <Card ui={ui} story={lead} look="lead" level={2} size="lead" eager />}
        <div class="beside">
          {beside.map((story, index) => (
            <Card
              ui={ui}
              story={story}
              look={index === 0 ? 'feature' : 'brief'}
              level={2}
              eager={index === 0}
            />
          ))}
        </div>
        {below.length > 0 && (
          <div class="below">
            {below.map((story) => (
              <Card ui={ui} story={story} look="side" level={2} size="thumb" lede={false} />
            ))}
          </div>
        )}
        {latest.length > 0 && (
          <section class="latest" aria-labelledby="latest">
            <h2 class="band-head" id="latest">
              {ui.site.archiveHref === undefined ? (
                ui.t.latest
              ) : (
                <a href={ui.site.archiveHref}>{ui.t.latest}</a>
              )}
            </h2>
            <River ui={ui} stories={latest} />
          </section>
        )}
        <Storylines ui={ui} storylines={page.storylines} />
      </div>
      {page.most !== undefined && <Most ui={ui} lists={page.most} lang={page.lang} />}
      {page.sections.map((section, index) => (
        <SectionBand ui={ui} section={section} index={index} />
      ))}
    </>
  );
}
