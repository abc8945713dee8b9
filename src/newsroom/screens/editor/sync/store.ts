/** What a browser keeps of one shared document on its own disk. */
export type LocalStore = {
  /** Every update that was kept, in order. */
  load(): Promise<Uint8Array[]>;
  /** Resolves when the update is on the disk. */
  append(update: Uint8Array): Promise<void>;
  /** Puts one update that holds everything in the place of those kept. */
  compact(merge: (updates: Uint8Array[]) => Uint8Array): Promise<void>;
  close(): void;
};

/** Kept updates above which they are put together. */
export const COMPACT_AFTER = 400;
