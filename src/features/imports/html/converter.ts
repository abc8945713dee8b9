import { linkAddress } from './addresses.ts';
import type { Context } from './context.ts';
import type { Attrs } from './inline.ts';
import { isInline, marksOf } from './inline.ts';
import { asGallery, placeEmbed, placeFile, placeImage, withCaption } from './media.ts';
import {
  closeTable,
  openCell,
  openItem,
  openList,
  openQuote,
  openQuoteSource,
  openRow,
  openTable,
  openTableCaption,
} from './structures.ts';
import { cut } from './text.ts';
import { WordPress } from './wordpress.ts';

/** Elements whose text is never a reader's. */
const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'title',
  'noembed',
  'noframes',
  'canvas',
  'svg',
  'annotation',
  'annotation-xml',
  'datalist',
]);
const LISTS = new Set(['ul', 'ol', 'menu', 'dir', 'dl']);
const HEADINGS: Readonly<Record<string, 2 | 3 | 4>> = { h1: 2, h2: 2, h3: 3, h4: 4, h5: 4, h6: 4 };
/** The buttons and icons of Ghost's players and cards, which whoever shows a recording draws anew. */
const CONTROLS =
  /(^|\s)kg-(audio-(player-container|thumbnail)|video-(player-container|overlay)|bookmark-(thumbnail|icon)|file-card-icon)/;
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

/**
 * Makes a document of a stream of HTML tags: `start`, `end`, `text`, `comment`. Tags may nest in any way and never end; the work is
 * linear in their number. Meaning that the schema has no place for is reported in `context.warnings`.
 */
export class HtmlConverter {
  readonly context: Context;
  readonly #wordpress: WordPress | undefined;
  #skipping: { tag: string; depth: number } | undefined;
  /** An <audio>, <video> or <object> that has not shown its address yet, or has (`placed`). */
  #player: { type: 'audio' | 'video' | 'object'; placed: boolean } | undefined;
  #verses = 0;

  constructor(context: Context) {
    this.context = context;
    this.#wordpress = context.options.wordpress === undefined ? undefined : new WordPress(context, this);
    if (this.#wordpress !== undefined) context.builder.onParagraph = this.#wordpress.onParagraph;
  }

  text(text: string): void {
    const { builder } = this.context;
    if (this.#skipping !== undefined || (this.#player?.placed === true && this.#player.type !== 'object'))
      return;
    if (builder.top.kind === 'code' || builder.top.kind === 'caption') return builder.text(text);
    if (this.#verses > 0) return this.#verse(text);
    if (this.#wordpress?.text(text) === true) return;
    builder.text(text);
  }

  #verse(text: string): void {
    const { builder } = this.context;
    for (const [i, line] of text.split('\n').entries()) {
      if (i > 0) builder.inline({ type: 'hardBreak' });
      builder.verbatim(line);
    }
  }

  /** Leaves out everything up to the end of the element that has just begun. */
  skip(tag: string): void {
    this.#skipping = { tag, depth: 1 };
  }

  comment(data: string): void {
    if (this.#skipping === undefined) this.#wordpress?.comment(data);
  }

  start(tag: string, attrs: Attrs, selfClosing = false): void {
    if (this.#skipping !== undefined) {
      if (this.#skipping.tag === tag && !selfClosing) this.#skipping.depth += 1;
      return;
    }
    if (SKIPPED.has(tag)) {
      if (!selfClosing) this.#skipping = { tag, depth: 1 };
      if (tag === 'script' || tag === 'style' || tag === 'svg' || tag === 'canvas')
        this.context.warnings.add(`<${tag}> was left out`);
      return;
    }
    if (CONTROLS.test(attrs['class'] ?? '')) {
      if (!VOID.has(tag) && !selfClosing) this.#skipping = { tag, depth: 1 };
      return;
    }
    if (this.#wordpress?.start(tag, attrs) === true) return;
    if (VOID.has(tag)) this.#void(tag, attrs);
    else if (isInline(tag)) this.#startInline(tag, attrs);
    else this.#startBlock(tag, attrs);
  }

  end(tag: string): void {
    if (this.#skipping !== undefined) {
      if (this.#skipping.tag === tag) this.#skipping.depth -= 1;
      if (this.#skipping.depth === 0) this.#skipping = undefined;
      return;
    }
    if (this.#wordpress?.end(tag) === true) return;
    if (tag === 'br') this.#void('br', {});
    else if (isInline(tag)) this.#endInline(tag);
    else if (!VOID.has(tag)) this.#endBlock(tag);
  }

  #void(tag: string, attrs: Attrs): void {
    const { builder } = this.context;
    if (tag === 'br') builder.inline({ type: 'hardBreak' });
    else if (tag === 'img') placeImage(this.context, attrs);
    else if (tag === 'hr') builder.add({ type: 'horizontalRule' });
    else if (tag === 'source') this.#source(attrs['src']);
    else if (tag === 'param' && /^(movie|src)$/i.test(attrs['name'] ?? ''))
      this.#objectAddress(attrs['value']);
    else if (tag === 'embed') this.#objectAddress(attrs['src'], attrs['title']);
    else if (tag === 'input' && /^(submit|button)$/i.test(attrs['type'] ?? ''))
      builder.text(attrs['value'] ?? '');
  }

  #source(src: string | undefined): void {
    const player = this.#player;
    if (player === undefined || player.placed || player.type === 'object' || src === undefined) return;
    player.placed = placeFile(this.context, src, { type: player.type });
  }

  #objectAddress(address: string | undefined, title?: string): void {
    if (address === undefined || this.#player?.placed === true) return;
    placeEmbed(this.context, address, title);
    if (this.#player !== undefined) this.#player.placed = true;
  }

  #startInline(tag: string, attrs: Attrs): void {
    const { builder, options } = this.context;
    if (tag === 'a') return this.#link(attrs);
    if (tag === 'cite' && this.#endsQuote()) return openQuoteSource(this.context, 'cite');
    if (tag === 'q') builder.text('“');
    if (tag === 'rp') builder.mark('rp', []);
    else builder.mark(tag, marksOf({ tag, attrs }, options.language));
  }

  /** Whether what comes stands by itself behind the words of a quotation. */
  #endsQuote(): boolean {
    const { top, paragraph } = this.context.builder;
    return top.kind === 'quote' && paragraph.isBlank && top.into.length > 0;
  }

  #endInline(tag: string): void {
    const { builder } = this.context;
    if (tag === 'cite' && builder.top.kind === 'caption' && builder.top.tag === 'cite') {
      builder.close('cite');
      return;
    }
    if (tag === 'q') builder.text('”');
    builder.marks.pop(tag);
  }

  #link(attrs: Attrs): void {
    const { builder, options, warnings } = this.context;
    builder.marks.pop('a');
    const marks = marksOf({ tag: 'a', attrs }, options.language);
    const { href } = attrs;
    const address = href === undefined ? undefined : linkAddress(href, options.base);
    const title = attrs['title']?.trim().toWellFormed() ?? '';
    if (address !== undefined)
      marks.push({
        type: 'link',
        attrs: { href: address.toWellFormed(), ...(title === '' ? {} : { title: cut(title, 500) }) },
      });
    else if (href !== undefined && href.trim() !== '')
      warnings.add(`a link to ${cut(href.trim(), 80)} was taken off its text`);
    builder.mark('a', marks);
  }

  #startBlock(tag: string, attrs: Attrs): void {
    const { builder } = this.context;
    const heading = HEADINGS[tag];
    if (heading !== undefined) {
      builder.break();
      builder.heading = heading;
    } else if (tag === 'blockquote') openQuote(this.context, attrs, this.#wordpress?.inPullquote === true);
    else if (LISTS.has(tag)) openList(this.context, tag, attrs);
    else if (tag === 'li' || tag === 'dt' || tag === 'dd') openItem(this.context, tag);
    else if (tag === 'figure') this.#figure(attrs);
    else if (tag === 'figcaption' || tag === 'caption') this.#caption(tag);
    else if (tag === 'table') openTable(this.context);
    else if (tag === 'tr') openRow(this.context);
    else if (tag === 'td' || tag === 'th') openCell(this.context, tag, attrs);
    else if (tag === 'pre' || tag === 'xmp' || tag === 'listing') this.#preformatted(tag, attrs);
    else if (tag === 'iframe' || tag === 'frame') this.#frame(attrs);
    else if (tag === 'audio' || tag === 'video') this.#openPlayer(tag, attrs);
    else if (tag === 'object') this.#openObject(attrs);
    else if (tag === 'noscript') this.context.noscripts += 1;
    else if (tag === 'summary') {
      builder.break();
      builder.mark('summary', [{ type: 'bold' }]);
    } else if (tag === 'footer' && this.#endsQuote()) openQuoteSource(this.context, 'footer');
    else if (
      tag === 'div' &&
      /(^|\s)(gallery|tiled-gallery|wp-block-jetpack-tiled-gallery|kg-gallery-container)(\s|$)/.test(
        attrs['class'] ?? '',
      )
    )
      this.#gallery('div');
    else {
      if (this.context.galleries > 0 && tag === 'div') builder.open('range', 'div');
      builder.break();
    }
  }

  #endBlock(tag: string): void {
    const { context } = this;
    const { builder } = context;
    if (HEADINGS[tag] !== undefined) {
      builder.break();
      builder.heading = undefined;
    } else if (tag === 'dt' || tag === 'dd') {
      builder.break();
      builder.marks.pop('dt-term');
    } else if (tag === 'li') builder.close(tag, ['cell', 'list']);
    else if (tag === 'td' || tag === 'th' || tag === 'tr') builder.close(tag, ['table']);
    else if (tag === 'audio' || tag === 'video' || tag === 'object') this.#player = undefined;
    else if (tag === 'noscript') context.noscripts = Math.max(0, context.noscripts - 1);
    else if (tag === 'summary') {
      builder.break();
      builder.marks.pop('summary');
    } else if (tag === 'pre' && this.#verses > 0) {
      builder.break();
      this.#verses = 0;
    } else if (tag === 'table') closeTable(context);
    else if (!builder.close(tag)) builder.break();
  }

  #figure(attrs: Attrs): void {
    const { builder } = this.context;
    const names = attrs['class'] ?? '';
    if (/(^|\s)(wp-block-gallery|kg-gallery-card|wp-block-jetpack-slideshow)(\s|$)/.test(names))
      return this.#gallery('figure');
    const wide = /(^|\s)(alignwide|alignfull|kg-width-wide|kg-width-full)(\s|$)/.test(names);
    const inset = /(^|\s)(alignleft|alignright)(\s|$)/.test(names);
    builder.open('range', 'figure', {
      onClose: ({ blocks }) => {
        const caption = this.#captions.pop() ?? '';
        if (wide || inset)
          for (const block of blocks) if (block.type === 'image') block.attrs.size = wide ? 'wide' : 'inset';
        const images = blocks.filter((block) => block.type === 'image').length;
        builder.putAll(
          images > 1 && images === blocks.length ? asGallery(blocks, caption) : withCaption(blocks, caption),
        );
      },
    });
    this.#captions.push('');
  }

  /** Captions of the open figures, innermost last. */
  readonly #captions: string[] = [];

  #gallery(tag: string): void {
    const { context } = this;
    const { builder } = context;
    const within = context.galleries;
    builder.open('range', tag, {
      onClose: ({ blocks }) => {
        context.galleries = within;
        builder.putAll(asGallery(blocks, this.#captions.pop() ?? ''));
      },
    });
    this.#captions.push('');
    context.galleries = within + 1;
  }

  #caption(tag: string): void {
    const { builder } = this.context;
    if (tag === 'caption' && openTableCaption(this.context)) return;
    if (tag !== 'figcaption' || this.#captions.length === 0) return builder.break();
    builder.open('caption', tag, {
      onClose: ({ text }) => {
        const caption = text.replace(/\s+/g, ' ').trim();
        if (caption === '') return;
        if (this.#captions.at(-1) === '') this.#captions[this.#captions.length - 1] = caption;
        else {
          builder.text(caption);
          builder.break();
        }
      },
    });
  }

  #preformatted(tag: string, attrs: Attrs): void {
    const { builder } = this.context;
    const names = attrs['class'] ?? '';
    if (/wp-block-verse/.test(names)) {
      builder.break();
      this.#verses = 1;
      return;
    }
    const language = /(?:lang(?:uage)?|brush)[-:]\s*([\w+#-]{1,40})/.exec(names)?.[1];
    builder.open('code', tag, { language });
  }

  #frame(attrs: Attrs): void {
    const src = [attrs['src'], attrs['data-src'], attrs['data-lazy-src']].find(
      (value) => value !== undefined && !/^\s*(about:|$)/.test(value),
    );
    if (src !== undefined) placeEmbed(this.context, src, attrs['title']);
    else this.context.warnings.add('a frame without an address was left out');
  }

  #openPlayer(type: 'audio' | 'video', attrs: Attrs): void {
    this.context.builder.break();
    this.#player = { type, placed: false };
    this.#source(attrs['src']);
  }

  #openObject(attrs: Attrs): void {
    this.context.builder.break();
    this.#player = { type: 'object', placed: false };
    if (attrs['data'] !== undefined) this.#objectAddress(attrs['data'], attrs['title']);
  }
}
