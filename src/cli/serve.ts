import { defineCommand } from 'citty';
import { type House, openHouse, type Site, startSite } from '../app.ts';
import type { Config } from '../config/config.ts';
import { setUpLink } from '../features/accounts/accounts.ts';
import { makeLog } from '../http/log.ts';
import { readAssets, readConfig, readVersion, serveFlags } from './house.ts';

/** Starts the site of an opened house and stops it, house and all, on SIGINT or SIGTERM. */
export async function serveHouse(
  house: House,
  config: Config,
  greet: (site: Site, address: string) => void,
): Promise<void> {
  const { folder, manifest } = await readAssets();
  const site = await startSite({
    house,
    config,
    assets: manifest,
    assetFolder: folder,
    log: makeLog(config.logLevel),
    version: await readVersion(),
  });
  const shown = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host;
  greet(site, `http://${shown}:${site.address.port}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await site.stop();
  await house.close();
}

export const serveCommand = defineCommand({
  meta: { name: 'serve', description: 'Serve the site and the API' },
  args: serveFlags,
  run: async ({ args }) => {
    const config = readConfig(args);
    const house = await openHouse(config);
    const setUp = await setUpLink(house.db, house.clock, { origin: config.origin });
    await serveHouse(house, config, (_site, address) => {
      process.stdout.write(
        `Dateline is at ${config.origin}, listening on ${address}. Stop it with Ctrl-C.\n`,
      );
      if (setUp !== undefined)
        process.stdout.write(
          `There is no administrator yet. Set up the first one, once, within an hour:\n  ${setUp}\n`,
        );
    });
  },
});
