import type { Block } from '../../../contract/document.ts';
import { squish } from '../../../base/text.ts';
import { fileNameOf, webAddress } from './addresses.ts';
import { attachmentOf, imageAddress, isEmoji, isTracker } from './assets.ts';
import type { Context, ImageBlock } from './context.ts';
import { isImage } from './context.ts';
import { embedAttrs } from './embeds.ts';
import type { Attrs } from './inline.ts';
import { cut } from './text.ts';

/** Puts an <img> where it stands. */
export function placeImage(context: Context, attrs: Attrs): void {
  const { builder, assets, warnings } = context;
  const alt = squish(attrs['alt'] ?? '');
  if (isEmoji(attrs)) return builder.text(alt);
  if (isTracker(attrs)) return warnings.add('a tracking picture was left out');
  const address = imageAddress(attrs);
  const sameAs = attachmentOf(attrs);
  if (address === undefined) {
    if (attrs['src'] === undefined || !/lazy/.test(attrs['class'] ?? ''))
      warnings.add('a picture without an address was left out');
    if (alt !== '') builder.text(alt);
    return;
  }
  const asset = assets.add(address, { type: 'image', alt, sameAs });
  if (asset === undefined) {
    warnings.add(`a picture with the address ${cut(address, 80)} was left out`);
    if (alt !== '') builder.text(alt);
    return;
  }
  if (context.noscripts > 0 && seen.get(context)?.has(asset) === true) return;
  const known = seen.get(context) ?? new Set<string>();
  known.add(asset);
  seen.set(context, known);
  const title = cut(squish(attrs['data-image-title'] ?? ''), 2000);
  const size = sizeOf(attrs);
  add(context, {
    type: 'image',
    attrs: {
      asset,
      ...(alt === '' ? {} : { alt: cut(alt, 1000) }),
      ...(title === '' ? {} : { caption: title }),
      ...(size === undefined ? {} : { size }),
    },
  });
}

const seen = new WeakMap<Context, Set<string>>();

function sizeOf(attrs: Attrs): 'inset' | 'wide' | undefined {
  const names = attrs['class'] ?? '';
  if (/(^|\s)(alignleft|alignright)(\s|$)/.test(names) || /^(left|right)$/i.test(attrs['align'] ?? ''))
    return 'inset';
  return /(^|\s)(alignwide|alignfull)(\s|$)/.test(names) ? 'wide' : undefined;
}

/** Adds a block, or says that the document is too long for it. */
export function add(context: Context, block: Block): void {
  if (!context.builder.add(block))
    context.warnings.add(`the document is too long: a ${block.type} was left out`);
}

/** Puts an embed for a frame's or player's address; the address of a frame may be relative to the page. */
export function placeEmbed(context: Context, address: string, title?: string): void {
  const url = webAddress(address, context.options.base);
  if (url === undefined) return context.warnings.add(`a frame without a web address was left out`);
  const attrs = embedAttrs(url, title);
  const { into, from } = context.builder.top;
  const last = into.length > from ? into.at(-1) : undefined;
  if (last?.type === 'embed' && last.attrs.url === attrs.url) return;
  add(context, { type: 'embed', attrs });
}

/** Puts a sound, a film or a file by its address. @returns whether the address was one. */
export function placeFile(
  context: Context,
  address: string,
  about: { type?: 'audio' | 'video' | 'file'; title?: string; sameAs?: string } = {},
): boolean {
  const { assets, options } = context;
  const url = webAddress(address, options.base);
  if (url === undefined) return false;
  const asset = assets.add(url, {
    ...(about.type === undefined ? {} : { type: about.type }),
    sameAs: about.sameAs,
  });
  if (asset === undefined) return false;
  const type = about.type ?? assets.get(asset)?.type ?? 'file';
  const title = cut(squish(about.title ?? ''), 500);
  if (type === 'image') add(context, { type: 'image', attrs: { asset } });
  else
    add(context, {
      type,
      attrs: {
        asset,
        ...(title === '' ? (type === 'file' ? { title: cut(fileNameOf(url), 500) } : {}) : { title }),
      },
    });
  return true;
}

/** Gives the caption of a figure to what the figure shows; as a paragraph where nothing can carry it. */
export function withCaption(blocks: Block[], caption: string): Block[] {
  const text = squish(caption);
  if (text === '') return blocks;
  const carriers = blocks.filter((block) => block.type !== 'paragraph');
  const [carrier] = carriers;
  const paragraph: Block = { type: 'paragraph', content: [{ type: 'text', text }] };
  if (carriers.length !== 1 || carrier === undefined || text.length > 2000) return [...blocks, paragraph];
  if (
    carrier.type === 'image' ||
    carrier.type === 'audio' ||
    carrier.type === 'video' ||
    carrier.type === 'file'
  ) {
    if (carrier.attrs.caption !== undefined) return [...blocks, paragraph];
    carrier.attrs.caption = text;
    return blocks;
  }
  if (carrier.type === 'gallery' || carrier.type === 'table') {
    if (carrier.attrs?.caption !== undefined) return [...blocks, paragraph];
    carrier.attrs = { ...carrier.attrs, caption: text };
    return blocks;
  }
  if (carrier.type !== 'embed' || carrier.attrs.title !== undefined || text.length > 500)
    return [...blocks, paragraph];
  carrier.attrs.title = text;
  return blocks;
}

/** Makes one gallery of the pictures among blocks; what is no picture follows it. */
export function asGallery(blocks: Block[], caption: string): Block[] {
  const images: ImageBlock[] = [];
  const others: Block[] = [];
  for (const block of blocks) {
    if (isImage(block)) images.push(block);
    else if (block.type === 'gallery') {
      images.push(...block.content);
      if (block.attrs?.caption !== undefined)
        others.push({ type: 'paragraph', content: [{ type: 'text', text: block.attrs.caption }] });
    } else others.push(block);
  }
  const [only] = images;
  if (only === undefined) return withCaption(others, caption);
  const shown: Block = images.length === 1 ? only : { type: 'gallery', content: images };
  return [...withCaption([shown], caption), ...others];
}
