import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, RawBuilder, SqlBool, Transaction } from 'kysely';
import type { Instant } from '../base/clock.ts';
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
   * (BEGIN IMMEDIATE, retried while another process writes). On PostgreSQL `work` runs again, in a new transaction, when the
   * server chose it as the victim of a deadlock: keep its effects inside the transaction, the rest belongs to `onCommit`.
   * @throws Problem `storage-full` when the disk is full, `unavailable` when the database cannot be reached.
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
  /**
   * Says something to other processes that matters only now, in at most 7,000 bytes: where a colleague's cursor is. Nobody may rely on its
   * arrival. Without effect on SQLite, where one process serves.
   */
  signal(text: string): Promise<void>;
  /** Calls back with what other processes and this one signal; returns the way to stop. */
  hearSignals(heard: (text: string) => void): Promise<() => Promise<void>>;
  /** Writes a consistent copy of everything to `file` while others write (SQLite), or says how to (PostgreSQL). */
  snapshot(file: string): Promise<void>;
  /** Reads everything as of one moment, while others write, on a connection of its own. */
  readSnapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Ends a query of rows to be taken by one of several workers: those that another has locked are passed over. */
  readonly skipLocked: RawBuilder<unknown>;
  /** Whether the headline of a row of `articles` holds all of these folded words; one that ends with `*` is begun only. */
  headlineHas(words: readonly string[]): RawBuilder<SqlBool>;
  /** Whether rows have to be read to count what it finds: an index may not say which of them are still there. */
  readonly headlinesCountRows: boolean;
  /** The tables of this edition and how they hang together: for backup and restore. */
  catalog(db: Reader): Promise<Table[]>;
  /** Between `insert into t (…)` and `values`: takes numbers as given in columns that the database numbers itself. */
  readonly keepNumbers: RawBuilder<unknown>;
  /** The next event gets a number above `seq`. */
  continueOutboxAt(tx: Tx, seq: number): Promise<void>;
  /** One line about the server and how it is set, for `doctor`. */
  describe(): Promise<string>;
  /** What the database's machine believes the time to be. */
  serverTime(): Promise<Instant>;
  /** How the database is set where a wrong setting loses data, for `doctor`. */
  settings(): Promise<DatabaseSetting[]>;
  /** Whether the database finds itself whole; the faults otherwise. */
  integrityFaults(): Promise<string[]>;
};

/** A table as the database knows it. */
export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  /** Tables that its rows point to. */
  readonly references: readonly string[];
};

export type DatabaseSetting = { readonly name: string; readonly value: string; readonly wanted: string };

const afterCommit = new WeakMap<object, (() => void | Promise<void>)[]>();
const openTransaction = new AsyncLocalStorage<{ open: boolean }>();

/**
 * Runs `action` after the transaction has committed; never when it rolls back. An action that throws does not undo the
 * commit, so the writer is still answered well; its fault becomes a process warning.
 */
export function onCommit(tx: Tx, action: () => void | Promise<void>): void {
  const actions = afterCommit.get(tx) ?? [];
  actions.push(action);
  afterCommit.set(tx, actions);
}

/** The dialects' shared way to run a transaction with its after-commit actions. */
export async function runTransaction<T>(db: Kysely<Tables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (openTransaction.getStore()?.open === true) {
    // On SQLite it would wait for itself for ever; on PostgreSQL it would escape the outer one's rollback.
    throw new Error('db.write was called inside db.write: hand the transaction on instead');
  }
  const scope = { open: true };
  let actions: (() => void | Promise<void>)[] = [];
  let result: T;
  try {
    result = await openTransaction.run(scope, () =>
      db.transaction().execute(async (raw) => {
        const tx = raw as Tx;
        const value = await work(tx);
        actions = afterCommit.get(tx) ?? [];
        return value;
      }),
    );
  } finally {
    scope.open = false;
  }
  for (const action of actions) {
    try {
      await action();
    } catch (cause) {
      process.emitWarning(cause instanceof Error ? cause : String(cause));
    }
  }
  return result;
}
