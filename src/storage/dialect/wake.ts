import { closeSync, openSync, utimesSync, watch } from 'node:fs';

/**
 * Tells this process and, through the time stamp of a file, every other one on the machine that the outbox has grown.
 * Only a hint: who follows the outbox also looks by itself now and then, so a failure here loses nothing.
 */
export function openWakeFile(file: string): {
  announce(): void;
  listen(heard: () => void): () => Promise<void>;
} {
  const local = new Set<() => void>();
  closeSync(openSync(file, 'a'));
  return {
    announce: () => {
      for (const heard of local) heard();
      const now = new Date();
      try {
        utimesSync(file, now, now); // Needs no space on the disk, unlike writing to it.
      } catch {
        // The file or its folder has gone; the slow look of the others finds the event.
      }
    },
    listen: (heard) => {
      local.add(heard);
      const stop = watchFile(file, heard);
      return async () => {
        local.delete(heard);
        stop();
      };
    },
  };
}

/** Watches the one file: a watch on its folder would be called for every write to the database. */
function watchFile(file: string, heard: () => void): () => void {
  try {
    const watcher = watch(file, { persistent: false }, () => heard());
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined; // The system has no watches left; the slow look remains.
  }
}
