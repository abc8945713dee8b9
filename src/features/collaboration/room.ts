import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  modifyAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Problem } from '../../base/problem.ts';
import { bodyOf, SHARED_VERSION } from '../../contract/shared/names.ts';
import { type ClientMessage, closeCodes, encodeServer, type Notice } from '../../contract/shared/wire.ts';
import { docOf, openDocument, type Desk } from './documents.ts';
import { standing, updatesAfter } from './documents.views.ts';
import { makeJournal, type Journal } from './journal.ts';
import { makeRescuer, RESCUE } from './rescue.ts';

/** One editor at one socket. */
export type Peer = {
  readonly userId: string;
  readonly name: string;
  readonly mayWrite: boolean;
  send(bytes: Uint8Array): void;
  close(code: number, reason: string): void;
};

/** The document of one article in this process while somebody has it open. */
export type Room = {
  readonly articleId: string;
  readonly peers: ReadonlySet<Peer>;
  /** Holds the room open for a peer from the moment that its socket is. */
  join(peer: Peer): void;
  hear(peer: Peer, message: ClientMessage): void;
  leave(peer: Peer): void;
  /** Tells everyone here. */
  tell(notice: Notice): void;
  /** Takes the cursors of another process's editors. */
  hearElsewhere(update: Uint8Array): void;
  /** Takes what other processes wrote; answers with whether a revision came from elsewhere. */
  look(at: {
    lastSeq: number;
    documentRevision: number;
    articleRevision: number;
    fault: string | null;
  }): Promise<void>;
  /** Applies an update that came by HTTP; resolves when it is durable, with what the sender lacks. */
  exchange(
    by: { userId: string; mayWrite: boolean },
    given: Exchange,
  ): Promise<{ update: Uint8Array; vector: Uint8Array }>;
  /** Resolves when everything taken so far is on disk. */
  flushed(): Promise<void>;
  /** Since when nobody has been here, in ms; undefined while somebody is. */
  idleSince(): number | undefined;
  /** Whether everything is on disk. */
  settled(): boolean;
  close(code: number, reason: string): void;
};

export type Exchange = {
  readonly clientId: number;
  readonly vector: Uint8Array;
  readonly update: Uint8Array;
};

export type RoomOptions = Desk & {
  readonly articleId: string;
  readonly save: (peer: Peer) => Promise<{ revision: number; fault: string | null }>;
  /** Tells other processes where the cursors here are. */
  readonly signal: (awareness: Uint8Array) => void;
  /** Tells other processes that there is something to read. */
  readonly wrote: () => void;
  readonly fault: (cause: unknown) => void;
};

type Origin = { readonly userId: string | null; readonly peer: Peer | undefined };

/** Where an update came from that is on disk already. */
const STORED = 'stored';

export async function openRoom(options: RoomOptions): Promise<Room> {
  const { articleId } = options;
  const opened = await openDocument(options, articleId);
  // What was deleted stays known while the room is open, so that late text finds its place.
  const doc = docOf(opened.state, { gc: false });
  const rescuer = makeRescuer(doc, bodyOf(doc));
  const awareness = new Awareness(doc);
  awareness.setLocalState(null);
  const peers = new Set<Peer>();
  const greeted = new Map<Peer, number>();
  const cursors = new Map<Peer, Set<number>>();
  const known = { revision: opened.revision, fault: opened.fault };
  let writer: string | null = null;
  let closed = false;

  const tellAll = (bytes: Uint8Array, except?: Peer): void => {
    for (const peer of greeted.keys()) if (peer !== except) peer.send(bytes);
  };
  const journal: Journal = makeJournal({
    desk: options,
    articleId,
    seq: opened.seq,
    waiting: (reason) => tellAll(encodeServer({ kind: 'notice', notice: { kind: 'waiting', reason } })),
    wrote: options.wrote,
    fault: options.fault,
  });
  let idle: number | undefined = Date.now();

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    const from = (typeof origin === 'object' ? origin : null) as Origin | null;
    // Colleagues see it before it is durable: were it lost here, its writer's browser would bring it again.
    tellAll(encodeServer({ kind: 'update', update }), from?.peer);
    if (origin !== STORED)
      journal.add({ userId: origin === RESCUE ? writer : (from?.userId ?? null), update });
  });

  awareness.on(
    'update',
    ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
      const update = encodeAwarenessUpdate(awareness, [...added, ...updated, ...removed]);
      tellAll(encodeServer({ kind: 'awareness', update }));
      if (origin !== 'elsewhere') options.signal(update);
    },
  );

  function hello(peer: Peer, message: ClientMessage & { kind: 'hello' }): void {
    if (message.version !== SHARED_VERSION) return peer.close(closeCodes.reload, 'reload the page');
    greeted.set(peer, message.clientId);
    if (peer.mayWrite) journal.addClient({ clientId: message.clientId, userId: peer.userId });
    peer.send(
      encodeServer({
        kind: 'welcome',
        info: { mayWrite: peer.mayWrite, ...known },
        vector: Y.encodeStateVector(doc),
        update: Y.encodeStateAsUpdate(doc, message.vector),
      }),
    );
    const here = [...awareness.getStates().keys()];
    if (here.length > 0)
      peer.send(encodeServer({ kind: 'awareness', update: encodeAwarenessUpdate(awareness, here) }));
  }

  function take(origin: Origin, given: { update: Uint8Array; knows: Uint8Array }): void {
    writer = origin.userId;
    rescuer.apply(given.update, { knows: given.knows, origin });
  }

  function hear(peer: Peer, message: ClientMessage): void {
    switch (message.kind) {
      case 'hello':
        return hello(peer, message);
      case 'update':
        if (!peer.mayWrite)
          return peer.close(closeCodes.notAllowed, 'you may read this article, not write it');
        take({ userId: peer.userId, peer }, { update: message.update, knows: message.vector });
        void journal
          .flushed()
          .then(() => peer.send(encodeServer({ kind: 'durable', number: message.number })));
        return;
      case 'awareness':
        return hearCursor(peer, message.update);
      case 'save':
        void journal
          .flushed()
          .then(() => options.save(peer))
          .then((kept) => {
            peer.send(
              encodeServer({ kind: 'notice', notice: { kind: 'saved', request: message.request, ...kept } }),
            );
          })
          .catch(options.fault);
        return;
    }
  }

  /** Who a cursor belongs to is said by the server, whatever the browser says. */
  function hearCursor(peer: Peer, update: Uint8Array): void {
    const mine = cursors.get(peer) ?? new Set();
    cursors.set(peer, mine);
    const stamped = modifyAwarenessUpdate(update, (state: Record<string, unknown> | null) =>
      state === null
        ? null
        : { ...state, user: { ...(state['user'] as object | undefined), id: peer.userId, name: peer.name } },
    );
    const note = ({ added, updated }: { added: number[]; updated: number[] }): void =>
      [...added, ...updated].forEach((client) => mine.add(client));
    awareness.on('change', note);
    applyAwarenessUpdate(awareness, stamped, peer);
    awareness.off('change', note);
  }

  const room: Room = {
    articleId,
    peers,
    join: (peer) => {
      // A room that has closed meanwhile keeps nothing: the browser begins again with the next one.
      if (closed) return peer.close(1012, 'begin again');
      peers.add(peer);
      idle = undefined;
    },
    hear: (peer, message) => {
      if (closed) return peer.close(1012, 'begin again');
      hear(peer, message);
    },
    leave: (peer) => {
      peers.delete(peer);
      if (peers.size === 0) idle = Date.now();
      greeted.delete(peer);
      removeAwarenessStates(awareness, [...(cursors.get(peer) ?? [])], 'left');
      cursors.delete(peer);
    },
    tell: (notice) => {
      if (notice.kind === 'revision') Object.assign(known, { revision: notice.revision, fault: null });
      if (notice.kind === 'fault') Object.assign(known, { fault: notice.fault });
      tellAll(encodeServer({ kind: 'notice', notice }));
    },
    hearElsewhere: (update) => applyAwarenessUpdate(awareness, update, 'elsewhere'),
    look: async ({ lastSeq, documentRevision, fault }) => {
      if (lastSeq > journal.seq()) await readOn();
      if (documentRevision > known.revision)
        room.tell({ kind: 'revision', revision: documentRevision, at: options.clock.now() });
      if (fault !== known.fault) room.tell({ kind: 'fault', fault });
    },
    exchange: async (by, { clientId, vector, update }) => {
      if (closed) throw new Problem('unavailable', 'The room of the article has just closed.', 'Try again.');
      if (peers.size === 0) idle = Date.now();
      if (update.length > 2 && by.mayWrite) {
        journal.addClient({ clientId, userId: by.userId });
        take({ userId: by.userId, peer: undefined }, { update, knows: vector });
      }
      await journal.flushed();
      return { update: Y.encodeStateAsUpdate(doc, vector), vector: Y.encodeStateVector(doc) };
    },
    flushed: () => journal.flushed(),
    idleSince: () => idle,
    settled: () => journal.settled(),
    close: (code, reason) => {
      closed = true;
      for (const peer of peers) peer.close(code, reason);
      awareness.destroy();
      doc.destroy();
    },
  };

  /** Reads what other processes have appended; this one's own rows change nothing. */
  async function readOn(): Promise<void> {
    const after = journal.seq();
    const rows = await updatesAfter(options.db.read, { articleId, after });
    const whole = rows[0]?.seq === after + 1 ? undefined : await openDocument(options, articleId);
    if (whole !== undefined) Y.applyUpdate(doc, whole.state, STORED);
    else for (const { update } of rows) Y.applyUpdate(doc, update, STORED);
    journal.seen(whole?.seq ?? rows.at(-1)?.seq ?? after);
  }

  return room;
}

/** What a process must look at, for the rooms that it has open. */
export async function lookAround(db: Desk['db'], rooms: ReadonlyMap<string, Room>): Promise<string[]> {
  const found = await standing(db.read, [...rooms.keys()]);
  const outside: string[] = [];
  for (const [articleId, at] of found) {
    if (at.articleRevision > at.documentRevision) outside.push(articleId);
    await rooms.get(articleId)?.look(at);
  }
  return outside;
}
