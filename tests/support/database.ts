import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import type { DatabaseKind, Db } from '../../src/storage/db.ts';
import { type DatabaseConfig, openDb } from '../../src/storage/open.ts';
import { TEMPLATE } from './postgres.ts';

/** A fresh, migrated, empty database each time it is called. */
export type Open = () => Promise<Db>;

/** Where a fresh, migrated, empty database is: for tests that open it themselves, or twice. */
export type Fresh = () => Promise<DatabaseConfig>;

/** Runs the tests of `body` on SQLite and on a real PostgreSQL. Databases and files are gone when its tests are done. */
export function eachDatabase(name: string, body: (open: Open, kind: DatabaseKind) => void): void {
  eachDatabaseConfig(name, (fresh, kind) => {
    const opened: Db[] = [];
    afterAll(async () => {
      for (const db of opened.splice(0)) await db.close();
    });
    const open = async (): Promise<Db> => {
      const db = await openDb(await fresh());
      opened.push(db);
      return db;
    };
    body(open, kind);
  });
}

/** As `eachDatabase`, with the place of each database in the place of a handle. */
export function eachDatabaseConfig(name: string, body: (fresh: Fresh, kind: DatabaseKind) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} (%s)`, (kind) => {
    const disposals: (() => Promise<void>)[] = [];
    afterAll(async () => {
      for (const dispose of disposals.splice(0).reverse()) await dispose();
    });
    const fresh = async (): Promise<DatabaseConfig> => {
      const made = await freshDatabase(kind);
      disposals.push(made.dispose);
      return made.config;
    };
    body(fresh, kind);
  });
}

/** One fresh, migrated, empty database and the way to be rid of it; close every handle to it first. */
export async function freshDatabase(
  kind: DatabaseKind,
): Promise<{ config: DatabaseConfig; dispose: () => Promise<void> }> {
  return kind === 'sqlite' ? freshSqlite() : freshPostgres();
}

let sqliteTemplate: Promise<string> | undefined;

async function freshSqlite(): Promise<{ config: DatabaseConfig; dispose: () => Promise<void> }> {
  sqliteTemplate ??= ask('sqlite');
  const template = await sqliteTemplate;
  const folder = mkdtempSync(join(tmpdir(), 'dateline-test-'));
  const file = join(folder, 'dateline.sqlite');
  copyFileSync(template, file);
  return {
    config: { kind: 'sqlite', file },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function freshPostgres(): Promise<{ config: DatabaseConfig; dispose: () => Promise<void> }> {
  const server = await postgresServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template ${TEMPLATE}`);
  return {
    config: { kind: 'postgres', url: `${server}/${name}`, poolSize: 4 },
    dispose: () => administer(server, `drop database ${name} with (force)`),
  };
}

let server: Promise<string> | undefined;

/** The address of the run's PostgreSQL, without a database name. @throws Error in one line when there is none. */
export async function postgresServer(): Promise<string> {
  server ??= ask('postgres');
  return server;
}

/** What this run of tests shares between its workers; see postgres.ts. */
async function ask(what: 'sqlite' | 'postgres'): Promise<string> {
  const response = await fetch(new URL(what, inject('databases')));
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return said;
}

async function administer(at: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${at}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
