import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createPort } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { findPostgres } from './postgres-binaries.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Asked by `tests/support/database.ts`: what a run shares is made when the first test wants it. */
    databases: string;
  }
}

/** The name of the migrated, empty database that each test's own is copied from. */
export const TEMPLATE = 'dateline_template';

export type PostgresServer = { readonly url: string; stop(): Promise<void> };

/**
 * One real PostgreSQL for a run of tests: started when the first test asks for it, fsync on, stopped at the end. A small
 * shell holds the server and stops it when this process is gone, however it went. The migrated SQLite file that tests
 * copy is made here too, so that migrations run once a run.
 */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-run-'));
  let postgres: Promise<PostgresServer> | undefined;
  let sqlite: Promise<string> | undefined;
  const answer = async (what: string | undefined): Promise<string> => {
    if (what === '/sqlite') return (sqlite ??= makeSqliteTemplate(folder));
    postgres ??= startPostgres();
    return (await postgres).url;
  };
  const asked = createServer((request, response) => {
    answer(request.url).then(
      (said) => response.end(said),
      (cause: unknown) => response.writeHead(500).end(cause instanceof Error ? cause.message : String(cause)),
    );
  });
  return new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.listen(0, '127.0.0.1', () => {
      project.provide('databases', `http://127.0.0.1:${(asked.address() as AddressInfo).port}/`);
      resolve(async () => {
        asked.close();
        asked.closeAllConnections();
        const server = await postgres?.catch(() => undefined);
        await server?.stop();
        rmSync(folder, { recursive: true, force: true });
      });
    });
  });
}

async function makeSqliteTemplate(folder: string): Promise<string> {
  const { openDb } = await import('../../src/storage/open.ts');
  const db = await openDb({ kind: 'sqlite', file: join(folder, 'migrated.sqlite') });
  const template = join(folder, 'template.sqlite');
  await db.dialect.snapshot(template);
  await db.close();
  return template;
}

/** A real PostgreSQL of its own on a free port, with a migrated database `TEMPLATE`; gone when it is stopped, or this process is. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findPostgres();
  const { owner } = binaries;
  const data = mkdtempSync(join(tmpdir(), 'dateline-pgdata-'));
  const password = randomBytes(12).toString('hex');
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner !== undefined) {
    chownSync(data, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  const cleanUp = (): void => {
    for (const path of [data, passwordFile, binaries.copied ?? passwordFile])
      rmSync(path, { recursive: true, force: true });
  };
  try {
    execFileSync(
      join(binaries.folder, 'bin/initdb'),
      [
        `--pgdata=${data}`,
        '--username=dateline',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const port = await freePort();
    const held = hold(join(binaries.folder, 'bin/postgres'), { data, port, owner });
    const url = `postgres://dateline:${password}@127.0.0.1:${port}`;
    const stop = async (): Promise<void> => {
      const ended = new Promise((resolve) => held.once('exit', resolve));
      held.stdin?.end();
      if (held.exitCode === null && held.signalCode === null) await ended;
      cleanUp();
    };
    try {
      await untilReady(url, held, join(data, 'log'));
      await makeTemplate(url);
    } catch (cause) {
      await stop();
      throw cause;
    }
    return { url, stop };
  } catch (cause) {
    cleanUp();
    const said = (cause as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1);
    throw new Error(`PostgreSQL for the tests did not start: ${said ?? String(cause)}`, { cause });
  }
}

const HOLD = `"$1" -D "$2" -p "$3" -k "$2" -h 127.0.0.1 -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=256MB 2>"$2/log" &
server=$!
trap '' INT TERM HUP
read -r line
kill -INT $server
wait $server
rm -rf "$2"`;

function hold(
  program: string,
  { data, port, owner }: { data: string; port: number; owner: { uid: number; gid: number } | undefined },
): ChildProcess {
  return spawn('/bin/sh', ['-c', HOLD, 'hold', program, data, String(port)], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
  });
}

async function untilReady(url: string, held: ChildProcess, log: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (held.exitCode !== null) break;
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50)); // Not yet listening, or still recovering.
    }
  }
  throw new Error(`no answer; its log ends: ${readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? ''}`);
}

/** The migrations run once a run; each test's database is a copy. */
async function makeTemplate(url: string): Promise<void> {
  const { openDb } = await import('../../src/storage/open.ts');
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE}`);
    const db = await openDb({ kind: 'postgres', url: `${url}/${TEMPLATE}` });
    await db.close();
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createPort();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
