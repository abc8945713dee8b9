import type { VNode } from 'preact';
import type { StaticPage as Model } from '../../contract/pages.ts';
import { renderDoc, renderNotes } from '../components/doc/blocks.tsx';
import type { DocContext } from '../components/doc/context.ts';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';

/** Community standards, about, imprint. */
export function StaticPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const context: DocContext = { ui, assets: page.bodyAssets, boxed: {}, notes: [] };
  const body = renderDoc(page.body, context);
  return (
    <article class="story no-picture static">
      <header class="story-head">
        <h1>{page.headline}</h1>
      </header>
      {page.lede !== undefined && <p class="lede">{page.lede}</p>}
      <div class="prose">
        {body}
        {renderNotes(context)}
        {page.updatedAt !== undefined && (
          <p class="furniture">
            <time datetime={page.updatedAt}>
              {fill(ui.t.lastChanged, { date: ui.fmt.date(page.updatedAt) })}
            </time>
          </p>
        )}
      </div>
    </article>
  );
}
