import { fromBase64, toBase64 } from './bytes.ts';
import { openNote, type Signer, signNote, type Verifier } from './note.ts';

/** A signed tree head (C2SP tlog-checkpoint). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/** Signs the tree's head. Ed25519 is deterministic: the same head gives the same bytes. */
export function writeCheckpoint(head: { size: number; root: Uint8Array }, signer: Signer): string {
  return signNote(`${signer.name}\n${head.size}\n${toBase64(head.root)}\n`, signer);
}

/** Reads a checkpoint whose signature holds, or says what is wrong with it. */
export function readSignedCheckpoint(bytes: Uint8Array, verifier: Verifier): Checkpoint | { fault: string } {
  const note = openNote(bytes, verifier);
  if ('fault' in note) return note;
  const [origin = '', count = '', encoded = ''] = note.text.split('\n');
  const root = fromBase64(encoded, 32);
  const size = /^(0|[1-9]\d*)$/.test(count) ? Number(count) : Number.NaN;
  if (root === undefined || !Number.isSafeInteger(size))
    return { fault: 'its size or root hash is malformed' };
  if (origin !== verifier.name) return { fault: `its origin is ${origin}, its key is of ${verifier.name}` };
  return { origin, size, root };
}
