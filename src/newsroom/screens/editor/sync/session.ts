import type { Awareness } from 'y-protocols/awareness';
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { SHARED_VERSION } from '../../../../contract/shared/names.ts';
import {
  closeCodes,
  decodeServer,
  encodeClient,
  type Notice,
  type ServerMessage,
} from '../../../../contract/shared/wire.ts';
import { makeDisk } from './disk.ts';
import type { LocalStore } from './store.ts';

/** What the screen says of where the text is; never better than it is. */
export type SessionState = {
  /** Whether the document can be shown: loaded from this browser or from the server. */
  readonly ready: boolean;
  readonly disk: 'saved' | 'saving' | 'failed';
  /** `saved`: everything here is on the server's disk. `offline`: nothing reaches the server at the moment. */
  readonly server: 'connecting' | 'saved' | 'saving' | 'offline';
  /** Whether this browser has changes that the server has not confirmed. */
  readonly unsent: boolean;
  readonly way: 'socket' | 'http';
  readonly mayWrite: boolean;
  readonly revision: number;
  readonly fault: string | null;
  /** Why the server writes nothing at the moment. */
  readonly waiting: string | undefined;
  /** Ended for good: signed out, no longer allowed, the article is gone, or the page is older than the server. */
  readonly ended: 'signedOut' | 'notAllowed' | 'gone' | 'reload' | undefined;
};

/** The part of a WebSocket that a session needs. */
export type SocketLike = {
  binaryType: string;
  readonly readyState: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
};

export type SessionOptions = {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly store: LocalStore;
  readonly openSocket: () => SocketLike;
  /** One exchange by HTTP; rejects where the server is not reached, with `refused` where it answers and does not take it. */
  readonly exchange: (given: { vector: Uint8Array; update: Uint8Array }) => Promise<{ update: Uint8Array }>;
  readonly onNotice?: (notice: Notice) => void;
};

export type Session = {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly state: () => SessionState;
  readonly subscribe: (changed: () => void) => () => void;
  /** Told before a change of somebody else enters the document; the editor takes in then what the browser has not told it yet. */
  readonly beforeIncoming: (listener: () => void) => () => void;
  /** Asks for a revision of everything written; rejects while the server is not reached. */
  save(): Promise<{ revision: number; fault: string | null }>;
  /** Resolves when everything written here is on the server's disk. */
  durable(): Promise<void>;
  /** Tries to connect now: the browser says that it is online again, or its person has signed in again. */
  retry(): void;
  close(): Promise<void>;
};

/** The server's answer to an exchange that it does not take. */
class Refused extends Error {
  readonly why: 'signedOut' | 'notAllowed' | 'gone' | undefined;
  constructor(status: number) {
    super(`the exchange was answered with ${status}`);
    this.why =
      status === 401 ? 'signedOut' : status === 403 ? 'notAllowed' : status === 404 ? 'gone' : undefined;
  }
}
export const refused = (status: number): Error => new Refused(status);

/** Origins of changes that did not come from this page's writer. */
const LOADED = 'loaded';
const REMOTE = 'remote';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8000;
/** Silence after which a connection is taken for dead; editors' cursors are repeated every 15 s. */
const SILENCE_MS = 40_000;
/** How long an update may go unconfirmed before the connection is made anew. */
const UNCONFIRMED_MS = 10_000;
/** Attempts by socket that fail before HTTP is tried beside it. */
const TRIES_BEFORE_HTTP = 2;
const EXCHANGE_MS = 1200;
/** The update that says nothing. */
const NOTHING = Uint8Array.of(0, 0);

export async function openSession(options: SessionOptions): Promise<Session> {
  const { doc, awareness } = options;
  let state: SessionState = {
    ready: false,
    disk: 'saved',
    server: 'connecting',
    unsent: false,
    way: 'socket',
    mayWrite: true,
    revision: 0,
    fault: null,
    waiting: undefined,
    ended: undefined,
  };
  const listeners = new Set<() => void>();
  const set = (change: Partial<SessionState>): void => {
    const before = state;
    state = { ...state, ...change };
    if ((Object.keys(change) as (keyof SessionState)[]).some((key) => before[key] !== state[key]))
      for (const listener of listeners) listener();
  };

  const expecting = new Set<() => void>();
  const take = (update: Uint8Array): void => {
    for (const listener of expecting) listener();
    Y.applyUpdate(doc, update, REMOTE);
  };

  const read = await options.store.load().catch(() => undefined);
  const kept = read ?? [];
  doc.transact(() => kept.forEach((update) => Y.applyUpdate(doc, update, LOADED)), LOADED);
  const disk = makeDisk(options.store, { rows: kept.length, onState: (now) => set({ disk: now }) });
  set({ ready: kept.length > 0, unsent: kept.length > 0, disk: read === undefined ? 'failed' : 'saved' });

  /** Changes made here are counted; an update that is confirmed confirms every change up to its count. */
  let changes = 0;
  let confirmed = kept.length > 0 ? -1 : 0;
  let sent: { number: number; changes: number }[] = [];
  let number = 0;
  let socket: SocketLike | undefined;
  let synced = false;
  let attempts = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let heardAt = Date.now();
  let sentAt = 0;
  let requests = 0;
  const saves = new Map<number, (kept: { revision: number; fault: string | null }) => void>();
  const durables = new Set<() => void>();

  const settle = (): void => {
    const unsent = confirmed < changes;
    const reached = synced || (state.way === 'http' && attempts > 0 && exchanged);
    set({
      unsent,
      server: reached ? (unsent ? 'saving' : 'saved') : attempts === 0 ? 'connecting' : 'offline',
    });
    if (!unsent && reached) {
      for (const done of durables) done();
      durables.clear();
    }
  };

  doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (origin !== LOADED) disk.add(update);
    if (origin === REMOTE || origin === LOADED) return;
    changes += 1;
    if (synced) {
      // Only who deletes has to say what was known at that moment.
      const deletes = transaction.deleteSet.clients.size > 0;
      sendUpdate(update, deletes ? Y.encodeStateVector(transaction.beforeState) : new Uint8Array());
    }
    settle();
  });

  function post(message: Parameters<typeof encodeClient>[0]): void {
    if (socket?.readyState === 1) socket.send(new Uint8Array(encodeClient(message)));
  }

  function sendUpdate(update: Uint8Array, vector: Uint8Array): void {
    number += 1;
    if (sent.length === 0) sentAt = Date.now();
    sent.push({ number, changes });
    post({ kind: 'update', number, vector, update });
  }

  awareness.on(
    'update',
    ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
      if (origin === REMOTE || !synced) return;
      const mine = [...added, ...updated, ...removed].filter((client) => client === doc.clientID);
      if (mine.length > 0) post({ kind: 'awareness', update: encodeAwarenessUpdate(awareness, mine) });
    },
  );

  function connect(): void {
    if (closed || state.ended !== undefined) return;
    const mine = options.openSocket();
    socket = mine;
    mine.binaryType = 'arraybuffer';
    heardAt = Date.now();
    mine.onopen = () =>
      post({
        kind: 'hello',
        version: SHARED_VERSION,
        clientId: doc.clientID,
        vector: Y.encodeStateVector(doc),
      });
    mine.onmessage = (event: { data: unknown }) => {
      heardAt = Date.now();
      if (mine === socket && event.data instanceof ArrayBuffer)
        hear(decodeServer(new Uint8Array(event.data)));
    };
    mine.onclose = (event: { code?: number }) => {
      if (mine === socket) lost(event.code);
    };
    mine.onerror = () => undefined; // Followed by close.
  }

  function lost(code: number | undefined): void {
    socket = undefined;
    synced = false;
    sent = [];
    removeAwarenessStates(
      awareness,
      [...awareness.getStates().keys()].filter((client) => client !== doc.clientID),
      REMOTE,
    );
    const ended = Object.entries(closeCodes).find(([, known]) => known === code)?.[0];
    if (ended === 'signedOut' || ended === 'notAllowed' || ended === 'gone' || ended === 'reload')
      set({ ended });
    attempts += 1;
    settle();
    if (state.ended !== undefined || closed) return;
    if (attempts >= TRIES_BEFORE_HTTP) void tryHttp();
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 8));
    // Jitter: a thousand editors do not come back to a restarted server in one moment.
    retryTimer = setTimeout(connect, wait * (0.5 + Math.random() * 0.5));
  }

  function hear(message: ServerMessage): void {
    switch (message.kind) {
      case 'welcome': {
        // What is missing there is taken before what is missing here comes in: the server must know what was not known here.
        const update = Y.encodeStateAsUpdate(doc, message.vector);
        const vector = Y.encodeStateVector(doc);
        number = 0;
        sent = [];
        synced = true;
        attempts = 0;
        exchanged = false;
        set({ way: 'socket', ...message.info, waiting: undefined });
        if (message.info.mayWrite) sendUpdate(update, vector);
        else confirmed = changes;
        take(message.update);
        set({ ready: true });
        if (awareness.getLocalState() !== null)
          post({ kind: 'awareness', update: encodeAwarenessUpdate(awareness, [doc.clientID]) });
        break;
      }
      case 'update':
        take(message.update);
        return;
      case 'durable':
        for (const entry of sent)
          if (entry.number <= message.number) confirmed = Math.max(confirmed, entry.changes);
        sent = sent.filter((entry) => entry.number > message.number);
        sentAt = Date.now();
        set({ waiting: undefined });
        break;
      case 'awareness':
        applyAwarenessUpdate(awareness, message.update, REMOTE);
        return;
      case 'notice':
        hearNotice(message.notice);
        return;
    }
    settle();
  }

  function hearNotice(notice: Notice): void {
    if (notice.kind === 'revision') set({ revision: notice.revision, fault: null });
    if (notice.kind === 'fault') set({ fault: notice.fault });
    if (notice.kind === 'waiting') set({ waiting: notice.reason });
    if (notice.kind === 'saved') {
      set({ revision: notice.revision, fault: notice.fault });
      saves.get(notice.request)?.(notice);
      saves.delete(notice.request);
    }
    options.onNotice?.(notice);
  }

  function end(why: NonNullable<SessionState['ended']>): void {
    clearTimeout(retryTimer);
    set({ ended: why });
  }

  let exchanging = false;
  let exchanged = false;

  /** Exchanges by HTTP again and again until a socket passes. */
  async function tryHttp(): Promise<void> {
    if (exchanging) return;
    exchanging = true;
    let known = Y.encodeStateVector(new Y.Doc());
    while (!synced && !closed && state.ended === undefined) {
      const upTo = changes;
      try {
        const vector = Y.encodeStateVector(doc);
        const update = state.mayWrite ? Y.encodeStateAsUpdate(doc, known) : NOTHING;
        const answer = await options.exchange({ vector, update });
        if (synced) break;
        known = vector;
        take(answer.update);
        confirmed = Math.max(confirmed, upTo);
        exchanged = true;
        set({ way: 'http', ready: true });
      } catch (cause) {
        exchanged = false;
        known = Y.encodeStateVector(new Y.Doc());
        const why = cause instanceof Refused ? cause.why : undefined;
        // Who may only read goes on reading.
        if (why === 'notAllowed' && state.mayWrite) set({ mayWrite: false });
        else if (why !== undefined) end(why);
      }
      settle();
      await new Promise((resolve) => setTimeout(resolve, EXCHANGE_MS));
    }
    exchanging = false;
  }

  const watch = setInterval(() => {
    if (socket === undefined) return;
    const silent = Date.now() - heardAt > SILENCE_MS;
    const unconfirmed =
      sent.length > 0 && state.waiting === undefined && Date.now() - sentAt > UNCONFIRMED_MS;
    if (!silent && !unconfirmed) return;
    const dead = socket;
    lost(undefined);
    dead.close();
  }, 2000);

  let closed = false;
  connect();
  return {
    doc,
    awareness,
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    beforeIncoming: (listener) => {
      expecting.add(listener);
      return () => void expecting.delete(listener);
    },
    save: () =>
      new Promise((resolve, reject) => {
        if (!synced) return reject(new Error('offline'));
        requests += 1;
        saves.set(requests, resolve);
        post({ kind: 'save', request: requests });
      }),
    durable: () =>
      new Promise((resolve) => {
        durables.add(resolve);
        settle();
      }),
    retry: () => {
      if (state.ended === 'signedOut') set({ ended: undefined });
      if (socket !== undefined || closed || state.ended !== undefined) return;
      clearTimeout(retryTimer);
      connect();
    },
    close: async () => {
      closed = true;
      clearTimeout(retryTimer);
      clearInterval(watch);
      await disk.kept().catch(() => undefined);
      awareness.setLocalState(null);
      const last = socket;
      socket = undefined;
      last?.close();
      options.store.close();
    },
  };
}
