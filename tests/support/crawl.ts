import type { Answer } from './site.ts';

/** Asks for the addresses and for whatever their answers lead to on this site. */
export async function crawl(
  { get, origin }: { readonly get: (path: string) => Promise<Answer>; readonly origin: string },
  from: readonly string[],
): Promise<Map<string, Answer>> {
  const seen = new Map<string, Answer>();
  const queue = [...from];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (seen.has(path)) continue;
    const answer = await get(path);
    seen.set(path, answer);
    const text = `${answer.headers}\n${answer.body}`.replaceAll(origin, '');
    for (const [, link = ''] of text.matchAll(/(?:["'>(]|Location\n|location\n)(\/[^"'<>()\s\\]*)/g)) {
      const next = link.replaceAll('&amp;', '&').split('#')[0] ?? '';
      // A search may be asked with any words; those that matter are asked above.
      if (!next.startsWith('//') && !next.includes('/search?') && !next.startsWith('/assets/'))
        queue.push(next);
    }
  }
  return seen;
}
