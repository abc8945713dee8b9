import type { ArticleContent } from '../../contract/article.ts';

/** Where something stands in an article's content: a JSON pointer, and for the body the place of the block, from 1. */
type Placed = { readonly pointer: string; readonly block?: number | undefined };

export type PictureIn = Placed & {
  readonly asset: string;
  readonly credit: string | undefined;
  readonly alt: string | undefined;
};
export type LinkIn = Placed & { readonly url: string; readonly text: string; readonly block: number };

type AnyNode = {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: AnyNode[];
};

/** Visits every node of the body with its place; no recursion, parents first. */
function* placedNodes(content: ArticleContent): Generator<{ node: AnyNode; pointer: string; block: number }> {
  const stack = content.body.content
    .map((node, i) => ({ node: node as AnyNode, pointer: `/body/content/${i}`, block: i + 1 }))
    .reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    const children = next.node.content ?? [];
    for (let i = children.length - 1; i >= 0; i -= 1)
      stack.push({
        node: children[i] as AnyNode,
        pointer: `${next.pointer}/content/${i}`,
        block: next.block,
      });
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Every picture that an article shows, the lead picture first; with `everything`, sounds, films and files too. */
export function picturesIn(content: ArticleContent, { everything = false } = {}): PictureIn[] {
  const lead = content.leadPicture;
  const found: PictureIn[] =
    lead === undefined
      ? []
      : [{ pointer: '/leadPicture', asset: lead.asset, credit: lead.credit, alt: lead.alt }];
  for (const { node, pointer, block } of placedNodes(content)) {
    const asset = textOf(node.attrs?.['asset']);
    if (asset === undefined || !(node.type === 'image' || everything)) continue;
    found.push({
      pointer,
      block,
      asset,
      credit: textOf(node.attrs?.['credit']),
      alt: textOf(node.attrs?.['alt']),
    });
  }
  return found;
}

/** Every address that the text leads to, once each: links, embeds. */
export function linksIn(content: ArticleContent): LinkIn[] {
  const found = new Map<string, LinkIn>();
  for (const { node, pointer, block } of placedNodes(content)) {
    const urls =
      node.type === 'embed'
        ? [textOf(node.attrs?.['url'])]
        : (node.marks ?? [])
            .filter((mark) => mark.type === 'link')
            .map((mark) => textOf(mark.attrs?.['href']));
    for (const url of urls) {
      // Mail, telephone and places within the page cannot be asked.
      if (url === undefined || !/^(https?:\/\/|\/)/i.test(url) || found.has(url)) continue;
      found.set(url, { url, pointer, block, text: node.text ?? '' });
    }
  }
  return [...found.values()];
}
