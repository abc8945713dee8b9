import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../base/problem.ts';

/**
 * Refuses a request that another site may have sent with our reader's cookie: an unsafe method that bears one must say that it comes from our
 * own pages, by Sec-Fetch-Site, or by Origin from browsers that do not send that. Tokens are not sent by themselves and need none of it.
 * @throws Problem `forbidden`
 */
export function checkSameOrigin(
  request: { readonly method: string; readonly headers: IncomingHttpHeaders },
  origin: string,
): void {
  if (/^(GET|HEAD|OPTIONS)$/.test(request.method) || request.headers.cookie === undefined) return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return;
  if (site === undefined && request.headers.origin === origin) return;
  throw new Problem(
    'forbidden',
    'The request bears a cookie but does not come from a page of this site.',
    'Send it from the site itself, or with a token and without cookies.',
  );
}
