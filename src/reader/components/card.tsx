import type { VNode } from 'preact';
import type { StoryCard } from '../../contract/pages.ts';
import type { Ui } from '../ui.ts';
import { StateTag, StorylineLabel, When } from './bits.tsx';
import { Picture } from './picture.tsx';
import type { SizeName } from './picture.tsx';

type CardProps = {
  ui: Ui;
  story: StoryCard;
  /** `lead` and `feature` set the picture above, `side` beside, `brief` has none, `line` is a headline alone. */
  look: 'lead' | 'feature' | 'side' | 'brief' | 'line';
  level: 2 | 3;
  size?: SizeName;
  eager?: boolean;
  /** Left out where the whole list is of that storyline. */
  label?: boolean;
  lede?: boolean;
  when?: boolean;
};

/** A story in a list. Its headline is the one link; the link's area is the whole card. */
export function Card(props: CardProps): VNode {
  const { ui, story, look, level, size = 'third', eager = false, label = true, when = false } = props;
  const Heading = level === 2 ? 'h2' : 'h3';
  const pictured = (look === 'lead' || look === 'feature' || look === 'side') && story.picture !== undefined;
  const lede = props.lede ?? look !== 'line';
  return (
    <article class={`card ${look}${pictured ? ' pictured' : ''}`} lang={story.lang} dir={story.dir}>
      {pictured && story.picture !== undefined && (
        <div class="card-pic">
          <Picture picture={story.picture} size={size} eager={eager} decorative />
        </div>
      )}
      <div class="card-text">
        {label && story.storyline !== undefined && (
          <p class="card-label">
            <StorylineLabel ui={ui} storyline={story.storyline} />
          </p>
        )}
        <Heading>
          <StateTag ui={ui} state={story.state} />
          <a href={story.href}>{story.headline}</a>
        </Heading>
        {lede && story.lede !== undefined && <p class="card-lede">{story.lede}</p>}
        {(when || story.comments !== undefined) && (
          <p class="card-when">
            {when && <When ui={ui} at={story.publishedAt} />}
            {story.comments !== undefined && (
              <a class="card-said" href={`${story.href}#discussion`}>
                {ui.fmt.count(ui.t.comments, story.comments)}
              </a>
            )}
          </p>
        )}
      </div>
    </article>
  );
}

/** The river: time and headline, newest first. */
export function River({ ui, stories }: { ui: Ui; stories: readonly StoryCard[] }): VNode {
  return (
    <ol class="river">
      {stories.map((story) => (
        <li lang={story.lang} dir={story.dir}>
          <When ui={ui} at={story.publishedAt} />
          <span class="river-line">
            <StateTag ui={ui} state={story.state} />
            <a href={story.href}>{story.headline}</a>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A list of one page of stories, each with its day beside it. */
export function StoryList({
  ui,
  stories,
  label = true,
}: {
  ui: Ui;
  stories: readonly StoryCard[];
  label?: boolean;
}): VNode {
  return (
    <ol class="list">
      {stories.map((story) => (
        <li>
          <When ui={ui} at={story.publishedAt} />
          <Card ui={ui} story={story} look="side" level={2} size="thumb" label={label} />
        </li>
      ))}
    </ol>
  );
}
