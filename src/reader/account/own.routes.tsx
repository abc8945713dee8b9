import { pipeline } from 'node:stream/promises';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import {
  accountOf,
  type AccountView,
  changeProfile,
  deleteAccount,
  disconnectIdentity,
  endOtherSessions,
  endSession,
  exportAccount,
  isAvatar,
  mailNewAddress,
  passkeysOf,
  passwordFor,
  removePasskey,
  sessionCookie,
  sessionsOf,
  setAvatar,
  setPassword,
} from '../../features/accounts/accounts.ts';
import { checkFresh, type RawRoute } from '../../http/route.ts';
import { demandOwnPage, readFile, readForm } from './forms.ts';
import { type AccountPageServices, type Ctx, headersOf, type Io, leadTo, sendPage } from './frame.tsx';
import { Data, Profile, Security } from './own.pages.tsx';
import { keepPicture } from './picture.ts';
import { formOrigins, providersOf } from './providers.ts';
import { sayProblem } from './say.ts';

type Route = RawRoute<AccountPageServices>;
type Page = 'profile' | 'security' | 'data';

const open = { permission: 'public', beforeSecondFactor: true } as const;
const shown = { ...open, methods: ['GET', 'HEAD'], limit: 'read' } as const;
const done = { ...open, methods: ['POST'], limit: 'write' } as const;

const addressOfPage = (page: Page): string => (page === 'profile' ? paths.account() : paths.account(page));

/** A page of somebody who is signed in; others are led to the sign-in and back. */
function page(pattern: `/${string}`, draw: (ctx: Ctx, io: Io, me: AccountView) => Promise<void>): Route {
  return {
    ...shown,
    pattern,
    handle: async (ctx, { path }, io) => {
      const me =
        ctx.actor?.session === undefined ? undefined : await accountOf(ctx.db.read, ctx.actor.userId);
      if (me === undefined) return leadTo(ctx, io, { location: paths.signIn(path) });
      return draw(ctx, io, me);
    },
  };
}

type Deed = {
  readonly on: Page;
  readonly fresh?: boolean;
  readonly run: (ctx: Ctx, io: Io, me: Actor) => Promise<string[] | 'answered' | undefined>;
};

/** A form of such a page: does it and leads back, says what is wrong, or asks for a fresh sign-in first. */
export function deed(pattern: `/${string}`, { on, fresh, run }: Deed): Route {
  return {
    ...done,
    pattern,
    handle: async (ctx, _address, io) => {
      demandOwnPage(io.req, ctx.origin);
      const me = ctx.actor;
      if (me?.session === undefined) return leadTo(ctx, io, { location: paths.signIn(addressOfPage(on)) });
      try {
        if (fresh === true) checkFresh(me, ctx.now);
        const cookies = await run(ctx, io, me);
        if (cookies === 'answered') return;
        return leadTo(ctx, io, { location: `${addressOfPage(on)}?saved`, cookies: cookies ?? [] });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        io.req.resume();
        if (cause.kind === 'fresh-sign-in')
          return leadTo(ctx, io, { location: paths.signIn(addressOfPage(on)) });
        const view = await accountOf(ctx.db.read, me.userId);
        if (view === undefined) throw cause;
        return draws[on](ctx, io, view, cause);
      }
    },
  };
}

type DrawPage = (ctx: Ctx, io: Io, me: AccountView, cause?: Problem) => Promise<void>;

const saved = (io: Io): boolean => /[?&]saved\b/.test(io.req.url ?? '');

const draws: Readonly<Record<Page, DrawPage>> = {
  profile: (ctx, io, me, cause) =>
    sendPage(ctx, io, {
      title: (t) => t.profile,
      status: cause === undefined ? 200 : 400,
      draw: (view) => (
        <Profile
          view={view}
          me={me}
          said={{ saved: saved(io), error: cause === undefined ? undefined : sayProblem(cause, view.t).text }}
        />
      ),
    }),
  security: async (ctx, io, me, cause) => {
    const passkeys = await passkeysOf(ctx.db.read, me.id);
    const current = ctx.actor?.session?.id;
    const sessions = await sessionsOf(ctx.db.read, { userId: me.id, now: ctx.now, current });
    const providers = providersOf(ctx);
    return sendPage(ctx, io, {
      title: (t) => t.security,
      status: cause === undefined ? 200 : 400,
      formsTo: await formOrigins(ctx),
      draw: (view) => {
        const last = cause?.kind === 'conflict' && cause.fields === undefined;
        const error =
          cause === undefined ? undefined : last ? view.t.errors.last : sayProblem(cause, view.t).text;
        return (
          <Security
            view={view}
            me={me}
            model={{
              passkeys,
              sessions,
              providers: me.role === 'reader' ? providers : [],
              error,
              saved: saved(io),
              limited: ctx.actor?.session?.limited === true,
            }}
          />
        );
      },
    });
  },
  data: (ctx, io, me, cause) =>
    sendPage(ctx, io, {
      title: (t) => t.data,
      status: cause === undefined ? 200 : 400,
      draw: (view) => (
        <Data
          view={view}
          reader={me.role === 'reader'}
          error={
            cause === undefined
              ? undefined
              : cause.fields?.['/sure'] === undefined
                ? sayProblem(cause, view.t).text
                : view.t.errors.sure
          }
        />
      ),
    }),
};

export const ownPages: readonly Route[] = [
  page('/account', draws.profile),
  page('/account/security', draws.security),
  page('/account/data', draws.data),
  deed('/account/profile', {
    on: 'profile',
    run: async (ctx, io, me) => {
      const form = await readForm(io.req);
      const language = form.get('language') ?? '';
      const known = /^[a-z]{2,3}(-\w+)*$/.test(language) ? language : 'en';
      // The names of the house are set in the newsroom.
      const name = me.role === 'reader' ? (form.get('name') ?? '') : me.name;
      const { clock } = ctx.services;
      await ctx.db.write((tx) =>
        changeProfile(ctx.db, tx, { userId: me.userId, name, language: known, clock }),
      );
      return undefined;
    },
  }),
  deed('/account/picture', {
    on: 'profile',
    run: async (ctx, io, me) => {
      const bytes = await readFile(io.req, 'picture');
      if (bytes === undefined) throw new Problem('unsupported', 'No picture was sent.');
      const digest = await keepPicture(ctx.services.media, bytes);
      const { clock } = ctx.services;
      await ctx.db.write((tx) => setAvatar(ctx.db, tx, { userId: me.userId, digest, clock }));
      return undefined;
    },
  }),
  deed('/account/picture-remove', {
    on: 'profile',
    run: async (ctx, io, me) => {
      await readForm(io.req);
      const { clock } = ctx.services;
      await ctx.db.write((tx) => setAvatar(ctx.db, tx, { userId: me.userId, digest: null, clock }));
      return undefined;
    },
  }),
  deed('/account/password', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      const form = await readForm(io.req);
      const hash = await passwordFor(ctx.db.read, me.userId, form.get('password') ?? '');
      await ctx.db.write((tx) => setPassword(tx, ctx.services.clock, { me, hash }));
      return undefined;
    },
  }),
  deed('/account/email', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      const form = await readForm(io.req);
      const email = (form.get('email') ?? '').trim().toLowerCase();
      ctx.limitTarget('sign-in', email);
      await ctx.db.write((tx) =>
        mailNewAddress(tx, ctx.services.clock, { userId: me.userId, email, language: null }),
      );
      leadTo(ctx, io, { location: paths.account('sent') });
      return 'answered';
    },
  }),
  deed('/account/passkey-remove', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      const id = (await readForm(io.req)).get('id') ?? '';
      await ctx.db.write((tx) => removePasskey(tx, ctx.services.clock, { me, id }));
      return undefined;
    },
  }),
  deed('/account/disconnect', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      const provider = (await readForm(io.req)).get('provider') ?? '';
      await ctx.db.write((tx) => disconnectIdentity(tx, { userId: me.userId, provider }));
      return undefined;
    },
  }),
  deed('/account/session-end', {
    on: 'security',
    run: async (ctx, io, me) => {
      const id = (await readForm(io.req)).get('id') ?? '';
      await ctx.db.write((tx) => endSession(tx, ctx.services.clock, { me, id }));
      return undefined;
    },
  }),
  deed('/account/sessions-end', {
    on: 'security',
    run: async (ctx, io, me) => {
      await readForm(io.req);
      await ctx.db.write((tx) => endOtherSessions(tx, ctx.services.clock, me));
      return undefined;
    },
  }),
  deed('/account/export', {
    on: 'data',
    fresh: true,
    run: async (ctx, io, me) => {
      await readForm(io.req);
      const { clock, accountParts: parts } = ctx.services;
      const exported = await exportAccount({ db: ctx.db.read, clock, parts }, me.userId);
      io.res.writeHead(200, {
        ...headersOf(ctx.https, []),
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="account.json"',
      });
      io.res.end(`${JSON.stringify(exported, null, 2)}\n`);
      return 'answered';
    },
  }),
  deed('/account/delete', {
    on: 'data',
    fresh: true,
    run: async (ctx, io, me) => {
      if ((await readForm(io.req)).get('sure') !== 'yes')
        throw new Problem('invalid', 'The box is not ticked.', undefined, {
          fields: { '/sure': 'is not ticked' },
        });
      const { clock, accountParts: parts } = ctx.services;
      await ctx.db.write((tx) => deleteAccount({ db: ctx.db, clock, parts }, tx, me.userId));
      await sendPage({ ...ctx, actor: undefined }, io, {
        title: (t) => t.deleted,
        cookies: [sessionCookie(undefined, ctx.https)],
        draw: ({ t }) => <p class="own-lede">{t.deletedText}</p>,
      });
      return 'answered';
    },
  }),
  {
    ...shown,
    methods: ['GET', 'HEAD'],
    pattern: '/account/avatar/:digest.webp',
    handle: async (ctx, { params }, io) => {
      const digest = params['digest'] ?? '';
      const known = /^[0-9a-f]{64}$/.test(digest) && (await isAvatar(ctx.db.read, digest));
      const stream = known ? await ctx.services.media.blobs.get(digest) : undefined;
      if (stream === undefined) throw new Problem('not-found', 'There is no such picture.');
      io.res.writeHead(200, {
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=3600',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
      });
      if (io.req.method === 'HEAD') return void io.res.end();
      await pipeline(stream, io.res);
    },
  },
];
