import type { Log } from './outbox.runner.ts';

/** After so many failures in a row who waits for the subscriber is told; the subscriber goes on trying. */
const GIVE_UP_WAITING = 3;
const LONGEST_PAUSE_MS = 30_000;

export type Step = 'more' | 'idle' | 'elsewhere';

export type Loop = {
  wake(): void;
  /** Resolves when `reached` says so; rejects when the steps keep failing. */
  until(reached: () => Promise<boolean>): Promise<void>;
  fault(): Error | undefined;
  stop(): Promise<void>;
};

type Waiter = { check: () => Promise<boolean>; done: () => void; failed: (cause: unknown) => void };

/**
 * Runs `step` again and again while it finds work, sleeps otherwise until woken or until `pollMs` have gone, and pauses longer
 * and longer while it fails. A wake during a step is never lost: the loop then looks once more.
 */
export function startLoop(options: {
  name: string;
  pollMs: number;
  log: Log;
  step: () => Promise<Step>;
}): Loop {
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let failures = 0;
  let fault: Error | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waiters: Waiter[] = [];

  const settle = async (): Promise<void> => {
    for (const waiter of waiters) {
      let over = false;
      if (failures >= GIVE_UP_WAITING || (stopped && failures > 0)) {
        waiter.failed(fault);
        over = true;
      } else if (stopped) {
        waiter.failed(new Error(`${options.name} was stopped`));
        over = true;
      } else {
        over = await waiter.check().catch((cause: unknown) => {
          waiter.failed(cause);
          return true;
        });
        if (over) waiter.done();
      }
      if (over) waiters = waiters.filter((other) => other !== waiter);
    }
  };
  const sleep = (ms: number): void => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(start, ms);
    // Somebody waits: then the process must not end meanwhile.
    if (waiters.length === 0) timer.unref();
  };
  const run = async (): Promise<void> => {
    let pause = options.pollMs;
    while (wanted && !stopped) {
      wanted = false;
      try {
        const step = await options.step();
        failures = 0;
        fault = undefined;
        if (step === 'more') wanted = true;
        pause = step === 'elsewhere' && waiters.length > 0 ? Math.min(options.pollMs, 20) : options.pollMs;
      } catch (error) {
        failures += 1;
        fault = error instanceof Error ? error : new Error('not an Error was thrown', { cause: error });
        options.log.error({ subscriber: options.name, failures, error }, 'an outbox subscriber failed');
        pause =
          waiters.length > 0
            ? 10
            : Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
        wanted = false;
        await settle();
        sleep(pause);
        return;
      }
      await settle();
    }
    sleep(pause);
  };
  function start(): void {
    wanted = true;
    if (running !== undefined || stopped) return;
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      if (wanted && !stopped && failures === 0) start();
    });
  }
  return {
    wake: () => {
      // A failing subscriber keeps to its pauses: every publish would hammer it otherwise.
      if (failures === 0 || waiters.length > 0) start();
    },
    until: (check) =>
      new Promise((done, failed) => {
        waiters.push({ check, done, failed });
        if (failures > 0) failures = 1;
        start();
      }),
    fault: () => fault,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      await settle();
    },
  };
}
