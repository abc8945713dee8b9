import { useEffect, useRef } from 'react';

/** What a key does; `keys` as `Kbd` writes them: `mod+k`, `g a`, `?`. */
export type KeyAct = {
  readonly keys: string;
  readonly run: () => void;
  /** In fields of text too. */ readonly everywhere?: boolean;
};

const CHAIN_MS = 1200;

/** Whether a key pressed there writes a letter. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range)$/.test(target.type)))
  );
}

/** The stroke of an event: `mod+shift+z`, `g`, `?`. */
export function strokeOf(event: KeyboardEvent): string {
  const letter = event.key.length === 1;
  const parts = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    // The letter of a key says whether shift was held, but for letters and named keys.
    event.shiftKey && (!letter || /[a-z]/i.test(event.key)) ? 'shift' : '',
    letter ? event.key.toLowerCase() : event.key === ' ' ? 'space' : event.key.toLowerCase(),
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Listens for keys on the whole document: single strokes, and two letters one after the other. */
export function useKeys(acts: readonly KeyAct[]): void {
  const live = useRef(acts);
  live.current = acts;
  useEffect(() => {
    let before: { stroke: string; at: number } | undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const stroke = strokeOf(event);
      if (/^(shift|control|alt|meta)$/.test(event.key.toLowerCase())) return;
      const writing = isWriting(event.target);
      const chain =
        before !== undefined && event.timeStamp - before.at < CHAIN_MS ? `${before.stroke} ${stroke}` : '';
      const open = live.current.filter((act) => !writing || act.everywhere === true);
      const act = open.find(({ keys }) => keys === chain) ?? open.find(({ keys }) => keys === stroke);
      before = writing || act !== undefined ? undefined : { stroke, at: event.timeStamp };
      if (act === undefined) return;
      event.preventDefault();
      act.run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
