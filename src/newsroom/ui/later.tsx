import { type ComponentType, lazy } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/** A part that is a chunk of its own, loaded when it is first shown. It stands inside a `Suspense`. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Loads every such part while nothing else is to be done, so that it is there when the line is not. */
export function loadTheRest(): void {
  const next = (at: number): void => {
    const load = loads[at];
    if (load === undefined) return;
    // A part that cannot be had now is asked for again when it is shown.
    const go = (): void => whenIdle(() => next(at + 1));
    load().then(go, go);
  };
  whenIdle(() => next(0));
}

function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 10_000 });
  else setTimeout(run, 2000);
}
