import { createServer } from 'node:net';
import { WebSocket } from 'ws';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { paths } from '../../src/contract/routes.ts';
import { readBody } from '../../src/contract/shared/body-read.ts';
import { bodyOf } from '../../src/contract/shared/names.ts';
import type { Notice } from '../../src/contract/shared/wire.ts';
import { docText } from '../../src/contract/document.ts';
import {
  openSession,
  refused,
  type Session,
  type SocketLike,
} from '../../src/newsroom/screens/editor/sync/session.ts';
import type { LocalStore } from '../../src/newsroom/screens/editor/sync/store.ts';

/** A browser's disk, in memory: what is appended to it is kept when its session is gone. */
export function memoryStore(): LocalStore & { readonly rows: Uint8Array[] } {
  const rows: Uint8Array[] = [];
  return {
    rows,
    load: async () => [...rows],
    append: async (update) => void rows.push(update),
    compact: async (merge) => void rows.splice(0, rows.length, merge([...rows])),
    close: () => undefined,
  };
}

/** Somebody who writes with the newsroom's own session, in this process. */
export type Writer = {
  readonly session: Session;
  readonly notices: readonly Notice[];
  /** The published sense of the text. */
  said(): string;
  /** Types at a place of a paragraph; at its end without one. */
  type(text: string, paragraph?: number, at?: number): void;
  paragraph(index: number): Y.XmlText;
  /** Resolves when the document satisfies; fails by the test's deadline only. */
  until(holds: () => boolean): Promise<void>;
  /** As a killed tab: nothing is said to anyone. */
  kill(): void;
};

export async function openWriter(
  at: {
    readonly address: string;
    readonly articleId: string;
    readonly headers: Readonly<Record<string, string>>;
  },
  options: { readonly store?: LocalStore; readonly socket?: boolean } = {},
): Promise<Writer> {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const notices: Notice[] = [];
  const address = at.address + paths.sharedArticle(at.articleId);
  const sockets = new Set<WebSocket>();
  const session = await openSession({
    doc,
    awareness,
    store: options.store ?? memoryStore(),
    openSocket: () => {
      const url = options.socket === false ? 'ws://127.0.0.1:1' : address.replace(/^http/, 'ws');
      const socket = new WebSocket(url, {
        headers: { cookie: at.headers['cookie'] ?? '', origin: at.address },
      });
      sockets.add(socket);
      // ws types its handlers by its own events; they have the members that a session reads.
      return socket as unknown as SocketLike;
    },
    exchange: async ({ vector, update }) => {
      const response = await fetch(`${address}/exchange`, {
        method: 'POST',
        headers: { ...at.headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          clientId: doc.clientID,
          vector: Buffer.from(vector).toString('base64'),
          update: Buffer.from(update).toString('base64'),
        }),
      });
      if (!response.ok) throw refused(response.status);
      const answer = (await response.json()) as { update: string };
      return { update: new Uint8Array(Buffer.from(answer.update, 'base64')) };
    },
    onNotice: (notice) => notices.push(notice),
  });
  const paragraph = (index: number): Y.XmlText => {
    const element = bodyOf(doc).get(index) as Y.XmlElement;
    if (element.length === 0) element.insert(0, [new Y.XmlText()]);
    return element.get(0) as Y.XmlText;
  };
  const writer: Writer = {
    session,
    notices,
    said: () => docText(readBody(bodyOf(doc))),
    paragraph,
    type: (text, index = 0, place) => {
      const into = paragraph(index);
      into.insert(place ?? into.length, text);
    },
    until: (holds) =>
      new Promise((resolve) => {
        const stop: (() => void)[] = [];
        const look = (): void => {
          if (!holds()) return;
          for (const end of stop) end();
          resolve();
        };
        doc.on('update', look);
        stop.push(() => doc.off('update', look), session.subscribe(look));
        look();
      }),
    kill: () => {
      for (const socket of sockets) socket.terminate();
      void session.close();
    },
  };
  await writer.until(() => session.state().ready || session.state().ended !== undefined);
  return writer;
}

/** A port of this machine that is free at the moment: a site's origin must name it before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
