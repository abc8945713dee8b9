import { type Element, isElement, type Node, styleOf, textOf } from './tree.ts';

/** The tag under which a footnote stands in the tree, with its words as `text`. */
export const FOOTNOTE = 'footnote';

const isWord = (html: string): boolean => /urn:schemas-microsoft-com|class="?Mso|mso-/i.test(html);

/**
 * Settles what is not the text itself: footnotes become notes at their marks; of Word's tracked changes the outcome stays, and its comments go.
 */
export function settleApparatus(root: Element, html: string): Element {
  return withFootnotes(isWord(html) ? withoutReview(root) : root);
}

function withoutReview(element: Element): Element {
  const children = element.children.flatMap((child): Node[] => {
    if (!isElement(child)) return [child];
    if (child.tag === 'del' || isComment(child)) return [];
    const inner = withoutReview(child);
    return [child.tag === 'ins' ? { ...inner, tag: 'span' } : inner];
  });
  return { ...element, children };
}

function isComment(element: Element): boolean {
  return (
    /^comment(-list)?$/.test(styleOf(element, 'mso-element') ?? '') ||
    styleOf(element, 'mso-special-character') === 'comment' ||
    /\b(msocomanchor|MsoCommentReference)\b/i.test(element.attrs['class'] ?? '')
  );
}

type Link = {
  readonly element: Element;
  readonly path: readonly Element[];
  readonly to: string;
  readonly own: string;
};

/** A mark and its note lead to one another: Word (`_ftn1`, `_ftnref1`) and Google Docs (`ftnt1`, `ftnt_ref1`) write both so. */
function withFootnotes(root: Element): Element {
  const links = linksIn(root, []);
  const notes = new Map<Element, string>();
  const gone = new Set<Element>();
  links.forEach((mark, at) => {
    const back = links.slice(at + 1).find((link) => link.to === mark.own && link.own === mark.to);
    const note = back === undefined ? undefined : noteOf(back);
    if (back === undefined || note === undefined || mark.path.includes(note)) return;
    const words = textWithout(note, back.element).replace(/\s+/g, ' ').trim().slice(0, 5000);
    notes.set(mark.element, words);
    gone.add(note);
  });
  if (notes.size === 0) return root;
  const rewrite = (element: Element): Element => {
    const children: Node[] = [];
    for (const child of element.children) {
      const words = isElement(child) ? notes.get(child) : undefined;
      if (!isElement(child)) children.push(child);
      else if (words !== undefined) {
        if (words !== '') children.push({ tag: FOOTNOTE, attrs: { text: words }, children: [] });
      } else if (gone.has(child) || holdsOnly(child, gone)) {
        // The rule above the notes has no use without them.
        const before = children.findLastIndex((node) => isElement(node) || node.trim() !== '');
        const last = children[before];
        if (last !== undefined && isElement(last, 'hr')) children.splice(before);
      } else children.push(rewrite(child));
    }
    return { ...element, children };
  };
  return rewrite(root);
}

function linksIn(element: Element, path: readonly Element[]): Link[] {
  return element.children.flatMap((child): Link[] => {
    if (!isElement(child)) return [];
    const to = /#(.+)$/.exec(child.attrs['href'] ?? '')?.[1];
    const own = child.attrs['name'] ?? child.attrs['id'];
    const here = [...path, child];
    const inside = linksIn(child, here);
    return child.tag === 'a' && to !== undefined && own !== undefined
      ? [{ element: child, path: here, to, own }, ...inside]
      : inside;
  });
}

/** What holds a note: Word's own element for it, else the paragraph or item of its link. */
function noteOf({ path }: Link): Element | undefined {
  return (
    path.find((element) => /^(foot|end)note$/.test(styleOf(element, 'mso-element') ?? '')) ??
    path.findLast((element) => ['p', 'li', 'div'].includes(element.tag))
  );
}

function textWithout(element: Element, skipped: Element): string {
  return element.children
    .map((child) => (child === skipped ? '' : isElement(child) ? textWithout(child, skipped) : textOf(child)))
    .join('');
}

function holdsOnly(element: Element, gone: ReadonlySet<Element>): boolean {
  const parts = element.children.filter((child) => isElement(child) || child.trim() !== '');
  const notes = parts.filter((child) => isElement(child) && (gone.has(child) || holdsOnly(child, gone)));
  const rest = parts.filter((child) => !notes.includes(child));
  return notes.length > 0 && rest.every((child) => isElement(child, 'hr', 'br'));
}
