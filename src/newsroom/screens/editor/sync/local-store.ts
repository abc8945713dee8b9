import type { LocalStore } from './store.ts';

const STORE = 'updates';
/**
 * Keeps updates in IndexedDB. `durability: 'strict'` makes the browser tell of a write only when it is on the disk, so that neither a killed
 * tab nor a power cut takes what the screen says is kept. Tabs of one article share the store: each only adds.
 */
async function openLocalStore(name: string): Promise<LocalStore> {
  const database = await open(name);
  return {
    load: () =>
      run(database, 'readonly', (store) => store.getAll()).then((rows) =>
        (rows as unknown[]).flatMap((row) => (row instanceof Uint8Array ? [row] : [])),
      ),
    append: async (update) => void (await run(database, 'readwrite', (store) => store.add(update))),
    compact: (merge) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
        const store = transaction.objectStore(STORE);
        const keys = store.getAllKeys();
        const rows = store.getAll();
        rows.addEventListener('success', () => {
          const last = keys.result.at(-1);
          if (last === undefined || rows.result.length < 2) return;
          store.delete(IDBKeyRange.upperBound(last));
          store.add(merge(rows.result as Uint8Array[]));
        });
        finish(transaction, resolve, reject);
      }),
    close: () => database.close(),
  };
}

/** How long a browser may take to open its store before it is taken for one that keeps nothing. */
const OPEN_MS = 8000;

/** The store of a browser that has none: private windows, a full or broken disk, storage forbidden. Nothing is said to be kept. */
function keepsNothing(cause: unknown): LocalStore {
  const refuse = (): Promise<never> =>
    Promise.reject(cause instanceof Error ? cause : new Error(String(cause)));
  return { load: refuse, append: refuse, compact: refuse, close: () => undefined };
}

/** The store of this browser; where it has none, one that says so each time. */
export async function openStoreOrNone(name: string): Promise<LocalStore> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('IndexedDB does not answer')), OPEN_MS);
  });
  return Promise.race([openLocalStore(name), late]).catch(keepsNothing);
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.addEventListener('upgradeneeded', () =>
      asked.result.createObjectStore(STORE, { autoIncrement: true }),
    );
    asked.addEventListener('success', () => {
      // Another tab that deletes or upgrades the store must not wait for this one.
      asked.result.addEventListener('versionchange', () => asked.result.close());
      resolve(asked.result);
    });
    asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB cannot be opened')));
  });
}

function run(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => { readonly result: unknown },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(STORE));
    finish(transaction, () => resolve(request.result), reject);
  });
}

function finish(transaction: IDBTransaction, done: () => void, failed: (cause: unknown) => void): void {
  transaction.addEventListener('complete', done);
  const fail = (): void => failed(transaction.error ?? new Error('the browser kept nothing'));
  transaction.addEventListener('error', fail);
  transaction.addEventListener('abort', fail);
}

/** Asks the browser not to throw the site's data away when its disk is short. */
export async function askToKeep(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
