import type { VNode } from 'preact';
import type { ArticlePage as Model, ArticleView } from '../../contract/pages.ts';
import {
  Corrections,
  Discussion,
  Meta,
  QuietLine,
  Share,
  StorylineFoot,
  Tags,
} from '../components/article-furniture.tsx';
import { StateTag, StorylineLabel } from '../components/bits.tsx';
import { Card } from '../components/card.tsx';
import { Dateline } from '../components/dateline.tsx';
import { renderDoc, renderNotes } from '../components/doc/blocks.tsx';
import type { DocContext } from '../components/doc/context.ts';
import { Caption, Picture } from '../components/picture.tsx';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';

function Preview({ ui, article }: { ui: Ui; article: ArticleView }): VNode | null {
  if (article.state !== 'preview') return null;
  const { embargoedUntil: until } = article;
  const said =
    until === undefined
      ? ui.t.preview
      : fill(ui.t.previewUntil, { time: `${ui.fmt.dateTime(until)} ${ui.fmt.offset(until)}` });
  return (
    <p class="preview" role="status">
      {said}
    </p>
  );
}

function Related({ ui, article }: { ui: Ui; article: ArticleView }): VNode | null {
  if (article.related.length === 0) return null;
  return (
    <section class="related" aria-labelledby="related">
      <h2 class="band-head" id="related">
        {ui.t.related}
      </h2>
      <div class="related-grid">
        {article.related.slice(0, 3).map((story) => (
          <Card ui={ui} story={story} look="feature" level={3} label={false} lede={false} when />
        ))}
      </div>
    </section>
  );
}

/** The article page; its furniture is where a reader of an agency's site looks for it. */
export function ArticlePage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { article } = page;
  const [storyline] = article.storylines;
  const context: DocContext = { ui, assets: article.assets, boxed: article.boxed, notes: [] };
  const dateline = article.dateline !== undefined && <Dateline ui={ui} dateline={article.dateline} />;
  const body = renderDoc(article.body, context, dateline);
  const { leadPicture } = article;
  return (
    <>
      <Preview ui={ui} article={article} />
      <article class={`story${leadPicture === undefined ? ' no-picture' : ''}`}>
        <header class="story-head">
          <p class="story-label">
            <StateTag ui={ui} state={article.state} />
            {storyline === undefined ? (
              <a class="label" href={article.section.href}>
                {article.section.label}
              </a>
            ) : (
              <StorylineLabel ui={ui} storyline={storyline} />
            )}
          </p>
          <h1>{article.headline}</h1>
          <QuietLine ui={ui} article={article} />
        </header>
        {leadPicture !== undefined && (
          <figure class="story-pic">
            <Picture picture={leadPicture} size="wide" eager />
            <Caption caption={leadPicture.caption} credit={leadPicture.credit} />
          </figure>
        )}
        {article.lede !== undefined && <p class="lede">{article.lede}</p>}
        <Meta ui={ui} article={article} />
        <div class="prose">
          {body}
          {renderNotes(context)}
        </div>
        <footer class="story-foot">
          <Corrections ui={ui} article={article} />
          <StorylineFoot ui={ui} article={article} />
          <Tags ui={ui} article={article} />
          <Share ui={ui} url={article.shortLink?.url ?? page.canonical} title={article.headline} />
        </footer>
      </article>
      <Related ui={ui} article={article} />
      <Discussion ui={ui} article={article} discussionCss={page.assets.discussionCss} />
    </>
  );
}
