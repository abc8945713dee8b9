import { type DatabaseConfig, openDb } from '../../src/storage/open.ts';
import { serveLive } from '../support/live.ts';

/** A node of the live channel on a database; says its port. Ended from outside. */
const db = await openDb(JSON.parse(process.argv[2] ?? '') as DatabaseConfig);
const { port } = await serveLive(db);
process.stdout.write(`${port}\n`);
