import { createHash } from 'node:crypto';

const LINKS = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const UNRESOLVED = 'https://relative.invalid/';

/**
 * A link's address as our documents allow it: absolute http(s), mailto, tel, an address of this site, or a fragment.
 * Undefined when it is unsafe (`javascript:` and its kin), too long, or relative with nothing to resolve it against.
 */
export function linkAddress(href: string, base: string | undefined): string | undefined {
  const raw = href.trim();
  if (raw === '') return undefined;
  if (raw.startsWith('#')) return raw.length <= 2048 ? encodeSpaces(raw) : undefined;
  let url: URL;
  try {
    url = new URL(raw, base ?? UNRESOLVED);
  } catch {
    return undefined;
  }
  if (!LINKS.has(url.protocol)) return undefined;
  let out = url.href;
  if (base === undefined && url.host === 'relative.invalid') {
    if (!raw.startsWith('/') || raw.startsWith('//')) return undefined;
    out = out.slice(UNRESOLVED.length - 1);
  }
  return out.length <= 2048 ? out : undefined;
}

function encodeSpaces(text: string): string {
  return text.replace(/\s+/g, '%20');
}

/** An absolute http(s) address of a file, or undefined. */
export function webAddress(address: string, base: string | undefined): string | undefined {
  const raw = address.trim();
  if (raw === '' || !(URL.canParse(raw) || base !== undefined || raw.startsWith('//'))) return undefined;
  try {
    const url = new URL(raw, base ?? 'https://relative.invalid/');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
    return url.href.length <= 2048 ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A file's address: http(s), or the bytes themselves in a `data:` address. */
export function fileAddress(address: string, base: string | undefined): string | undefined {
  const raw = address.trim();
  if (/^data:(image|audio|video|application\/pdf)/i.test(raw)) return raw;
  return webAddress(raw, base);
}

/**
 * The address of the picture that WordPress, Jetpack's proxy or Ghost made a smaller copy of; the address itself when it is no
 * copy that can be told from its name.
 */
export function originalAddress(address: string): string {
  if (address.startsWith('data:')) return address;
  const url = new URL(address);
  url.hash = '';
  const proxied = /^i\d\.wp\.com$/.test(url.hostname) ? /^\/([^/]+\.[^/]+)(\/.+)$/.exec(url.pathname) : null;
  if (proxied !== null) {
    url.hostname = proxied[1] ?? url.hostname;
    url.pathname = proxied[2] ?? url.pathname;
  }
  if (proxied !== null || url.hostname.endsWith('.files.wordpress.com')) url.search = '';
  if (/\/wp-content\/uploads\/|\.files\.wordpress\.com/.test(url.href))
    url.pathname = url.pathname.replace(/-\d{2,5}x\d{2,5}(?=\.[a-z]{3,4}$)/i, '');
  url.pathname = url.pathname.replace(/\/content\/images\/size\/w\d+(h\d+)?\//, '/content/images/');
  return url.href;
}

/** The key by which a file is known from its address alone: the same for http and https and for resized copies. */
export function assetKey(address: string): string {
  const known = originalAddress(address).replace(/^https?:/, '');
  return `url:${createHash('sha256').update(known).digest('hex').slice(0, 40)}`;
}

/** The last part of an address's path, decoded; `file` when there is none. */
export function fileNameOf(address: string): string {
  if (address.startsWith('data:')) return `inline.${/^data:\w+\/(\w+)/.exec(address)?.[1] ?? 'bin'}`;
  const last = new URL(address).pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last || 'file';
  }
}

const KINDS: Readonly<Record<string, 'image' | 'audio' | 'video'>> = {
  ...Object.fromEntries(
    ['jpg', 'jpeg', 'jpe', 'png', 'gif', 'webp', 'avif', 'svg', 'bmp', 'tif', 'tiff', 'heic'].map((e) => [
      e,
      'image',
    ]),
  ),
  ...Object.fromEntries(
    ['mp3', 'm4a', 'ogg', 'oga', 'opus', 'wav', 'flac', 'aac', 'wma'].map((e) => [e, 'audio']),
  ),
  ...Object.fromEntries(
    ['mp4', 'm4v', 'mov', 'webm', 'ogv', 'avi', 'mkv', 'wmv', 'mpg', 'mpeg', '3gp', 'flv'].map((e) => [
      e,
      'video',
    ]),
  ),
};

/** What a file is, from its media type where given, else from its name's extension. */
export function fileTypeOf(address: string, mimeType?: string): 'image' | 'audio' | 'video' | 'file' {
  const main = (mimeType ?? /^data:(\w+)/.exec(address)?.[1] ?? '').split('/')[0];
  if (main === 'image' || main === 'audio' || main === 'video') return main;
  const extension = /\.([a-z0-9]{2,4})(?:[?#]|$)/i.exec(address)?.[1]?.toLowerCase() ?? '';
  return KINDS[extension] ?? 'file';
}
