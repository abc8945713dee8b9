import type { Conversion } from '../html/html.ts';
import { feedHtml, htmlToDoc, htmlToText } from '../html/html.ts';
import { asGallery, placeEmbed, placeFile, placeImage, withCaption } from '../html/media.ts';
import { cut } from '../html/text.ts';

type Payload = Readonly<Record<string, unknown>>;

const text = (payload: Payload, ...names: string[]): string => {
  for (const name of names) {
    const value = payload[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
};

/** A card of Ghost's editors: mobiledoc and lexical name and fill them alike. What is unknown keeps its words and is reported. */
export function placeCard(conversion: Conversion, name: string, payload: Payload): void {
  const { converter, context } = conversion;
  const { builder } = context;
  builder.break();
  const caption = htmlToText(text(payload, 'caption'));
  switch (name) {
    case 'image':
      return captioned(conversion, caption, () =>
        placeImage(context, {
          src: text(payload, 'src'),
          alt: text(payload, 'alt'),
          class: /wide|full/.test(text(payload, 'cardWidth')) ? 'alignwide' : '',
        }),
      );
    case 'gallery':
      return placeGallery(conversion, payload, caption);
    case 'hr':
    case 'horizontalrule':
      return void builder.add({ type: 'horizontalRule' });
    case 'html':
    case 'email':
      if (name === 'email') context.warnings.add('a part that was for e-mail only was left out');
      else feedHtml(text(payload, 'html'), conversion);
      return builder.break();
    case 'code':
    case 'codeblock':
      return captioned(conversion, caption, () => {
        converter.start('pre', {
          class: text(payload, 'language') === '' ? '' : `language-${text(payload, 'language')}`,
        });
        converter.text(text(payload, 'code'));
        converter.end('pre');
      });
    case 'embed':
      return captioned(conversion, caption, () =>
        placeEmbed(context, text(payload, 'url'), text(record(payload['metadata']), 'title')),
      );
    case 'bookmark':
      return captioned(conversion, caption, () =>
        placeEmbed(
          context,
          text(payload, 'url') || text(record(payload['metadata']), 'url'),
          text(record(payload['metadata']), 'title'),
        ),
      );
    case 'audio':
    case 'video':
      return captioned(conversion, caption, () => {
        if (!placeFile(context, text(payload, 'src'), { type: name, title: text(payload, 'title') }))
          context.warnings.add(`a ${name} card without an address was left out`);
      });
    case 'file':
      return captioned(conversion, htmlToText(text(payload, 'fileCaption')), () => {
        placeFile(context, text(payload, 'src'), {
          type: 'file',
          title: htmlToText(text(payload, 'fileTitle', 'fileName')),
        });
      });
    case 'callout':
      return placeNote(conversion, `${text(payload, 'calloutEmoji')} ${text(payload, 'calloutText')}`);
    case 'toggle':
      feedHtml(`<h4>${text(payload, 'heading')}</h4>${text(payload, 'content')}`, conversion);
      return builder.break();
    case 'button':
      return link(conversion, text(payload, 'buttonText'), text(payload, 'buttonUrl'));
    case 'header':
      feedHtml(
        `<h2>${text(payload, 'heading', 'header')}</h2><p>${text(payload, 'subheading', 'subheader')}</p>`,
        conversion,
      );
      return link(conversion, text(payload, 'buttonText'), text(payload, 'buttonUrl'));
    case 'product':
      placeImage(context, { src: text(payload, 'productImageSrc') });
      feedHtml(`<h4>${text(payload, 'productTitle')}</h4>${text(payload, 'productDescription')}`, conversion);
      return link(conversion, text(payload, 'productButton'), text(payload, 'productUrl'));
    case 'call-to-action':
      feedHtml(text(payload, 'textValue'), conversion);
      return link(conversion, text(payload, 'buttonText'), text(payload, 'buttonUrl'));
    case 'markdown':
    case 'card-markdown':
      context.warnings.add('a Markdown card was kept as plain text');
      for (const part of text(payload, 'markdown').split(/\n\s*\n/)) {
        builder.text(part);
        builder.break();
      }
      return;
    case 'paywall':
    case 'email-cta':
    case 'signup':
      return context.warnings.add(`a ${name} card was left out`);
    default:
      context.warnings.add(`a card of the unknown kind ${cut(name, 40)} kept only its words`);
      for (const value of Object.values(payload))
        if (typeof value === 'string' && /\s/.test(value)) {
          builder.text(htmlToText(value));
          builder.break();
        }
  }
}

function record(value: unknown): Payload {
  return typeof value === 'object' && value !== null ? (value as Payload) : {};
}

function captioned({ context }: Conversion, caption: string, place: () => void): void {
  const { builder } = context;
  builder.open('range', 'card', { onClose: ({ blocks }) => builder.putAll(withCaption(blocks, caption)) });
  place();
  builder.close('card');
}

function placeGallery({ context }: Conversion, payload: Payload, caption: string): void {
  const { builder } = context;
  builder.open('range', 'card', { onClose: ({ blocks }) => builder.putAll(asGallery(blocks, caption)) });
  const images = Array.isArray(payload['images']) ? (payload['images'] as unknown[]) : [];
  for (const image of images.map(record)) {
    builder.open('range', 'picture-card', {
      onClose: ({ blocks }) => builder.putAll(withCaption(blocks, htmlToText(text(image, 'caption')))),
    });
    placeImage(context, { src: text(image, 'src'), alt: text(image, 'alt') });
    builder.close('picture-card');
  }
  builder.close('card');
}

/** A callout: a note to the readers, set apart. What is more than text stands on its own. */
function placeNote(conversion: Conversion, html: string): void {
  const { context } = conversion;
  const { doc } = htmlToDoc(html, { base: context.options.base, language: context.options.language });
  if (doc.content.every((block) => block.type === 'paragraph' || block.type === 'heading')) {
    if (doc.content.length > 0) context.builder.add({ type: 'note', content: doc.content });
  } else feedHtml(html, conversion);
  context.builder.break();
}

function link({ converter, context }: Conversion, words: string, href: string): void {
  if (words.trim() === '') return;
  context.builder.break();
  converter.start('a', { href });
  converter.text(htmlToText(words));
  converter.end('a');
  context.builder.break();
}
