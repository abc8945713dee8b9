import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import {
  askForLink,
  endOldSession,
  lookAtReaderLink,
  lookAtStaffLink,
  safeReturn,
  sessionCookie,
  signInByCode,
  signInByPassword,
  stepSecret,
  useReaderLink,
  useStaffLink,
} from '../../features/accounts/accounts.ts';
import { isFresh, type RawRoute } from '../../http/route.ts';
import { enterWith } from './enter.ts';
import { demandOwnPage, readForm } from './forms.ts';
import { type AccountPageServices, type Ctx, type Io, leadTo, sendPage } from './frame.tsx';
import { formOrigins, providersOf } from './providers.ts';
import { sayProblem } from './say.ts';
import { Code, Gone, OpenLink, Sent, SignIn } from './sign-in.pages.tsx';

type Route = RawRoute<AccountPageServices>;
const shared = { permission: 'public', beforeSecondFactor: true } as const;

export const signInPages: readonly Route[] = [
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/sign-in',
    limit: 'read',
    handle: async (ctx, { query }, io) => {
      const to = safeReturn(query.get('to'));
      const me = ctx.actor;
      // Whoever is sent here with a session was asked for a fresh one.
      if (me?.session !== undefined && isFresh(me, ctx.now)) return leadTo(ctx, io, { location: to });
      return signInPage(ctx, io, { to, again: me !== undefined });
    },
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/sign-in',
    limit: 'sign-in',
    handle: async (ctx, _address, io) => {
      demandOwnPage(io.req, ctx.origin);
      const form = await readForm(io.req);
      const to = safeReturn(form.get('to'));
      const email = (form.get('email') ?? '').trim();
      const room = { db: ctx.db, clock: ctx.services.clock };
      const way = form.get('way') ?? 'password';
      try {
        ctx.limitTarget('sign-in', email.toLowerCase());
        if (way === 'password' && form.get('password') !== '') {
          const agent = io.req.headers['user-agent'];
          const answer = await signInByPassword(room, { email, password: form.get('password') ?? '', agent });
          return await enterWith(ctx, io, { answer, to });
        }
        const language = (io.req.headers['accept-language'] ?? 'en').split(/[,;-]/)[0] ?? 'en';
        const purpose = way === 'reset' ? 'reset-reader' : 'sign-in';
        await askForLink(room, {
          email,
          to,
          language: /^[a-z]{2,3}$/.test(language) ? language : 'en',
          purpose,
        });
        return leadTo(ctx, io, { location: paths.account('sent') });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        return signInPage(ctx, io, { to, again: false, email, cause });
      }
    },
  },
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/sent',
    handle: (ctx, _address, io) =>
      sendPage(ctx, io, { title: (t) => t.sent, draw: (view) => <Sent view={view} /> }),
  },
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/code',
    handle: (ctx, { query }, io) =>
      sendPage(ctx, io, {
        title: (t) => t.code,
        draw: (view) => <Code view={view} to={safeReturn(query.get('to'))} error={undefined} />,
      }),
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/code',
    limit: 'sign-in',
    handle: async (ctx, _address, io) => {
      demandOwnPage(io.req, ctx.origin);
      const form = await readForm(io.req);
      const to = safeReturn(form.get('to'));
      try {
        const secret = stepSecret(io.req.headers.cookie, ctx.https);
        const given = { secret, code: form.get('code') ?? '', agent: io.req.headers['user-agent'] };
        const session = await signInByCode({ db: ctx.db, clock: ctx.services.clock }, given);
        return await enterWith(ctx, io, { answer: { kind: 'signed-in', session }, to });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        if (cause.kind === 'unauthenticated') return leadTo(ctx, io, { location: paths.signIn(to) });
        return sendPage(ctx, io, {
          title: (t) => t.code,
          status: cause.kind === 'rate-limited' ? 429 : 400,
          retryAfter: cause.retryAfter,
          draw: (view) => <Code view={view} to={to} error={sayProblem(cause, view.t).text} />,
        });
      }
    },
  },
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/link',
    limit: 'read',
    handle: async (ctx, { query }, io) => linkPage(ctx, io, { secret: query.get('secret') ?? '' }),
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/link',
    limit: 'sign-in',
    handle: async (ctx, _address, io) => {
      demandOwnPage(io.req, ctx.origin);
      const form = await readForm(io.req);
      const secret = form.get('secret') ?? '';
      const name = form.get('name');
      const room = { db: ctx.db, clock: ctx.services.clock };
      const agent = io.req.headers['user-agent'];
      const email = form.get('email');
      try {
        if ((await lookAtReaderLink(ctx.db.read, room.clock, secret)) === undefined) {
          const password = form.get('password') === '' ? undefined : form.get('password');
          const answer = await useStaffLink(room, { secret, email, name, password, agent });
          // A new account of the house goes to its second factor; an old one is asked for it on the way.
          const to = answer.kind === 'signed-in' ? paths.account('security') : paths.newsroom();
          return await enterWith(ctx, io, { answer, to });
        }
        const use = { secret, name, password: form.get('password'), agent };
        const { answer, link } = await useReaderLink(room, use);
        const staff = link.purpose === 'demo';
        const wanted = link.details['to'];
        const to = safeReturn(
          typeof wanted === 'string' ? wanted : undefined,
          staff ? paths.newsroom() : undefined,
        );
        return await enterWith(ctx, io, { answer, to });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        return linkPage(ctx, io, { secret, name, email, cause });
      }
    },
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/sign-out',
    handle: async (ctx, _address, io) => {
      demandOwnPage(io.req, ctx.origin);
      io.req.resume();
      const me = ctx.actor;
      if (me?.session !== undefined) await endOldSession(ctx.db, { id: me.session.id, userId: me.userId });
      return leadTo(ctx, io, { location: paths.front(), cookies: [sessionCookie(undefined, ctx.https)] });
    },
  },
];

type Shown = {
  readonly to: string;
  readonly again: boolean;
  readonly email?: string;
  readonly cause?: Problem;
};

async function signInPage(ctx: Ctx, io: Io, shown: Shown): Promise<void> {
  const { to, again, email, cause } = shown;
  const providers = providersOf(ctx);
  return sendPage(ctx, io, {
    title: (t) => t.signIn,
    status:
      cause === undefined
        ? 200
        : cause.kind === 'rate-limited'
          ? 429
          : cause.kind === 'unauthenticated'
            ? 401
            : 400,
    retryAfter: cause?.retryAfter,
    formsTo: await formOrigins(ctx),
    draw: (view) => (
      <SignIn
        view={view}
        model={{
          to,
          again,
          providers,
          email,
          error: cause === undefined ? undefined : sayProblem(cause, view.t).text,
        }}
      />
    ),
  });
}

async function linkPage(
  ctx: Ctx,
  io: Io,
  shown: {
    readonly secret: string;
    readonly name?: string | undefined;
    readonly email?: string | undefined;
    readonly cause?: Problem;
  },
): Promise<void> {
  const { secret, name, email, cause } = shown;
  const { clock } = ctx.services;
  const link =
    (await lookAtReaderLink(ctx.db.read, clock, secret)) ??
    (await lookAtStaffLink(ctx.db.read, clock, secret).then(
      (found) => found.link,
      () => undefined,
    ));
  if (link === undefined)
    return sendPage(ctx, io, { title: (t) => t.gone, status: 410, draw: (view) => <Gone view={view} /> });
  return sendPage(ctx, io, {
    title: (t) =>
      ['register', 'set-up', 'invite'].includes(link.purpose)
        ? t.welcome
        : link.purpose === 'confirm'
          ? t.confirmTitle
          : link.purpose === 'reset-reader' || link.purpose === 'reset'
            ? t.newPassword
            : t.signIn,
    status: cause === undefined ? 200 : cause.kind === 'conflict' ? 409 : 400,
    draw: (view) => {
      const error = cause === undefined ? undefined : sayProblem(cause, view.t).text;
      return <OpenLink view={view} model={{ secret, link, name, email, error }} />;
    },
  });
}
