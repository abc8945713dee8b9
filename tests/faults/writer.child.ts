import { openDb, type DatabaseConfig } from '../../src/storage/open.ts';
import { appendEvents } from '../../src/storage/outbox.ts';

/** Writes events one after another and says each number aloud once its commit has been acknowledged. Ended from outside. */
const db = await openDb(JSON.parse(process.argv[2] ?? '') as DatabaseConfig);
for (let number = 1; ; number += 1) {
  await db.write((tx) => appendEvents(db, tx, [{ topic: 'kill', payload: { number } }]));
  process.stdout.write(`${number}\n`);
}
