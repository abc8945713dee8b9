import { Problem } from '../../../base/problem.ts';
import type { XmlSink, XmlTag } from '../input/xml.ts';

export type FeedRoot = 'rss' | 'rdf' | 'atom';

/** The longest entry, and the longest head of a feed, that is kept. */
const MAX_PIECE = 32 << 20;

/**
 * Cuts a feed into documents of one entry each, so that a parser that wants whole documents can read a feed of any length. What stands
 * beside the entries is gathered as the head.
 */
export class FeedPieces implements XmlSink {
  root: FeedRoot | undefined;
  rootName = '';
  #opening = '';
  #head = '';
  #ends: string[] = [];
  #ready: string[] = [];
  #piece: string | undefined;
  #pieceDepth = 0;
  #depth = 0;
  readonly #keepHead: boolean;

  constructor(keepHead: boolean) {
    this.#keepHead = keepHead;
  }

  take(): string[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** The feed without its entries. */
  get head(): string {
    return this.#opening + this.#head + `</${this.rootName}>`;
  }

  open(tag: XmlTag): void {
    this.#depth += 1;
    if (this.#depth === 1) {
      const name = tag.local.toLowerCase();
      this.root = name === 'rss' ? 'rss' : name === 'rdf' ? 'rdf' : name === 'feed' ? 'atom' : undefined;
      this.rootName = tag.name;
      this.#opening = written(tag);
      return;
    }
    const local = tag.local.toLowerCase();
    const isEntry =
      this.root === 'atom' ? local === 'entry' && this.#depth === 2 : local === 'item' && this.#depth <= 3;
    if (this.#piece === undefined && isEntry) {
      // RSS wants its entries in a channel, RDF beside it; readers of either take an entry where the file has it.
      this.#piece = this.#opening + this.#ends.map((name) => `<${name}>`).join('');
      this.#pieceDepth = this.#depth;
    }
    this.#write(written(tag));
    if (this.#piece === undefined && local === 'channel' && this.#depth === 2) this.#ends = [tag.name];
  }

  text(text: string): void {
    this.#write(escape(text));
  }

  close(tag: XmlTag): void {
    if (this.#depth > 1) this.#write(`</${tag.name}>`);
    if (this.#piece !== undefined && this.#depth === this.#pieceDepth) {
      this.#ready.push(this.#piece + this.#ends.map((name) => `</${name}>`).join('') + `</${this.rootName}>`);
      this.#piece = undefined;
    } else if (this.#depth === 2 && tag.local.toLowerCase() === 'channel') this.#ends = [];
    this.#depth -= 1;
  }

  #write(text: string): void {
    if (this.#piece !== undefined) {
      this.#piece += text;
      if (this.#piece.length > MAX_PIECE)
        throw new Problem('too-large', 'One entry of the feed is longer than 32 MB.', 'Split the feed.');
    } else if (this.#keepHead && this.#head.length < MAX_PIECE) this.#head += text;
  }
}

function written(tag: XmlTag): string {
  let out = `<${tag.name}`;
  for (const [name, { value }] of Object.entries(tag.written))
    out += ` ${name}="${escape(value).replaceAll('"', '&quot;')}"`;
  return `${out}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
