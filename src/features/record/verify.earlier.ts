import { equalBytes } from './bytes.ts';
import { type Checkpoint, readSignedCheckpoint } from './checkpoint.ts';
import type { Verifier } from './note.ts';
import type { Faults } from './report.ts';

/** Reads a checkpoint that was saved earlier; one that was not signed by the log's key is a fault itself. */
export function readEarlier(
  bytes: Uint8Array,
  { verifier, faults }: { verifier: Verifier; faults: Faults },
): Checkpoint | undefined {
  const earlier = readSignedCheckpoint(bytes, verifier);
  if (!('fault' in earlier)) return earlier;
  faults.add('the earlier checkpoint', `cannot be trusted: ${earlier.fault}`);
  return undefined;
}

/** The root over as many leaves as the earlier tree had must be the earlier root: the log was only appended to. */
export function compareEarlier(
  earlier: Checkpoint,
  now: { root: Uint8Array; place: string; faults: Faults },
): void {
  if (!equalBytes(now.root, earlier.root))
    now.faults.add(
      now.place,
      `does not continue the earlier checkpoint: its first ${earlier.size} entries are others`,
    );
}
