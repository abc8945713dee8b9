import type { VNode } from 'preact';
import type { ShortLinkPage as Model } from '../../contract/pages.ts';
import { Card } from '../components/card.tsx';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';

/** The short address to read, copy or point a camera at; complete without JavaScript. */
export function ShortLinkPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { size, path } = page.qr;
  return (
    <div class="short">
      <svg
        class="qr"
        role="img"
        aria-label={fill(ui.t.qrAlt, { url: page.url })}
        viewBox={`-4 -4 ${size + 8} ${size + 8}`}
        shape-rendering="crispEdges"
      >
        <path class="qr-paper" d={`M-4-4h${size + 8}v${size + 8}h-${size + 8}z`} />
        <path class="qr-ink" d={path} />
      </svg>
      <div>
        <p class="kicker">{ui.t.shortTitle}</p>
        <h1 class="short-url">
          <short-link data-url={page.url} data-copied={ui.t.copied} data-failed={ui.t.copyFailed}>
            <a href={page.url} dir="ltr">
              {page.url.replace(/^https?:\/\//, '')}
            </a>
          </short-link>
        </h1>
        <p class="intro">{ui.t.shortIntro}</p>
        <p>
          <a class="do" href={page.story.href}>
            {ui.t.toTheStory}
          </a>
        </p>
        <Card ui={ui} story={page.story} look="brief" level={2} />
      </div>
    </div>
  );
}
