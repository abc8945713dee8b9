import type { JobLog } from './types.ts';

/** Something to look at again and again: cheap when there is nothing to do, and safe on any number of nodes at once. */
export type Tick = { readonly name: string; readonly everyMs: number; run(): Promise<void> };

/** Runs each tick at its pace, never twice at a time; one that fails is logged and tried at its next turn. Returns the way to stop. */
export function startTicker(ticks: readonly Tick[], log: Pick<JobLog, 'error'>): () => Promise<void> {
  let stopped = false;
  const timers = new Map<Tick, NodeJS.Timeout>();
  const running = new Map<Tick, Promise<void>>();
  const turn = async (tick: Tick): Promise<void> => {
    try {
      await tick.run();
    } catch (error) {
      log.error({ err: error, tick: tick.name }, 'a regular task failed');
    }
    if (!stopped)
      timers.set(
        tick,
        setTimeout(() => void running.set(tick, turn(tick)), tick.everyMs),
      );
  };
  for (const tick of ticks) running.set(tick, turn(tick));
  return async () => {
    stopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
    await Promise.all(running.values());
  };
}
