import type { Block } from '../../../contract/document.ts';
import type { AssetList } from './assets.ts';
import type { DocBuilder } from './builder.ts';

export type HtmlOptions = {
  /** The page's own address, against which relative addresses are resolved. */
  base?: string | undefined;
  /** The article's language: runs in another one are marked. */
  language?: string | undefined;
  /** WordPress habits: blank lines make paragraphs, comments make blocks, brackets make shortcodes. */
  wordpress?: WordPressHabits | undefined;
};

export type WordPressHabits = {
  /** External ids of the pictures that a [gallery] without ids shows: those attached to the post. */
  attached?: readonly string[];
  /** Notes by the id that `<sup data-fn>` names; plain text. */
  footnotes?: ReadonlyMap<string, string>;
  /** The content of a reusable block; undefined when the file does not have it. */
  reusable?: (id: string) => string | undefined;
};

/** What the parts of the converter share. */
export type Context = {
  readonly builder: DocBuilder;
  readonly assets: AssetList;
  readonly options: HtmlOptions;
  readonly warnings: Warnings;
  /** How many galleries are open: lists inside them are layout. */
  galleries: number;
  /** How many <noscript> are open: a picture there repeats one that a script would load. */
  noscripts: number;
};

/** Sentences about what was changed; each once, with a count where it happened again. */
export class Warnings {
  readonly #counts = new Map<string, number>();

  add(sentence: string): void {
    this.#counts.set(sentence, (this.#counts.get(sentence) ?? 0) + 1);
  }

  all(): string[] {
    return [...this.#counts].map(([sentence, count]) =>
      count === 1 ? sentence : `${sentence} (${count} times)`,
    );
  }
}

export type ImageBlock = Extract<Block, { type: 'image' }>;

export function isImage(block: Block | undefined): block is ImageBlock {
  return block?.type === 'image';
}
