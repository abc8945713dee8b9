import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type House, openHouse, type Site, startSite } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import { configFrom } from '../../src/config/config.ts';
import { makeLog } from '../../src/http/log.ts';
import { buildReaderAssets } from '../../src/reader/assets.build.ts';
import { newsroomAssets } from './newsroom-assets.ts';

export type Answer = { readonly status: number; readonly headers: string; readonly body: string };

/** The whole site on a free port of this machine, in a folder of its own. */
export type RunningSite = {
  readonly house: House;
  readonly site: Site;
  /** Where it listens, which is its origin too unless one was given. */
  readonly address: string;
  get(path: string): Promise<Answer>;
} & AsyncDisposable;

export type RunningOptions = {
  readonly postgres?: string;
  readonly origin?: string;
  readonly clock?: Clock;
  readonly port?: number;
  /** `all` does the jobs too; `web` when absent. */
  readonly role?: 'web' | 'all';
  /** More of the environment: providers to sign in with, a mail server. */
  readonly env?: Readonly<Record<string, string>>;
  readonly fill?: (house: House) => Promise<void>;
};

/** Starts everything but the jobs (unless asked for), as `dateline serve --role=web` does. */
export async function runSite(options: RunningOptions = {}): Promise<RunningSite> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-site-'));
  const assetFolder = join(folder, 'assets');
  const port = options.port ?? 0;
  const config = configFrom(
    {
      DATELINE_DATA: join(folder, 'data'),
      DATELINE_METRICS_PORT: 'off',
      DATELINE_LOG_LEVEL: 'error',
      DATELINE_ROLE: options.role ?? 'web',
      ...(options.role === 'all' ? { DATELINE_RADIO_PORT: 'off' } : {}),
      ...options.env,
      ...(options.postgres === undefined ? {} : { DATELINE_DATABASE_URL: options.postgres }),
    },
    { port: String(port), origin: options.origin ?? `http://127.0.0.1:${port}` },
  );
  const assets = await buildReaderAssets(assetFolder);
  await newsroomAssets(assetFolder, assets.fonts);
  const house = await openHouse(config, options.clock);
  await options.fill?.(house);
  const log = makeLog('error');
  const site = await startSite({ house, config, assets, assetFolder, log, version: '0.0.0' });
  const address = `http://127.0.0.1:${site.address.port}`;
  return {
    house,
    site,
    address,
    get: (path) => get(address + path),
    [Symbol.asyncDispose]: async () => {
      await site.stop();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One request without redirects followed, and every header as it was sent. */
function get(address: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      address,
      { headers: { 'accept-encoding': 'identity' }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.rawHeaders.join('\n'),
            body: Buffer.concat(chunks).toString('latin1'),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
