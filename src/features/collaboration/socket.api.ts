import { WebSocketServer } from 'ws';
import { Problem } from '../../base/problem.ts';
import { may } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import { closeCodes, decodeClient } from '../../contract/shared/wire.ts';
import type { UpgradeRoute } from '../../http/route.ts';
import type { CheckedPeer, Hub } from './hub.ts';
import { mayWriteIn } from './rights.ts';

export type CollaborationServices = { readonly collaboration: Hub };

/** A pasted chapter is one message. */
const MAX_MESSAGE = 8 * 1024 * 1024;
/** An editor that takes nothing for so long a backlog is let go; its browser begins again with what it lacks. */
const MAX_BACKLOG = 32 * 1024 * 1024;
const PING_MS = 20_000;

const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });

/** The socket of an article that is being written: see contract/shared/wire.ts. */
export const documentSocket: UpgradeRoute<CollaborationServices> = {
  pattern: paths.sharedArticle(':id'),
  permission: 'articles:read',
  handle: async (ctx, { params }, { req, socket, head }) => {
    const { actor } = ctx;
    if (actor === undefined) throw new Problem('unauthenticated', 'This needs an account.', 'Sign in.');
    const room = await ctx.services.collaboration.enter(params['id'] ?? '');
    const mayWrite = await mayWriteIn(ctx.db.read, actor, room.articleId);
    sockets.handleUpgrade(req, socket, head, (ws) => {
      ws.binaryType = 'nodebuffer';
      const peer: CheckedPeer = {
        userId: actor.userId,
        name: actor.name,
        mayWrite,
        send: (bytes) => {
          if (ws.bufferedAmount > MAX_BACKLOG) ws.terminate();
          else if (ws.readyState === ws.OPEN) ws.send(bytes);
        },
        close: (code, reason) => ws.close(code, reason),
        check: async () => {
          const now = await ctx.actorNow();
          if (now === undefined || now.userId !== actor.userId)
            return { code: closeCodes.signedOut, reason: 'signed out' };
          const writes = await mayWriteIn(ctx.db.read, now, room.articleId);
          if (!may(now, 'articles:read') || writes !== mayWrite)
            return { code: closeCodes.notAllowed, reason: 'what you may do has changed' };
          return undefined;
        },
      };
      room.join(peer);
      let heard = true;
      const pings = setInterval(() => {
        if (!heard) return ws.terminate();
        heard = false;
        ws.ping();
      }, PING_MS);
      ws.on('pong', () => (heard = true));
      ws.on('message', (data: Buffer) => {
        heard = true;
        try {
          room.hear(peer, decodeClient(new Uint8Array(data)));
        } catch (cause) {
          ctx.log.warn({ err: cause, article: room.articleId }, 'an editor sent what cannot be read');
          ws.close(1007, 'not a message of ours');
        }
      });
      ws.on('error', () => ws.terminate());
      ws.on('close', () => {
        clearInterval(pings);
        room.leave(peer);
      });
    });
  },
};
