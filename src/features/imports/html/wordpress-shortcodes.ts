import type { Block } from '../../../contract/document.ts';
import { squish } from '../../../base/text.ts';
import type { Context } from './context.ts';
import { embedProvider } from './embeds.ts';
import { add, placeEmbed, placeFile, withCaption } from './media.ts';
import { inlineText } from './paragraph.ts';
import type { ShortcodeAttrs } from './shortcodes.ts';
import { SHORTCODE } from './shortcodes.ts';

const SOUND = ['src', 'mp3', 'm4a', 'ogg', 'wav', 'flac', 'wma'];
const FILM = ['src', 'mp4', 'm4v', 'webm', 'ogv', 'mov', 'wmv', 'flv'];
/** Players that were named by a number or code alone. */
const BY_CODE: Readonly<Record<string, (code: string) => string>> = {
  youtube: (code) => `https://www.youtube.com/watch?v=${code}`,
  vimeo: (code) => `https://vimeo.com/${code}`,
  dailymotion: (code) => `https://www.dailymotion.com/video/${code}`,
  tweet: (code) => `https://twitter.com/i/status/${code}`,
  gist: (code) => `https://gist.github.com/${code}`,
};

/** The start of a shortcode. What is unknown is reported; the text inside it stays. */
export function startShortcode(context: Context, name: string, attrs: ShortcodeAttrs): void {
  const { builder, warnings } = context;
  const tag = SHORTCODE + name;
  if (name === 'caption' || name === 'wp_caption') openCaption(context, tag, attrs);
  else if (name === 'gallery') placeGallery(context, attrs);
  else if (name === 'playlist') placePlaylist(context, attrs);
  else if (name === 'audio' || name === 'video') openPlayer(context, { tag, type: name, attrs });
  else if (name === 'embed') openEmbed(context, tag);
  else if (name === 'code' || name === 'sourcecode' || name === 'highlight')
    builder.open('code', tag, { language: attrs.named['language'] ?? attrs.named['lang'] });
  else {
    const address = [...attrs.positional, ...Object.values(attrs.named)].find(
      (value) => /^https?:\/\//.test(value) && embedProvider(value) !== undefined,
    );
    const code = attrs.named['id'] ?? attrs.positional[0] ?? '';
    const make = BY_CODE[name];
    if (address !== undefined) placeEmbed(context, address);
    else if (make !== undefined && /^[\w-]{4,}$/.test(code)) placeEmbed(context, make(code));
    else warnings.add(`shortcode [${name}] was left out`);
  }
}

export function endShortcode(context: Context, name: string): void {
  context.builder.close(SHORTCODE + name);
}

/** A classic caption: the picture, then the words; or the words as an attribute. */
function openCaption(context: Context, tag: string, { named }: ShortcodeAttrs): void {
  const { builder } = context;
  const inset = /align(left|right)/.test(named['align'] ?? '');
  builder.open('range', tag, {
    onClose: ({ blocks }) => {
      const words = blocks.map((block) =>
        block.type === 'paragraph' ? inlineText(block.content ?? []) : '',
      );
      const caption = squish([(named['caption'] ?? '').replace(/<[^>]*>/g, ''), ...words].join(' '));
      const shown: Block[] = blocks.filter((block) => block.type !== 'paragraph');
      if (inset) for (const block of shown) if (block.type === 'image') block.attrs.size = 'inset';
      builder.putAll(withCaption(shown, caption));
    },
  });
}

function ids(text: string): string[] {
  return (text.match(/\d+/g) ?? []).map((id) => `attachment:${id}`);
}

function placeGallery(context: Context, { named }: ShortcodeAttrs): void {
  const listed = ids(named['ids'] ?? named['include'] ?? '');
  const left = new Set(ids(named['exclude'] ?? ''));
  const assets = (listed.length > 0 ? listed : (context.options.wordpress?.attached ?? [])).filter(
    (id) => !left.has(id),
  );
  if (assets.length === 0)
    return context.warnings.add('shortcode [gallery] was left out: the file names no picture for it');
  const content = assets.slice(0, 500).map((asset) => ({ type: 'image' as const, attrs: { asset } }));
  add(context, { type: 'gallery', content });
  context.warnings.add(`shortcode [gallery] kept as a gallery of ${content.length}`);
}

function placePlaylist(context: Context, { named }: ShortcodeAttrs): void {
  const assets = ids(named['ids'] ?? '');
  if (assets.length === 0)
    return context.warnings.add('shortcode [playlist] was left out: it names no recording');
  const type = named['type'] === 'video' ? 'video' : 'audio';
  for (const asset of assets.slice(0, 500)) add(context, { type, attrs: { asset } });
  context.warnings.add(`shortcode [playlist] kept as ${assets.length} recordings`);
}

function openPlayer(
  context: Context,
  { tag, type, attrs }: { tag: string; type: 'audio' | 'video'; attrs: ShortcodeAttrs },
): void {
  const { builder } = context;
  const address =
    (type === 'audio' ? SOUND : FILM).map((name) => attrs.named[name]).find((value) => value !== undefined) ??
    attrs.positional.find((value) => /^https?:/.test(value));
  if (address !== undefined && embedProvider(address) !== undefined) placeEmbed(context, address);
  else if (address === undefined || !placeFile(context, address.split('|')[0] ?? '', { type }))
    context.warnings.add(`shortcode [${type}] was left out: it names no recording`);
  builder.open('range', tag);
}

/** `[embed]address[/embed]` */
function openEmbed(context: Context, tag: string): void {
  context.builder.open('caption', tag, {
    onClose: ({ text }) => {
      const address = squish(text);
      if (/^https?:\/\/\S+$/.test(address)) placeEmbed(context, address);
      else context.builder.text(address);
    },
  });
}
