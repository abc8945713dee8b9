import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What the mirror knows of an address that it keeps. */
export type Kept = {
  readonly address: string;
  /** The file below the mirror's folder; none for a redirect. */
  readonly file: string | null;
  readonly status: number;
  readonly location: string | null;
  readonly tags: readonly string[];
  /** When it is to be made again although nothing changed (the news sitemap), ms since 1970. */
  readonly expiresAt: number | null;
};

/** The mirror's own small database: which pages it has, what they depend on, how far it has followed the site's events. */
export type MirrorIndex = {
  has(address: string): boolean;
  put(kept: Kept, pass: number): void;
  /** Forgets an address; its file is to be removed, unless another address has it. */
  drop(address: string): string | undefined;
  withTags(tags: readonly string[]): string[];
  dueBy(now: number): string[];
  /** Addresses that a whole pass did not come by. */
  notSeenIn(pass: number): string[];
  redirects(): { address: string; location: string; status: number }[];
  withdrawn(): { address: string; status: number }[];
  count(): number;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  /** Runs work whose writes are kept together. */
  together(work: () => void): void;
  close(): void;
};

const SCHEMA = `
  create table if not exists facts (name text primary key, value text not null);
  create table if not exists pages (
    address text primary key, file text, status integer not null, location text, expires_at integer, pass integer not null);
  create index if not exists pages_due on pages (expires_at) where expires_at is not null;
  create index if not exists pages_status on pages (status) where status <> 200;
  create table if not exists page_tags (tag text not null, address text not null, primary key (tag, address)) without rowid;
  create index if not exists page_tags_address on page_tags (address);
`;

export function openIndex(folder: string): MirrorIndex {
  mkdirSync(folder, { recursive: true });
  const database = new Database(join(folder, 'index.sqlite'));
  database.pragma('journal_mode = WAL');
  // A lost second is made again from the saved position, so a commit need not wait for the disk.
  database.pragma('synchronous = NORMAL');
  database.exec(SCHEMA);
  const statements = {
    has: database.prepare('select 1 from pages where address = ?'),
    put: database.prepare(
      'insert or replace into pages (address, file, status, location, expires_at, pass) values (?, ?, ?, ?, ?, ?)',
    ),
    untag: database.prepare('delete from page_tags where address = ?'),
    tag: database.prepare('insert or ignore into page_tags (tag, address) values (?, ?)'),
    file: database.prepare('select file from pages where address = ?').pluck(),
    remove: database.prepare('delete from pages where address = ?'),
    tagged: database.prepare('select address from page_tags where tag = ?').pluck(),
    due: database.prepare('select address from pages where expires_at <= ?').pluck(),
    unseen: database.prepare('select address from pages where pass <> ?').pluck(),
    redirects: database.prepare(
      'select address, location, status from pages where location is not null order by address',
    ),
    withdrawn: database.prepare(
      'select address, status from pages where status in (410, 451) order by address',
    ),
    count: database.prepare('select count(*) from pages').pluck(),
    get: database.prepare('select value from facts where name = ?').pluck(),
    set: database.prepare('insert or replace into facts (name, value) values (?, ?)'),
  };
  return {
    has: (address) => statements.has.get(address) !== undefined,
    put: (kept, pass) => {
      const { address, file, status, location, expiresAt } = kept;
      statements.put.run(address, file, status, location, expiresAt, pass);
      statements.untag.run(address);
      for (const tag of kept.tags) statements.tag.run(tag, address);
    },
    drop: (address) => {
      const file = statements.file.get(address) as string | null | undefined;
      statements.remove.run(address);
      statements.untag.run(address);
      return file ?? undefined;
    },
    withTags: (tags) => [...new Set(tags.flatMap((tag) => statements.tagged.all(tag) as string[]))],
    dueBy: (now) => statements.due.all(now) as string[],
    notSeenIn: (pass) => statements.unseen.all(pass) as string[],
    redirects: () => statements.redirects.all() as { address: string; location: string; status: number }[],
    withdrawn: () => statements.withdrawn.all() as { address: string; status: number }[],
    count: () => statements.count.get() as number,
    get: (name) => statements.get.get(name) as string | undefined,
    set: (name, value) => void statements.set.run(name, value),
    together: (work) => database.transaction(work)(),
    close: () => void database.close(),
  };
}
