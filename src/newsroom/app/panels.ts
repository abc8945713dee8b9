import { useSyncExternalStore } from 'react';

export type Panels = { readonly palette: boolean; readonly help: boolean };

let panels: Panels = { palette: false, help: false };
const listeners = new Set<() => void>();

function set(next: Panels): void {
  panels = next;
  for (const listener of listeners) listener();
}

let early = '';

/** What is typed after the palette was asked for and before its field has the focus; nothing typed is lost on a slow machine. */
function hear(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length === 1) early += event.key;
  else if (event.key === 'Backspace') early = early.slice(0, -1);
  else return;
  event.preventDefault();
}

/** What was typed too early for the field of the palette, once. */
export function typedEarly(): string {
  document.removeEventListener('keydown', hear, true);
  const typed = early;
  early = '';
  return typed;
}

/** One of the two that open over everything, or none. */
export const openPalette = (): void => {
  early = '';
  document.addEventListener('keydown', hear, true);
  set({ palette: true, help: false });
};
export const openHelp = (): void => set({ palette: false, help: true });
export const closePanels = (): void => {
  typedEarly();
  set({ palette: false, help: false });
};

export function useShellPanels(): Panels {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => panels,
  );
}
