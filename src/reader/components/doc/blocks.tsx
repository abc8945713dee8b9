import type { ComponentChildren, VNode } from 'preact';
import type { Block, Doc, TableRow } from '../../../contract/document.ts';
import { Card } from '../card.tsx';
import type { DocContext } from './context.ts';
import { renderInline } from './inline.tsx';
import { renderAsset, renderEmbed, renderGallery, renderImage } from './media.tsx';

type Of<T extends Block['type']> = Extract<Block, { type: T }>;

function quote(block: Of<'blockquote'>, context: DocContext): VNode {
  const { speaker, source, pull } = block.attrs ?? {};
  const said = <blockquote>{renderBlocks(block.content, context)}</blockquote>;
  if (speaker === undefined && source === undefined && pull !== true) return said;
  return (
    <figure class={pull === true ? 'quote pull' : 'quote'}>
      {said}
      {(speaker ?? source) !== undefined && (
        <figcaption>
          {speaker}
          {speaker !== undefined && source !== undefined && ', '}
          {source !== undefined && <cite>{source}</cite>}
        </figcaption>
      )}
    </figure>
  );
}

function row({ content }: TableRow, place: 'head' | 'body', context: DocContext): VNode {
  return (
    <tr>
      {content.map(({ type, attrs, content: cell }) => {
        const common = {
          colSpan: attrs?.colspan,
          rowSpan: attrs?.rowspan,
          class: attrs?.align === undefined || attrs.align === 'start' ? undefined : `to-${attrs.align}`,
        };
        const inner = plainCell(cell, context);
        if (type === 'tableCell') return <td {...common}>{inner}</td>;
        return (
          <th scope={place === 'head' ? 'col' : 'row'} {...common}>
            {inner}
          </th>
        );
      })}
    </tr>
  );
}

/** A cell of one paragraph is written without the paragraph. */
function plainCell(blocks: readonly Block[], context: DocContext): ComponentChildren {
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === 'paragraph') return renderInline(only.content, context);
  return renderBlocks(blocks, context);
}

/** Wide tables scroll in their own box, which the keyboard reaches. */
function table(block: Of<'table'>, context: DocContext): VNode {
  const [first, ...rest] = block.content;
  const hasHead = first !== undefined && first.content.every((cell) => cell.type === 'tableHeader');
  const caption = block.attrs?.caption;
  return (
    <div class="table" role="region" tabIndex={0} aria-label={caption ?? context.ui.t.table}>
      <table>
        {caption !== undefined && <caption>{caption}</caption>}
        {hasHead && <thead>{row(first, 'head', context)}</thead>}
        <tbody>{(hasHead ? rest : block.content).map((line) => row(line, 'body', context))}</tbody>
      </table>
    </div>
  );
}

function related(block: Of<'relatedBox'>, context: DocContext): VNode | null {
  const stories = block.attrs.articles.flatMap((id) => context.boxed[id] ?? []);
  if (stories.length === 0) return null;
  const title = block.attrs.title ?? context.ui.t.alsoRead;
  return (
    <aside class="also" aria-label={title}>
      <p class="furniture-head">{title}</p>
      {stories.map((story) => (
        <Card ui={context.ui} story={story} look="line" level={3} label={false} />
      ))}
    </aside>
  );
}

function note(block: Of<'note'>, context: DocContext): VNode {
  const { t } = context.ui;
  const titles = { editor: t.editorsNote, correction: t.correction, context: t.context };
  const title = titles[block.attrs?.kind ?? 'editor'];
  return (
    <aside class="note" aria-label={title}>
      <p class="furniture-head">{title}</p>
      {renderBlocks(block.content, context)}
    </aside>
  );
}

function listItems(items: Of<'bulletList'>['content'], context: DocContext): VNode[] {
  return items.map(({ content }) => <li>{plainCell(content, context)}</li>);
}

function renderBlock(block: Block, context: DocContext, opening?: ComponentChildren): ComponentChildren {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          {opening}
          {renderInline(block.content, context)}
        </p>
      );
    case 'heading': {
      const Heading = `h${block.attrs.level}` as const;
      return <Heading>{renderInline(block.content, context)}</Heading>;
    }
    case 'bulletList':
      return <ul>{listItems(block.content, context)}</ul>;
    case 'orderedList':
      return <ol start={block.attrs?.start}>{listItems(block.content, context)}</ol>;
    case 'blockquote':
      return quote(block, context);
    case 'codeBlock':
      return (
        <pre tabIndex={0}>
          <code>{(block.content ?? []).map(({ text }) => text)}</code>
        </pre>
      );
    case 'horizontalRule':
      return <hr />;
    case 'image':
      return renderImage(block.attrs, context);
    case 'gallery':
      return renderGallery(block, context);
    case 'audio':
    case 'video':
    case 'file':
      return renderAsset(block, context);
    case 'embed':
      return renderEmbed(block, context);
    case 'table':
      return table(block, context);
    case 'relatedBox':
      return related(block, context);
    case 'note':
      return note(block, context);
  }
}

/** Documents are at most MAX_DEPTH deep (checked where they enter), so recursion is bounded. */
export function renderBlocks(blocks: readonly Block[], context: DocContext): ComponentChildren {
  return blocks.map((block) => renderBlock(block, context));
}

/** A whole body. `opening` is set at the start of the first paragraph: the dateline. */
export function renderDoc(doc: Doc, context: DocContext, opening?: ComponentChildren): ComponentChildren {
  const first = doc.content.findIndex((block) => block.type === 'paragraph');
  if (opening !== undefined && first === -1) return [<p>{opening}</p>, renderBlocks(doc.content, context)];
  return doc.content.map((block, index) =>
    renderBlock(block, context, index === first ? opening : undefined),
  );
}

/** The footnotes that a body gathered, each with its way back. Call after `renderDoc`. */
export function renderNotes(context: DocContext): VNode | null {
  if (context.notes.length === 0) return null;
  const { t, fmt } = context.ui;
  return (
    <section class="notes" aria-label={t.footnotes}>
      <ol>
        {context.notes.map((text, index) => (
          <li id={`fn-${index + 1}`}>
            {text}{' '}
            <a
              class="fn-back"
              href={`#fnref-${index + 1}`}
              role="doc-backlink"
              aria-label={t.backToText.replace('{n}', fmt.number(index + 1))}
            >
              ↑
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
