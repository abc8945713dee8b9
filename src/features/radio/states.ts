import type { Db } from '../../storage/db.ts';
import type { Mount } from './air/mount.ts';
import { writeState } from './states.store.ts';

type Watched = { mount: Mount; news: boolean; written: string };

export type StateKeeper = {
  /** Another source or title: written down soon, and told. */
  changed(mount: Mount): void;
  forget(mount: Mount): void;
  /** Writes what has changed. `off`: the process goes, so nothing is on. */
  write(off?: boolean): Promise<void>;
};

/** Writes down what is on the air, so that other processes and pages know; titles that follow one another within a moment are one change. */
export function makeStateKeeper(options: {
  readonly db: Db;
  readonly now: () => number;
  readonly listeners: (mountId: string) => number;
  readonly onFault: (cause: unknown) => void;
}): StateKeeper {
  const watched = new Map<string, Watched>();
  let soon: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function writeAll(off: boolean): Promise<void> {
    for (const entry of watched.values()) {
      const { mount } = entry;
      const { origin, title, since } = mount.onAir;
      // A process that never had the air leaves what another says of it.
      if (origin === 'off' && entry.written === '') continue;
      const state = {
        mount_id: mount.config.id,
        origin: off ? ('off' as const) : origin,
        title: off ? '' : title.title,
        artist: off ? '' : title.artist,
        format: mount.channel.format ?? null,
        kbits: mount.channel.kbits || null,
        listeners: off ? 0 : options.listeners(mount.config.id),
        since: new Date(since).toISOString(),
      };
      const text = JSON.stringify(state);
      const tell = entry.news || (off && origin !== 'off');
      if (text === entry.written) continue;
      entry.news = false;
      try {
        await options.db.write((tx) =>
          writeState(options.db, tx, {
            state: { ...state, updated_at: new Date(options.now()).toISOString() },
            tell,
          }),
        );
        entry.written = text;
      } catch (cause) {
        entry.news ||= tell;
        options.onFault(cause);
      }
    }
  }

  const write = (off = false): Promise<void> => {
    writing = writing.then(() => writeAll(off));
    return writing;
  };

  return {
    changed: (mount) => {
      const entry = watched.get(mount.config.id) ?? { mount, news: true, written: '' };
      entry.news = true;
      watched.set(mount.config.id, entry);
      soon ??= setTimeout(() => {
        soon = undefined;
        void write();
      }, 300);
    },
    forget: (mount) => void watched.delete(mount.config.id),
    write: async (off) => {
      if (off === true) clearTimeout(soon);
      await write(off);
    },
  };
}
