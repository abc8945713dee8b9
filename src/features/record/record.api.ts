import type { Reader } from '../../storage/db.ts';
import { writeContent } from './contents.ts';
import { readCheckpoint, readContent, readEntryBundle, readTile, readVerifierKey } from './record.views.ts';
import { parsePath } from './tiles.ts';

/** A public file of the record. */
export type RecordFile = {
  readonly body: Uint8Array | string;
  readonly contentType: string;
  /** Never changes again: tiles and bundles. The checkpoint, the key and contents are asked for anew each time. */
  readonly immutable: boolean;
};

const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';

/** The bytes behind a path below `/record/` (`checkpoint`, `tile/0/x001/234.p/5`, …); undefined when there is nothing. */
export async function recordFile(db: Reader, path: string): Promise<RecordFile | undefined> {
  const named = parsePath(path);
  switch (named?.kind) {
    case undefined:
      return undefined;
    case 'checkpoint':
      return file(await readCheckpoint(db), { contentType: TEXT, immutable: false });
    case 'vkey': {
      const vkey = await readVerifierKey(db);
      return file(vkey === undefined ? undefined : `${vkey}\n`, { contentType: TEXT, immutable: false });
    }
    case 'tile':
      return file(await readTile(db, named), { contentType: BYTES, immutable: true });
    case 'entries':
      return file(await readEntryBundle(db, named), { contentType: BYTES, immutable: true });
    case 'content': {
      const content = await readContent(db, named.leafIndex);
      return file(content === undefined ? undefined : writeContent(named.leafIndex, content), {
        contentType: 'application/json',
        immutable: false,
      });
    }
  }
}

function file(
  body: Uint8Array | string | undefined,
  { contentType, immutable }: { contentType: string; immutable: boolean },
): RecordFile | undefined {
  return body === undefined ? undefined : { body, contentType, immutable };
}
