import { join } from 'node:path';
import type { Outbound } from '../../base/outbound.ts';
import type { Db } from '../../storage/db.ts';
import type { Audience } from './air/audience.ts';
import { Channel } from './air/channel.ts';
import { playFiles, playMount } from './air/fallback.ts';
import type { Feed, FeedSink } from './air/feed.ts';
import { Mount, type MountConfig } from './air/mount.ts';
import type { StandInFile, StandIns } from './air/stand-ins.ts';
import { startVariant, type Variant } from './air/variant.ts';
import { standInFiles } from './mounts.views.ts';
import { startRelay } from './relay/relay.ts';
import { songOf } from './source/metadata.ts';
import type { Dial } from './relay/tools.ts';
import type { RadioLimits } from './source/door.ts';
import type { StateKeeper } from './states.ts';
import { SegmentStore } from './store/segment-store.ts';

/** A mount that is open in this process, with its further bit rates. */
export type OpenMount = {
  readonly mount: Mount;
  readonly variants: () => readonly Variant[];
  audiences(): readonly Audience[];
  configure(config: MountConfig): Promise<void>;
  /** Brings sound to the disk: everything when `due`, else only segments that are whole. */
  flush(due: boolean): Promise<void>;
  prune(): Promise<void>;
  close(): Promise<void>;
};

export type OpenMountOptions = {
  readonly db: Db;
  readonly folder: string;
  readonly limits: RadioLimits;
  readonly maxBytes: number;
  readonly now: () => number;
  readonly ffmpeg: string | undefined;
  readonly standIns: StandIns;
  readonly states: StateKeeper;
  readonly dial: Dial;
  readonly outbound: Outbound;
  readonly find: (id: string) => OpenMount | undefined;
  readonly log: {
    info(details: object, text: string): void;
    warn(details: object, text: string): void;
  };
};

const REWIND_MS = 6 * 3600_000;

export async function openMount(config: MountConfig, options: OpenMountOptions): Promise<OpenMount> {
  const { now, limits, standIns } = options;
  let variants: Variant[] = [];
  let files: StandInFile[] = [];

  const openChannel = async (name: string, keepHours: number): Promise<Channel> =>
    new Channel({
      burstBytes: limits.burstBytes,
      queueBytes: limits.queueBytes,
      now,
      store: await SegmentStore.open({
        folder: join(options.folder, config.id, name),
        rewindMs: REWIND_MS,
        keepMs: keepHours * 3600_000,
        maxBytes: options.maxBytes,
        now,
        onTrouble: (cause) =>
          options.log.warn(
            { err: cause, mount: config.slug },
            'the recording pauses: the disk takes nothing; listeners hear on',
          ),
        onHealed: () => options.log.info({ mount: config.slug }, 'the recording goes on'),
      }),
    });

  const startFallback = (mount: Mount, sink: FeedSink): Feed | undefined => {
    const { fallback } = mount.config;
    if (fallback.kind === 'mount') {
      const other = options.find(fallback.mount)?.mount;
      return other === undefined || other === mount ? undefined : playMount(other, sink);
    }
    if (fallback.kind === 'none' || files.length === 0) return undefined;
    const { format } = mount.channel;
    return playFiles(
      files.map((file) => standIns.open(file, format)),
      { sink, now },
    );
  };

  const mount = new Mount({
    config,
    channel: await openChannel('main', config.keepHours),
    now,
    startRelay: (of, sink) =>
      of.relayUrl === undefined ? undefined : startRelay(of.relayUrl, { sink, tools: { ...options, now } }),
    startFallback,
    onChange: (changed) => {
      options.states.changed(changed);
      for (const { channel } of variants) tellTitle(channel);
    },
  });
  const tellTitle = (channel: Channel): void =>
    channel.audience.setTitle(songOf(mount.onAir.title) || mount.config.name);
  const prepare = (): void => void standIns.prepare(files, mount.channel.format);
  mount.channel.onFormatChange(prepare);

  async function arrange(next: MountConfig): Promise<void> {
    files = next.fallback.kind === 'files' ? await standInFiles(options.db.read, next.fallback.assets) : [];
    prepare();
    const wanted = options.ffmpeg === undefined ? [] : next.bitRates;
    const program = options.ffmpeg ?? '';
    for (const variant of variants.filter(({ kbits }) => !wanted.includes(kbits))) await variant.stop();
    variants = variants.filter(({ kbits }) => wanted.includes(kbits));
    for (const kbits of wanted)
      if (!variants.some((variant) => variant.kbits === kbits)) {
        const channel = await openChannel(String(kbits), 0);
        tellTitle(channel);
        variants.push(startVariant(mount.channel, channel, { program, kbits }));
      }
  }
  await arrange(config);

  const stores = (): SegmentStore[] => [mount.channel.store, ...variants.map(({ channel }) => channel.store)];
  let first = true;
  return {
    mount,
    variants: () => variants,
    audiences: () => [mount.channel.audience, ...variants.map(({ channel }) => channel.audience)],
    configure: async (next) => {
      await arrange(next);
      mount.configure(next);
    },
    flush: async (due) => {
      // The first sound tells what the listeners will hear: what stands in is made the same.
      if (first && mount.channel.format !== undefined) {
        first = false;
        prepare();
      }
      await Promise.all(
        stores()
          .filter((store) => due || store.due)
          .map((store) => store.flush()),
      );
    },
    prune: async () => {
      for (const store of stores()) await store.prune();
    },
    close: async () => {
      for (const variant of variants) await variant.stop();
      await mount.close();
    },
  };
}
