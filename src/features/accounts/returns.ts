import { paths } from '../../contract/routes.ts';

/**
 * Where to go back to: an address of this site's own pages and nothing else. Whatever a browser would read as another host, a script, or a page
 * that acts by being opened becomes the fallback.
 */
export function safeReturn(to: string | null | undefined, fallback: string = paths.account()): string {
  // One slash, and what follows is no second one: `//host`, `/\host`, `/%09/host` as browsers read them are hosts.
  if (
    typeof to !== 'string' ||
    to.length > 1500 ||
    !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e\u00a1-\uffff]*$/.test(to)
  )
    return fallback;
  const base = 'https://site.invalid';
  if (!URL.canParse(to, base)) return fallback;
  const url = new URL(to, base);
  // After dot segments are resolved, too.
  if (url.origin !== base || url.pathname.startsWith('//') || url.username !== '') return fallback;
  const first = url.pathname.split('/')[1];
  if (first === 'api') return fallback;
  const own = /^\/account\/(?!profile|security|data)/.test(url.pathname);
  return own ? fallback : `${url.pathname}${url.search}${url.hash}`;
}
