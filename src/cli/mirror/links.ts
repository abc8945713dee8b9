/** Where a page of the site leads, as far as the mirror is concerned: addresses of this site, with the query keys that name a page. */
export function linksOf(
  body: string,
  { origin, contentType }: { origin: string; contentType: string },
): Set<string> {
  const found = new Set<string>();
  const add = (raw: string): void => {
    const text = raw.trim().replaceAll('&amp;', '&').replaceAll('&#38;', '&');
    const local = text.startsWith(origin) ? text.slice(origin.length) || '/' : text;
    if (!local.startsWith('/') || local.startsWith('//')) return;
    const url = URL.parse(local, origin);
    if (url === null || url.origin !== new URL(origin).origin) return;
    found.add(addressOf(url));
  };
  if (contentType.startsWith('text/html')) {
    for (const match of body.matchAll(/\s(?:href|src|poster|content)="([^"]+)"/g)) add(match[1] ?? '');
    for (const match of body.matchAll(/\s(?:srcset|imagesrcset)="([^"]+)"/g))
      for (const candidate of (match[1] ?? '').split(',')) add(candidate.trim().split(/\s/)[0] ?? '');
  } else if (contentType.startsWith('text/css')) {
    for (const match of body.matchAll(/url\(["']?([^"')]+)["']?\)/g)) add(match[1] ?? '');
  } else if (/xml/.test(contentType)) {
    for (const match of body.matchAll(/<loc>([^<]+)<\/loc>/g)) add(match[1] ?? '');
  }
  return found;
}

const PLACES = ['after', 'before', 'lang'] as const;

/** The one way the mirror writes an address: the keys that choose a page of a list, nothing else. */
export function addressOf(url: URL): string {
  const query = new URLSearchParams();
  for (const key of PLACES) {
    const value = url.searchParams.get(key);
    if (value !== null && value !== '') query.set(key, value);
  }
  return query.size === 0 ? url.pathname : `${url.pathname}?${query.toString()}`;
}

/** A page further down a list: its address moves on with every new story. */
export function isDeepPage(address: string): boolean {
  return /[?&](after|before)=/.test(address);
}
