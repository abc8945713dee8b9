import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables/index.ts';

declare const written: unique symbol;

/** A handle that can only read. Views take this; a transaction is one too, so that a writer can use a view. */
export type Reader = Pick<
  Kysely<Tables>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic' | 'getExecutor' | 'executeQuery'
>;

/** A transaction: the only handle that can write. Obtained from `Db.write` alone. */
export type Tx = Transaction<Tables> & { readonly [written]: true };

export type DatabaseKind = 'sqlite' | 'postgres';

export type Db = {
  readonly kind: DatabaseKind;
  /** For views: sees what is committed. */
  readonly read: Reader;
  /**
   * Runs `work` in one transaction and commits it; rolls back and rethrows when it throws. On SQLite writers queue
   * (BEGIN IMMEDIATE, retried while another process writes).
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The dialect's few differences, for the stores that need them. */
  readonly dialect: Dialect;
  close(): Promise<void>;
};

/** What differs between the databases beyond the query builder. */
export type Dialect = {
  /** Puts all writers of events in one line until they commit, so that sequence numbers become visible in order. */
  lockOutbox(tx: Tx): Promise<void>;
  /** Tells every process, after the commit, that the outbox has grown. */
  announce(tx: Tx): Promise<void>;
  /** Calls back when any process, this one included, has announced; returns the way to stop. */
  listen(wake: () => void): Promise<() => Promise<void>>;
  /** Writes a consistent copy of everything to `file` while others write (SQLite), or says how to (PostgreSQL). */
  snapshot(file: string): Promise<void>;
  /** One line about the server and how it is set, for `doctor`. */
  describe(): Promise<string>;
  /** Whether the database finds itself whole; the faults otherwise. */
  integrityFaults(): Promise<string[]>;
};

const afterCommit = new WeakMap<object, (() => void | Promise<void>)[]>();

/** Runs `action` after the transaction has committed; never when it rolls back. */
export function onCommit(tx: Tx, action: () => void | Promise<void>): void {
  const actions = afterCommit.get(tx) ?? [];
  actions.push(action);
  afterCommit.set(tx, actions);
}

/** The dialects' shared way to run a transaction with its after-commit actions. */
export async function runTransaction<T>(db: Kysely<Tables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  let actions: (() => void | Promise<void>)[] = [];
  const result = await db.transaction().execute(async (raw) => {
    const tx = raw as Tx;
    const value = await work(tx);
    actions = afterCommit.get(tx) ?? [];
    return value;
  });
  for (const action of actions) await action();
  return result;
}
