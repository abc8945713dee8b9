import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type House, openHouse, type Site, startSite } from '../../../src/app.ts';
import { configFrom } from '../../../src/config/config.ts';
import { addEncoder, createMount, prepareEncoder } from '../../../src/features/radio/radio.ts';
import type { MountInput } from '../../../src/contract/radio.ts';
import type { Station } from '../../../src/features/radio/radio.ts';
import { makeLog } from '../../../src/http/log.ts';
import { buildReaderAssets } from '../../../src/reader/assets.build.ts';
import { newsroomAssets } from '../newsroom-assets.ts';

export const PASSWORD = 'correct-horse';

export type RadioSite = {
  readonly house: House;
  readonly site: Site;
  readonly station: Station;
  readonly address: string;
  readonly port: number;
  readonly sourcePort: number;
  readonly folder: string;
  /** Makes a mount that takes the encoder `source` with the password, and one `boss` that may take over. */
  mount(input: Partial<MountInput> & { slug: string }): Promise<string>;
  /** Stops the process's site and starts it again on the same folder and ports. */
  restart(): Promise<RadioSite>;
} & AsyncDisposable;

/** A whole site with its radio, on free ports. */
export async function radioSite(
  given: {
    folder?: string;
    port?: number;
    sourcePort?: number;
    env?: Record<string, string>;
    newsroom?: boolean;
  } = {},
): Promise<RadioSite> {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'dateline-radio-')));
  const assetFolder = join(folder, 'assets');
  const config = configFrom(
    {
      DATELINE_DATA: join(folder, 'data'),
      DATELINE_METRICS_PORT: 'off',
      DATELINE_LOG_LEVEL: 'error',
      DATELINE_ROLE: 'radio',
      DATELINE_RADIO_PORT: String(given.sourcePort ?? 0),
      ...given.env,
    },
    { port: String(given.port ?? 0), origin: `http://127.0.0.1:${given.port ?? 0}` },
  );
  const assets = await buildReaderAssets(assetFolder);
  if (given.newsroom === true) await newsroomAssets(assetFolder, assets.fonts);
  const house = await openHouse(config);
  const log = makeLog('error');
  const site = await startSite({ house, config, assets, assetFolder, log, version: '0.0.0' });
  const { station } = site;
  if (station?.sourcePort === undefined) throw new Error('the radio has no port');
  const { sourcePort } = station;
  const { port } = site.address;
  const stop = async (): Promise<void> => {
    await site.stop();
    await house.close();
  };
  return {
    house,
    site,
    station,
    address: `http://127.0.0.1:${port}`,
    port,
    sourcePort,
    folder,
    mount: async (input) => {
      const encoders = [
        await prepareEncoder({ username: 'source', password: PASSWORD }),
        await prepareEncoder({ username: 'boss', password: PASSWORD, takesOver: true }),
      ];
      const context = { db: house.db, clock: house.clock };
      const id = await house.db.write(async (tx) => {
        const mountId = await createMount(tx, context, { name: input.slug, ...input });
        for (const encoder of encoders) await addEncoder(tx, context, { mountId, encoder });
        return mountId;
      });
      await station.reload();
      return id;
    },
    restart: async () => {
      await stop();
      return radioSite({ ...given, folder, port, sourcePort });
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until something is so; a hang alone ends it. */
export async function until(what: () => boolean | Promise<boolean>, everyMs = 20): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}
