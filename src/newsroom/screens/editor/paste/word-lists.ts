import type { Block, Inline, ListItem } from '../../../../contract/document.ts';
import { type Element, isElement, textOf } from './tree.ts';

/** A paragraph that Word means as an item of a list: `style="mso-list:l0 level2 lfo1"`, the bullet written before it as text. */
export type WordItem = {
  readonly level: number;
  readonly ordered: boolean;
  readonly start: number;
  readonly content: Inline[];
};

export function listLevel(element: Element): Pick<WordItem, 'level' | 'ordered' | 'start'> | undefined {
  const found = /mso-list\s*:\s*(?:l\d+\s+)?level(\d+)/i.exec(element.attrs['style'] ?? '');
  if (found === null) return undefined;
  const sign = signOf(element)?.replace(/[\s\u00a0]/g, '') ?? '';
  const number = /^[([]?(\d+|[a-z]{1,4})[.)\]]/i.exec(sign)?.[1];
  return { level: Number(found[1]), ordered: number !== undefined, start: Number(number) || 1 };
}

function signOf(element: Element): string | undefined {
  for (const child of element.children) {
    if (!isElement(child)) continue;
    if (/mso-list\s*:\s*ignore/i.test(child.attrs['style'] ?? '')) return textOf(child);
    const inside = signOf(child);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Puts items of a flat run into one another by their levels. */
export function nestItems(items: readonly WordItem[]): Block[] {
  const out: Block[] = [];
  let at = 0;
  while (at < items.length) {
    const first = items[at];
    if (first === undefined) break;
    const made: ListItem[] = [];
    while (at < items.length) {
      const item = items[at];
      if (item === undefined || item.level < first.level) break;
      if (item.level === first.level) {
        if (item.ordered !== first.ordered) break;
        made.push({ type: 'listItem', content: [{ type: 'paragraph', content: item.content }] });
        at += 1;
        continue;
      }
      const deeper: WordItem[] = [];
      for (let next = items[at]; next !== undefined && next.level > first.level; next = items[at]) {
        deeper.push(next);
        at += 1;
      }
      made.at(-1)?.content.push(...nestItems(deeper));
    }
    out.push(
      first.ordered
        ? {
            type: 'orderedList',
            ...(first.start === 1 ? {} : { attrs: { start: first.start } }),
            content: made,
          }
        : { type: 'bulletList', content: made },
    );
  }
  return out;
}
