/** Headers as node's `writeHead` takes them fastest: name, value, name, value. */
export type FlatHeaders = readonly string[];

/**
 * No inline code, no eval, no other origin; script may make no HTML from text (Trusted Types; the one named policy exists for the
 * service worker's address, which the browser wants as a TrustedScriptURL).
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types dateline',
].join('; ');

const PERMISSIONS_POLICY =
  'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()';

/** What a browser may do with an answer: a document of ours, or data and files that other sites may read and show. */
export type Audience = 'document' | 'shared';

/** Documents, styles and scripts are ours alone; feeds, pictures, ninjs and the record are for everyone. */
export function audienceOf(contentType: string): Audience {
  return /^(text\/html|text\/css|text\/javascript|application\/javascript|font\/)/.test(contentType)
    ? 'document'
    : 'shared';
}

/** The security headers of every answer, by audience. `https`: the site's origin is https, so HSTS is sent. */
export function securityHeaders(audience: Audience, https: boolean): FlatHeaders {
  const all = [
    'Content-Security-Policy',
    audience === 'document'
      ? `${CONTENT_SECURITY_POLICY}${https ? '; upgrade-insecure-requests' : ''}`
      : "default-src 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'strict-origin-when-cross-origin',
    'Cross-Origin-Resource-Policy',
    audience === 'document' ? 'same-origin' : 'cross-origin',
  ];
  if (audience === 'document') {
    all.push('Cross-Origin-Opener-Policy', 'same-origin', 'Permissions-Policy', PERMISSIONS_POLICY);
  } else {
    // Nothing here depends on who asks, so any page may read it.
    all.push('Access-Control-Allow-Origin', '*');
  }
  if (https) all.push('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  return all;
}

const YEAR_SECONDS = 31_536_000;
export const IMMUTABLE = `public, max-age=${YEAR_SECONDS}, immutable`;
/** What never changes but may be shown for so many milliseconds only. */
export function freshFor(ms: number): string {
  return `public, max-age=${Math.min(YEAR_SECONDS, Math.max(0, Math.floor(ms / 1000)))}, immutable, must-revalidate`;
}

export const NO_STORE = 'no-store';

/**
 * Browsers ask every time (a 304 from memory is cheap, and a correction is seen at once). Shared caches keep a page for some seconds,
 * longer where they are purged by Surrogate-Key. Stale-while-revalidate stands in the header for CDNs alone (RFC 9213): Chrome
 * would honour it too and show readers yesterday's page once more.
 */
export function pageCacheControl(sharedSeconds: number): FlatHeaders {
  return [
    'Cache-Control',
    `public, max-age=0, s-maxage=${sharedSeconds}`,
    'CDN-Cache-Control',
    `public, max-age=${sharedSeconds}, stale-while-revalidate=60, stale-if-error=86400`,
  ];
}

/**
 * The headers of the newsroom's document: as strict as a page's, and open to what an editor needs. Previews are shown in frames of
 * this site; pictures may come from the memory of the browser before they are uploaded; ProseMirror makes a detached document of pasted
 * HTML under a policy of its own name.
 */
export function newsroomHeaders(at: { https: boolean; origin: string }): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' ${at.origin.replace(/^http/, 'ws')}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dateline ProseMirrorClipboard',
    ...(at.https ? ['upgrade-insecure-requests'] : []),
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': PERMISSIONS_POLICY,
    'cache-control': 'no-cache',
    ...(at.https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/** The security headers of the API, where answers depend on who asks. */
export function apiHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': NO_STORE,
    ...(https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/** The headers of a page before it is published: seen by who holds its address, kept by nobody, framed by the newsroom alone. */
export function previewHeaders(https: boolean): Readonly<Record<string, string>> {
  const flat = securityHeaders('document', https);
  const headers: Record<string, string> = {};
  for (let i = 0; i < flat.length; i += 2) headers[String(flat[i]).toLowerCase()] = String(flat[i + 1]);
  return {
    ...headers,
    'content-security-policy': (headers['content-security-policy'] ?? '').replace(
      "frame-ancestors 'none'",
      "frame-ancestors 'self'",
    ),
    'cache-control': NO_STORE,
    'x-robots-tag': 'noindex, nofollow, noarchive',
    // The token must not leave with a click on a link.
    'referrer-policy': 'no-referrer',
  };
}
