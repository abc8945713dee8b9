import { useSyncExternalStore } from 'react';

export type Panels = { readonly palette: boolean; readonly help: boolean };

let panels: Panels = { palette: false, help: false };
const listeners = new Set<() => void>();

function set(next: Panels): void {
  panels = next;
  for (const listener of listeners) listener();
}

/** One of the two that open over everything, or none. */
export const openPalette = (): void => set({ palette: true, help: false });
export const openHelp = (): void => set({ palette: false, help: true });
export const closePanels = (): void => set({ palette: false, help: false });

export function useShellPanels(): Panels {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => panels,
  );
}
