import { pino } from 'pino';
import { startSite } from '../src/app.ts';
import type { Site } from '../src/app.ts';
import { readAssets } from '../src/cli/house.ts';
import type { PageAnswer } from '../src/http/route.ts';
import { publicRoutes, type PublicServices } from '../src/reader/public-routes.ts';
import { readAddress, readQuery } from '../src/http/pages/address.ts';
import { makeMatcher } from '../src/http/pages/match.ts';
import type { Reader } from '../src/storage/db.ts';
import type { Bench } from './row.ts';

export async function startBenchSite(bench: Bench): Promise<Site> {
  const { folder, manifest } = await readAssets();
  return startSite({
    house: bench.house,
    config: { ...bench.config, listen: { host: '127.0.0.1', port: 0 }, metrics: undefined },
    assets: manifest,
    assetFolder: folder,
    log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
    version: 'bench',
  });
}

export async function servicesOf(bench: Bench): Promise<PublicServices> {
  const { folder, manifest } = await readAssets();
  return {
    kind: bench.house.db.kind,
    origin: bench.config.origin,
    assets: manifest,
    assetFolder: folder,
    blobs: bench.house.blobs,
    media: bench.house.media,
  };
}

const match = makeMatcher(publicRoutes);

/** Renders an address as the front door would, without HTTP and without a cache. */
export async function render(
  target: string,
  { read, services, now }: { read: Reader; services: PublicServices; now: string },
): Promise<PageAnswer> {
  const address = readAddress(target);
  if (address.kind !== 'address') throw new Error(`${target} is no address`);
  const found = match(address.segments);
  const query = readQuery(address.search, found?.route.query ?? []) ?? {};
  const answer = await found?.route.load(
    { read, services, now },
    { params: found.params, query, path: address.path },
  );
  if (answer === undefined || 'file' in answer) throw new Error(`${target} is no page`);
  return answer;
}
