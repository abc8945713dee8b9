import type { ComponentChildren, VNode } from 'preact';
import type {
  AuthorPage as Author,
  SectionPage as Section,
  StorylinePage as Storyline,
  TagPage as Tag,
} from '../../contract/pages.ts';
import { LateNumber } from '../components/article-furniture.tsx';
import { Empty, Pager, StorylineLabel } from '../components/bits.tsx';
import { Card, StoryList } from '../components/card.tsx';
import { Most } from '../components/most.tsx';
import { Picture } from '../components/picture.tsx';
import { safeHref } from '../safe.ts';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';

type HeadProps = { kicker?: ComponentChildren; title: ComponentChildren; children?: ComponentChildren };

/** The opening of a page that is a list: what it is, its name, and a line or two. */
export function PageHead({ kicker, title, children }: HeadProps): VNode {
  return (
    <header class="page-head">
      {kicker !== undefined && <p class="kicker">{kicker}</p>}
      <h1>{title}</h1>
      {children}
    </header>
  );
}

export function SectionPage({ ui, page }: { ui: Ui; page: Section }): VNode {
  const [first, ...others] = page.stories;
  const leads = page.firstPage && others.length > 4;
  return (
    <>
      <PageHead title={page.name}>{page.intro !== undefined && <p class="intro">{page.intro}</p>}</PageHead>
      {first === undefined && <Empty ui={ui} />}
      {leads && first !== undefined && (
        <div class="section-top">
          <Card ui={ui} story={first} look="lead" level={2} size="lead" eager />
          <div class="section-beside">
            {others.slice(0, 4).map((story) => (
              <Card ui={ui} story={story} look="side" level={2} size="thumb" />
            ))}
          </div>
        </div>
      )}
      {first !== undefined && (
        <div class="with-rail">
          <StoryList ui={ui} stories={leads ? others.slice(4) : page.stories} />
          {page.storylines.length > 0 && (
            <aside class="rail" aria-labelledby="running">
              <h2 class="band-head" id="running">
                {ui.t.runningStories}
              </h2>
              <ul class="plain">
                {page.storylines.map((storyline) => (
                  <li>
                    <StorylineLabel ui={ui} storyline={storyline} />
                  </li>
                ))}
              </ul>
            </aside>
          )}
        </div>
      )}
      {page.most !== undefined && <Most ui={ui} lists={page.most} lang={page.lang} />}
      <Pager ui={ui} paging={page.paging} />
    </>
  );
}

function Timeline({ ui, entries }: { ui: Ui; entries: Storyline['timeline'] }): VNode {
  return (
    <aside class="rail timeline" aria-labelledby="timeline">
      <h2 class="band-head" id="timeline">
        {ui.t.timeline}
      </h2>
      <ol>
        {entries.map(({ date, text, href, kind }) => (
          <li class={kind === 'version' ? 'was-version' : undefined}>
            <time datetime={date}>{ui.fmt.day(date)}</time>
            <span>{href === undefined ? text : <a href={safeHref(href)}>{text}</a>}</span>
          </li>
        ))}
      </ol>
    </aside>
  );
}

export function StorylinePage({ ui, page }: { ui: Ui; page: Storyline }): VNode {
  const { storyline, timeline, stories } = page;
  return (
    <>
      <PageHead kicker={ui.t.storyline} title={storyline.name}>
        {page.intro !== undefined && <p class="intro">{page.intro}</p>}
        <p class="facts">
          <span class="num">
            <LateNumber
              ui={ui}
              of="stories"
              id={`storyline:${page.id}`}
              value={storyline.count}
              forms={ui.t.articles}
            />
          </span>
          {page.since !== undefined && (
            <span>
              {fill(ui.t.since, { date: '' }).trim()}{' '}
              <time datetime={page.since}>{ui.fmt.day(page.since)}</time>
            </span>
          )}
          {storyline.closed === true && <span>{ui.t.closed}</span>}
        </p>
      </PageHead>
      {stories.length === 0 ? (
        <Empty ui={ui} />
      ) : (
        <div class="with-rail">
          <StoryList ui={ui} stories={stories} label={false} />
          {timeline.length > 0 && <Timeline ui={ui} entries={timeline} />}
        </div>
      )}
      <Pager ui={ui} paging={page.paging} />
    </>
  );
}

export function TagPage({ ui, page }: { ui: Ui; page: Tag }): VNode {
  const { concept, beside } = page;
  return (
    <>
      <PageHead kicker={ui.t.conceptKinds[concept.kind]} title={concept.name}>
        {concept.description !== undefined && <p class="intro">{concept.description}</p>}
        <p class="facts">
          <span class="num">{ui.fmt.count(ui.t.articles, concept.count)}</span>
        </p>
      </PageHead>
      {page.stories.length === 0 ? (
        <Empty ui={ui} />
      ) : (
        <div class="with-rail">
          <StoryList ui={ui} stories={page.stories} />
          {beside.length > 0 && (
            <aside class="rail" aria-labelledby="beside">
              <h2 class="band-head" id="beside">
                {ui.t.besideThis}
              </h2>
              <ul class="plain">
                {beside.map(({ label, href }) => (
                  <li>
                    <a href={href}>{label}</a>
                  </li>
                ))}
              </ul>
            </aside>
          )}
        </div>
      )}
      <Pager ui={ui} paging={page.paging} />
    </>
  );
}

export function AuthorPage({ ui, page }: { ui: Ui; page: Author }): VNode {
  const { author } = page;
  return (
    <>
      <div class={author.portrait === undefined ? 'author' : 'author with-portrait'}>
        {author.portrait !== undefined && (
          <div class="portrait">
            <Picture picture={author.portrait} size="thumb" eager />
          </div>
        )}
        <PageHead kicker={author.role} title={author.name}>
          {author.bio !== undefined && <p class="intro">{author.bio}</p>}
          <p class="facts">
            <span class="num">{ui.fmt.count(ui.t.articles, author.count)}</span>
            {author.links.map(({ label, href }) => (
              <a href={safeHref(href)} rel="me noopener">
                {label}
              </a>
            ))}
          </p>
        </PageHead>
      </div>
      {page.stories.length === 0 ? <Empty ui={ui} /> : <StoryList ui={ui} stories={page.stories} />}
      <Pager ui={ui} paging={page.paging} />
    </>
  );
}
