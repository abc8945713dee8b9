import * as Y from 'yjs';
import { systemClock } from '../../src/base/clock.ts';
import { appendUpdates } from '../../src/features/collaboration/collaboration.store.ts';
import { docOf, openDocument } from '../../src/features/collaboration/documents.ts';
import { toBase64 } from '../../src/features/collaboration/bytes.ts';
import { textOf } from '../../src/contract/shared/names.ts';
import { openDb, type DatabaseConfig } from '../../src/storage/open.ts';

/** Types into the shared document of the one article there is, and says each number once it is acknowledged. Ended from outside. */
const db = await openDb(JSON.parse(process.argv[2] ?? '') as DatabaseConfig);
const { id } = await db.read.selectFrom('articles').select('id').executeTakeFirstOrThrow();
const opened = await openDocument({ db, clock: systemClock }, id);
const doc = docOf(opened.state);
for (let number = 1; ; number += 1) {
  const before = Y.encodeStateVector(doc);
  textOf(doc, 'lede').insert(textOf(doc, 'lede').length, `${number} `);
  const data = toBase64(Y.encodeStateAsUpdate(doc, before));
  await db.write((tx) => appendUpdates(tx, id, { updates: [{ userId: null, data }], at: systemClock.now() }));
  process.stdout.write(`${number}\n`);
}
