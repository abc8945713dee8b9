import type { Asset } from '../item.ts';
import { assetKey, fileAddress, fileNameOf, fileTypeOf, originalAddress } from './addresses.ts';
import type { Attrs } from './inline.ts';
import { cut } from './text.ts';

/** The files that one body names, each once. */
export class AssetList {
  readonly #assets = new Map<string, Asset>();
  readonly #base: string | undefined;

  constructor(base: string | undefined) {
    this.#base = base;
  }

  /** The external id for a file's address; undefined when the address is none that could be fetched. */
  add(
    address: string,
    about: { type?: Asset['type']; alt?: string | undefined; sameAs?: string | undefined } = {},
  ): string | undefined {
    const url = fileAddress(address, this.#base);
    if (url === undefined) return undefined;
    const original = originalAddress(url);
    const externalId = assetKey(url);
    const known = this.#assets.get(externalId);
    const asset: Asset = known ?? {
      externalId,
      type: about.type ?? fileTypeOf(url),
      url: original,
      fileName: cut(fileNameOf(original), 255),
    };
    if (url !== asset.url && !(asset.fallbackUrls ?? []).includes(url))
      asset.fallbackUrls = [...(asset.fallbackUrls ?? []), url];
    if (about.alt !== undefined && about.alt !== '' && asset.alt === undefined) asset.alt = about.alt;
    if (about.sameAs !== undefined) asset.sameAs = about.sameAs;
    this.#assets.set(externalId, asset);
    return externalId;
  }

  has(externalId: string): boolean {
    return this.#assets.has(externalId);
  }

  get(externalId: string): Asset | undefined {
    return this.#assets.get(externalId);
  }

  all(): Asset[] {
    return [...this.#assets.values()];
  }
}

const LAZY = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-orig-file',
  'data-full-url',
  'data-large-file',
  'nitro-lazy-src',
];
const PLACEHOLDER =
  /^data:image\/(gif|svg\+xml|png);|\/(blank|spacer|placeholder|transparent|1x1|grey|lazy)\.(gif|png|svg|jpg)|^about:blank/i;

/** The address of an <img>: its source, what a lazy loader hid, or the widest of its candidates. */
export function imageAddress(attrs: Attrs): string | undefined {
  const src = attrs['src']?.trim() ?? '';
  const lazy = LAZY.map((name) => attrs[name]?.trim() ?? '').find(
    (value) => value !== '' && !value.startsWith('data:'),
  );
  const set = widestOf(attrs['srcset'] ?? attrs['data-srcset'] ?? attrs['data-lazy-srcset'] ?? '');
  if (src !== '' && !PLACEHOLDER.test(src)) return src;
  return (
    lazy ??
    set ??
    (src !== '' && /^data:image\/(png|jpe?g|webp|avif|gif)/i.test(src) && src.length > 400 ? src : undefined)
  );
}

function widestOf(srcset: string): string | undefined {
  let best: { url: string; size: number } | undefined;
  for (const candidate of srcset.split(/,\s+/)) {
    const [url = '', descriptor = '1'] = candidate.trim().split(/\s+/);
    const size = Number.parseFloat(descriptor) || 0;
    if (url !== '' && !url.startsWith('data:') && (best === undefined || size > best.size))
      best = { url, size };
  }
  return best?.url;
}

/** Whether an <img> is there to count readers rather than to be seen. */
export function isTracker(attrs: Attrs): boolean {
  const tiny = (value: string | undefined): boolean =>
    value !== undefined && /^[01](px)?$/.test(value.trim());
  return (
    (tiny(attrs['width']) && tiny(attrs['height'])) ||
    /\/\/(pixel|stats|b|feeds)\.(wp|feedburner|quantserve|wordpress)\.com\//.test(attrs['src'] ?? '')
  );
}

/** Whether an <img> is a letter: an emoji or smiley, whose alt text says what it is. */
export function isEmoji(attrs: Attrs): boolean {
  return (
    /(^|\s)(emoji|wp-smiley)(\s|$)/.test(attrs['class'] ?? '') ||
    /\/images\/(core\/emoji|smilies)\//.test(attrs['src'] ?? '')
  );
}

/** The WordPress attachment that a class list names: `wp-image-12` → 12. */
export function attachmentOf(attrs: Attrs): string | undefined {
  const id =
    /(?:^|\s)wp-image-(\d+)/.exec(attrs['class'] ?? '')?.[1] ??
    (/^\d+$/.test(attrs['data-id'] ?? '') ? attrs['data-id'] : undefined);
  return id === undefined ? undefined : `attachment:${id}`;
}
