import type { Counter } from './count/counter.ts';
import { mimeOf } from './frames/frame.ts';
import type { OpenMount } from './open-mount.ts';
import { songOf } from './source/metadata.ts';

/** The listed mounts as `status-json.xsl` of Icecast 2.4 has them, for encoders and directories that read it. */
export function icecastStatus(mounts: readonly OpenMount[], counter: Counter): unknown {
  const source = mounts
    .filter(({ mount }) => mount.config.listed && mount.onAir.origin !== 'off')
    .map(({ mount }) => ({
      server_name: mount.config.name,
      server_description: mount.config.description,
      listenurl: `/${mount.config.slug}`,
      server_type: mimeOf[mount.channel.format ?? 'mp3'],
      bitrate: mount.channel.kbits,
      listeners: counter.listenersNow(mount.config.id),
      stream_start_iso8601: new Date(mount.onAir.since).toISOString(),
      title: songOf(mount.onAir.title),
    }));
  return { icestats: { server_id: 'Dateline', source } };
}
