import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PageCacheStats } from './pages/page-cache.ts';

export type Metrics = {
  /** For other rooms to add theirs to. */
  readonly registry: Registry;
  observe(request: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
};

/** The process's measures. Routes are labelled by pattern, so that their number is bounded. */
export function makeMetrics(pageCache: () => PageCacheStats): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'dateline_http_request_seconds',
    help: 'Time to answer, of requests that the page cache did not answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const names = Object.keys(pageCache()) as (keyof PageCacheStats)[];
  const growing = new Set<keyof PageCacheStats>([
    'hits',
    'misses',
    'joined',
    'bumped',
    'evicted',
    'overtaken',
  ]);
  for (const name of names) {
    const words = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const registers = [registry];
    if (growing.has(name)) {
      const help = `Page cache: ${name} since the start`;
      new Counter({
        name: `dateline_page_cache_${words}_total`,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(pageCache()[name]);
        },
      });
    } else {
      new Gauge({
        name: `dateline_page_cache_${words}`,
        help: `Page cache: ${name} now`,
        registers,
        collect() {
          this.set(pageCache()[name]);
        },
      });
    }
  }
  return {
    registry,
    observe: ({ route, method, status, seconds }) => durations.observe({ route, method, status }, seconds),
  };
}

/** Serves `/metrics` and nothing else, on a port that only this machine reaches. */
export async function serveMetrics(
  metrics: Metrics,
  listen: { host: string; port: number },
): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.url !== '/metrics') {
      res.writeHead(404, { 'content-type': 'text/plain' }).end('The measures are at /metrics.\n');
      return;
    }
    metrics.registry.metrics().then(
      (text) => res.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, resolve);
  });
  return server;
}
