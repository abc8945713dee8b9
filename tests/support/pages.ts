import { readAddress, readQuery } from '../../src/http/pages/address.ts';
import { makeMatcher } from '../../src/http/pages/match.ts';
import type { PageContext, PageRoute } from '../../src/http/pages/page-route.ts';

/** What a page route answers to an address, without the cache; 404 where none has it. Files are not for this. */
export async function ask<S>(
  routes: readonly PageRoute<S>[],
  { address, context }: { readonly address: string; readonly context: PageContext<S> },
): Promise<{ status: number; type: string; body: string }> {
  const none = { status: 404, type: '', body: '' };
  const [, search = ''] = address.split('?');
  const read = readAddress(address);
  if (read.kind !== 'address') return none;
  const found = makeMatcher(routes)(read.segments);
  if (found === undefined) return none;
  const query = readQuery(search, found.route.query) ?? {};
  const answer = await found.route.load(context, { params: found.params, query, path: read.path });
  if (answer === undefined || 'file' in answer) return none;
  const { status, contentType, body } = answer;
  return { status, type: contentType, body: typeof body === 'string' ? body : Buffer.from(body).toString() };
}
