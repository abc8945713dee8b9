import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * Listens to a channel on a connection of its own and keeps it alive; calls `heard` once after every reconnect too, since
 * messages may have been missed meanwhile. The first connection is made before it returns where the server answers.
 */
export async function listen(
  url: string,
  options: { channel: string; heard: (payload?: string) => void },
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  let first: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (first = resolve));

  const session = async (): Promise<void> => {
    const current = new pg.Client({
      connectionString: url,
      application_name: 'dateline listen',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
    });
    const ended = new Promise<void>((resolve) => current.once('end', () => resolve()));
    current.on('error', () => undefined); // Followed by `end`, which is handled.
    current.on('notification', (message) => options.heard(message.payload ?? ''));
    client = current;
    try {
      await current.connect();
      await current.query(`listen ${options.channel}`);
      first();
      options.heard();
      if (!stopping.signal.aborted) await ended;
    } finally {
      client = undefined;
      await current.end().catch(() => undefined);
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // Whatever ended the session, the next one begins soon; until then the followers' slow look serves.
      await session().catch(() => undefined);
      first();
      if (!stopping.signal.aborted) {
        await sleep(500, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      }
    }
  };
  const running = run();
  await started;
  return async () => {
    stopping.abort();
    await client?.end().catch(() => undefined);
    await running;
  };
}
