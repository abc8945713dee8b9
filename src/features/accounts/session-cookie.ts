/** The session's name in the cookie: bound to the host, its whole path and TLS where the site has TLS (RFC 6265bis §4.1.3.2). */
export function sessionCookieName(https: boolean): string {
  return https ? '__Host-dateline' : 'dateline-session';
}

/** The cookie of a sign-in that is under way: challenge, state, first factor. */
export function stepCookieName(https: boolean): string {
  return https ? '__Host-dateline-step' : 'dateline-step';
}

/** `Set-Cookie` of a secret for so many seconds; without a secret, the one that removes it. */
export function setCookie(
  name: string,
  options: { readonly secret: string | undefined; readonly https: boolean; readonly seconds: number },
): string {
  const { secret } = options;
  const parts = [
    `${name}=${secret ?? ''}`,
    'Path=/',
    `Max-Age=${secret === undefined ? 0 : options.seconds}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  if (options.https) parts.push('Secure');
  return parts.join('; ');
}

/** The value of a cookie; undefined when it is absent, or there more than once, which no browser of ours does. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && /^[\w-]{20,100}$/.test(value) ? value : undefined;
}
