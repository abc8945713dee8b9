import type { ComponentChildren, VNode } from 'preact';
import type { Inline, Mark } from '../../../contract/document.ts';
import { isElsewhere, safeHref } from '../../safe.ts';
import type { DocContext } from './context.ts';

function wrap(mark: Mark, inner: ComponentChildren, context: DocContext): ComponentChildren {
  switch (mark.type) {
    case 'bold':
      return <strong>{inner}</strong>;
    case 'italic':
      return <em>{inner}</em>;
    case 'underline':
      return <u>{inner}</u>;
    case 'strike':
      return <s>{inner}</s>;
    case 'code':
      return <code>{inner}</code>;
    case 'subscript':
      return <sub>{inner}</sub>;
    case 'superscript':
      return <sup>{inner}</sup>;
    case 'language':
      return (
        <span lang={mark.attrs.lang} dir={mark.attrs.dir}>
          {inner}
        </span>
      );
    case 'link': {
      const href = safeHref(mark.attrs.href);
      if (href === undefined) return inner;
      return (
        <a
          href={href}
          title={mark.attrs.title}
          rel={isElsewhere(href, context.ui.site.origin) ? 'noopener' : undefined}
        >
          {inner}
        </a>
      );
    }
  }
}

function footnote(text: string, context: DocContext): VNode {
  context.notes.push(text);
  const number = context.notes.length;
  return (
    <sup class="fn">
      <a id={`fnref-${number}`} href={`#fn-${number}`} role="doc-noteref">
        {number}
      </a>
    </sup>
  );
}

/** Runs of text with their marks; footnotes are numbered in the order in which they are met. */
export function renderInline(content: readonly Inline[] | undefined, context: DocContext): ComponentChildren {
  return (content ?? []).map((node) => {
    switch (node.type) {
      case 'text': {
        let inner: ComponentChildren = node.text;
        for (const mark of (node.marks ?? []).toReversed()) inner = wrap(mark, inner, context);
        return inner;
      }
      case 'hardBreak':
        return <br />;
      case 'footnote':
        return footnote(node.attrs.text, context);
      case 'datedFact':
        return (
          <time class="fact" datetime={node.attrs.date}>
            {node.attrs.text}
          </time>
        );
    }
    return null;
  });
}
