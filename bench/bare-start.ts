/** The yardstick of a start: a process that opens the database file, reads one row and answers over HTTP, and does nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';

const database = new Database(process.argv[2] ?? '', { readonly: true });
const row = database
  .prepare('select version from published_articles order by published_at desc limit 1')
  .get() as { version: string } | undefined;
const server = createServer((_req, res) => res.end(row?.version ?? ''));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}.\n`);
});
