/**
 * One of the two servers that `front-door.ts` compares, in a process of its own: `bare` sends the bytes with node:http and nothing
 * else, `door` sends the same bytes through the front door and the page cache. Tells its port, then its processor time when asked.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeFrontDoor, type Outcome } from '../src/http/pages/front-door.ts';
import { makeEntry } from '../src/http/pages/entry.ts';
import { makePageCache } from '../src/http/pages/page-cache.ts';
import { type PageAnswer, pageRoute } from '../src/http/pages/page-route.ts';

const article: PageAnswer = {
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body: page(30_000),
  tags: ['site', 'article:0198f3c4-7d5e-7c11-9a3e-0c6a4c1f2b10', 'section:politics'],
  cache: 'page',
  headers: { 'Last-Modified': 'Wed, 21 Jan 2015 10:32:00 GMT' },
};

/** Text that compresses about as well as prose does. */
function page(length: number): string {
  const words =
    'the a of to minister parliament river said on Monday that would budget vote storm harbour'.split(' ');
  let seed = 7;
  let text = '<!doctype html><title>A page</title><p>';
  while (text.length < length) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += `${words[seed % words.length] ?? ''}${seed % 97} `;
  }
  return text;
}

async function bare(): Promise<RequestListener> {
  const entry = makeEntry(
    { key: '/a', answer: article },
    { https: true, sharedSeconds: 10, surrogateKeys: true, now: 0 },
  );
  const { br = entry.variants.identity, identity } = { ...entry.variants, br: await entry.encode('br') };
  return (req, res) => {
    // The same bytes on the wire, head included, without a question asked.
    const { headers, body } = req.url === '/br' ? br : identity;
    res.writeHead(200, headers as string[]);
    res.end(body);
  };
}

function door(): RequestListener {
  const handle = makeFrontDoor({
    routes: [pageRoute({ pattern: '/:name', load: async () => article })],
    sitePages: { notFound: async () => article, failed: async () => article },
    cache: makePageCache<Outcome>({ maxBytes: 64 * 1024 * 1024 }),
    context: () => ({ read: undefined as never, services: undefined, now: '' }),
    https: true,
    passes: ['/api/'],
    onFault: (cause) => {
      throw cause;
    },
  });
  return (req, res) => handle(req, res, () => res.writeHead(500).end());
}

const server = createServer(process.argv[2] === 'bare' ? await bare() : door());
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit(0));
