import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { makeMetrics, serveMetrics } from './metrics.ts';
import { makePageCache } from './pages/page-cache.ts';

test('/metrics tells of requests by route and of the page cache as it is now', async () => {
  const cache = makePageCache({ maxBytes: 1000 });
  const metrics = makeMetrics(() => cache.stats());
  const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  metrics.observe({ route: '/api/v1/articles/:id', method: 'GET', status: 200, seconds: 0.002 });
  await cache.obtain('/a', async () => ({ keep: false }));
  const text = await (await fetch(`${base}/metrics`)).text();
  expect(text).toContain(
    'dateline_http_request_seconds_count{route="/api/v1/articles/:id",method="GET",status="200"} 1',
  );
  expect(text).toContain('dateline_page_cache_misses_total 1');
  expect(text).toContain('dateline_page_cache_bytes 0');
  expect(text).toContain('process_resident_memory_bytes');
  expect((await fetch(`${base}/other`)).status).toBe(404);
  server.close();
});
