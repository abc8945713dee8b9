import { useEffect, useRef } from 'react';
import type { Command } from '../screens/registration.ts';

const sources = new Set<() => readonly Command[]>();

/** Offers commands in the palette for as long as the screen that has them is shown. */
export function useCommandsAtHand(commands: readonly Command[]): void {
  const live = useRef(commands);
  live.current = commands;
  useEffect(() => {
    const own = (): readonly Command[] => live.current;
    sources.add(own);
    return () => void sources.delete(own);
  }, []);
}

export const commandsAtHand = (): readonly Command[] => [...sources].flatMap((own) => own());
