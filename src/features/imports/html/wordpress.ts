import type { Block, Inline } from '../../../contract/document.ts';
import { squish } from '../../../base/text.ts';
import { linkAddress } from './addresses.ts';
import type { Context, WordPressHabits } from './context.ts';
import { embedAttrs, embedProvider } from './embeds.ts';
import type { Attrs } from './inline.ts';
import { placeEmbed, placeFile, placeImage } from './media.ts';
import { inlineText } from './paragraph.ts';
import { SHORTCODE, parseShortcodeAttrs } from './shortcodes.ts';
import { endShortcode, startShortcode } from './wordpress-shortcodes.ts';

type Sink = { skip(tag: string): void };
type OpenBlock = { name: string; attrs: Readonly<Record<string, unknown>> };

const BLOCK = /^\s*(\/)?wp:([a-z][a-z0-9_/-]*)\s*(\{[\s\S]*\})?\s*(\/)?\s*$/;
/** Blocks that show nothing to read, or that stand in their HTML. */
const SILENT = new Set([
  'spacer',
  'separator',
  'more',
  'nextpage',
  'footnotes',
  'page-break',
  'block',
  'pattern',
]);

/** What WordPress does to a post's text before it is HTML: blocks in comments, paragraphs from blank lines, shortcodes. */
export class WordPress {
  readonly context: Context;
  readonly habits: WordPressHabits;
  readonly #sink: Sink;
  readonly #blocks: OpenBlock[] = [];
  /** The address of the embed block that is open, until it has been placed. */
  #embedding: string | undefined;

  constructor(context: Context, sink: Sink) {
    this.context = context;
    this.habits = context.options.wordpress ?? {};
    this.#sink = sink;
  }

  get inPullquote(): boolean {
    return this.#blocks.at(-1)?.name === 'pullquote';
  }

  /** Classic text: blank lines part paragraphs, line ends are line breaks. @returns whether the text was dealt with. */
  text(text: string): boolean {
    const { builder } = this.context;
    if (this.#embedding !== undefined && text.trim() === this.#embedding) {
      this.#placeEmbedding();
      return true;
    }
    const block = this.#blocks.at(-1)?.name;
    if (
      (block !== undefined && block !== 'freeform') ||
      builder.heading !== undefined ||
      !text.includes('\n')
    )
      return false;
    for (const [i, part] of text.split(/\n[ \t]*\n\s*/).entries()) {
      if (i > 0) builder.break();
      for (const [j, line] of part.split('\n').entries()) {
        if (j > 0 && !builder.paragraph.endsWithBreak && !builder.paragraph.isBlank)
          builder.inline({ type: 'hardBreak' });
        builder.text(line);
      }
    }
    return true;
  }

  /** An address alone in a paragraph becomes an embed where its site is known for them, else a link. */
  readonly onParagraph = (content: Inline[]): Block | undefined => {
    const [only] = content;
    if (
      content.length !== 1 ||
      only?.type !== 'text' ||
      only.marks !== undefined ||
      this.context.builder.heading !== undefined
    )
      return undefined;
    const address = only.text.trim();
    if (!/^https?:\/\/\S+$/.test(address)) return undefined;
    if (embedProvider(address) !== undefined && address.length <= 2048)
      return { type: 'embed', attrs: embedAttrs(address) };
    const href = linkAddress(address, undefined);
    if (href === undefined) return undefined;
    return {
      type: 'paragraph',
      content: [{ type: 'text', text: only.text, marks: [{ type: 'link', attrs: { href } }] }],
    };
  };

  comment(data: string): void {
    const match = BLOCK.exec(data);
    if (match === null) {
      if (/^\s*(more|nextpage)/.test(data)) this.context.builder.break();
      return;
    }
    const name = (match[2] ?? '').replace(/^core\//, '').replace(/^core-embed\/.*/, 'embed');
    if (match[1] === '/') return this.#endBlock(name);
    const attrs = parseAttrs(match[3]);
    if (match[4] === '/') return this.#dynamic(name, attrs);
    this.#startBlock(name, attrs);
  }

  #startBlock(name: string, attrs: OpenBlock['attrs']): void {
    const { builder } = this.context;
    builder.break();
    this.#blocks.push({ name, attrs });
    const url = text(attrs['url']);
    const names = typeof attrs['id'] === 'number' ? `wp-image-${attrs['id']}` : '';
    if (name === 'embed' && url !== '') this.#embedding = url;
    else if (name === 'cover' && url !== '') {
      if (attrs['backgroundType'] === 'video') placeFile(this.context, url, { type: 'video' });
      else placeImage(this.context, { src: url, alt: text(attrs['alt']), class: names });
    } else if (name === 'file') this.#openFile(attrs);
  }

  #endBlock(name: string): void {
    const at = this.#blocks.findLastIndex((block) => block.name === name);
    if (at < 0) return;
    this.#blocks.length = at;
    this.context.builder.break();
    if (name === 'embed') this.#placeEmbedding();
    if (name === 'file') this.context.builder.close('wp-file');
  }

  #placeEmbedding(): void {
    const address = this.#embedding;
    this.#embedding = undefined;
    if (address !== undefined) placeEmbed(this.context, address);
  }

  /** A file to download: its link's words are its title, its button is drawn by whoever shows it. */
  #openFile(attrs: OpenBlock['attrs']): void {
    const { builder } = this.context;
    const href = text(attrs['href']);
    const sameAs = typeof attrs['id'] === 'number' ? `attachment:${attrs['id']}` : undefined;
    if (href === '') return;
    builder.open('range', 'wp-file', {
      onClose: ({ blocks }) => {
        const title = squish(
          blocks
            .map((block) => (block.type === 'paragraph' ? inlineText(block.content ?? []) : ''))
            .join(' '),
        );
        const placed =
          title.length <= 500 &&
          placeFile(this.context, href, { type: 'file', title, ...(sameAs === undefined ? {} : { sameAs }) });
        builder.putAll(placed ? blocks.filter((block) => block.type !== 'paragraph') : blocks);
      },
    });
  }

  /** A block without content of its own, which the old site filled at each view. */
  #dynamic(name: string, attrs: OpenBlock['attrs']): void {
    const { builder, warnings } = this.context;
    builder.break();
    const url = text(attrs['url']);
    if (name === 'block') warnings.add(`reusable block ${text(attrs['ref'])} is not in the file`);
    else if (name === 'embed' && url !== '') placeEmbed(this.context, url);
    else if (url !== '' && embedProvider(url) !== undefined) placeEmbed(this.context, url);
    else if (!SILENT.has(name))
      warnings.add(`block ${name} was left out: the old site filled it at each view`);
  }

  /** @returns whether the tag was dealt with. */
  start(tag: string, attrs: Attrs): boolean {
    const block = this.#blocks.at(-1);
    const names = attrs['class'] ?? '';
    if (tag.startsWith(SHORTCODE)) {
      startShortcode(this.context, tag.slice(SHORTCODE.length), parseShortcodeAttrs(attrs['data-a'] ?? ''));
      return true;
    }
    if (
      names.includes('wp-block-cover__') &&
      this.#blocks.some(({ name, attrs: of }) => name === 'cover' && text(of['url']) !== '')
    ) {
      if (tag === 'img' && names.includes('wp-block-cover__image-background')) return true;
      if (tag === 'video' && names.includes('wp-block-cover__video-background')) {
        this.#sink.skip('video');
        return true;
      }
    }
    if (
      block?.name === 'file' &&
      ((tag === 'a' && names.includes('wp-block-file__button')) || tag === 'object')
    ) {
      this.#sink.skip(tag);
      return true;
    }
    const note = attrs['data-fn'];
    const words =
      tag === 'sup' && note !== undefined ? this.habits.footnotes?.get(note)?.slice(0, 5000) : undefined;
    if (words !== undefined && words !== '') {
      this.#sink.skip('sup');
      this.context.builder.inline({ type: 'footnote', attrs: { text: words } });
      return true;
    }
    return false;
  }

  end(tag: string): boolean {
    if (!tag.startsWith(SHORTCODE)) return false;
    endShortcode(this.context, tag.slice(SHORTCODE.length));
    return true;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function parseAttrs(json: string | undefined): OpenBlock['attrs'] {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as OpenBlock['attrs']) : {};
  } catch {
    // A block whose settings were damaged by hand still has its HTML, which is what counts.
    return {};
  }
}
