import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import {
  beginStep,
  connectIdentity,
  deleteByFacebook,
  deletionReceipt,
  facebookIdentity,
  facebookStart,
  findStep,
  type Identity,
  newReaderOf,
  openSession,
  readSignedRequest,
  safeReturn,
  signInByIdentity,
  stepCookie,
  stepSecret,
  takeStep,
} from '../../features/accounts/accounts.ts';
import { checkFresh, type RawRoute } from '../../http/route.ts';
import { enterWith } from './enter.ts';
import { demandOwnPage, readForm } from './forms.ts';
import { type AccountPageServices, type Ctx, headersOf, type Io, leadTo, sendPage } from './frame.tsx';
import { formOrigins, type Known, providersOf } from './providers.ts';
import { sayProblem } from './say.ts';
import { GoTo, NewName, SignIn } from './sign-in.pages.tsx';

type Route = RawRoute<AccountPageServices>;
const shared = { permission: 'public' } as const;

/** What is kept between going to a provider and coming back, bound to the browser by its cookie. */
type Away = {
  readonly provider: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
  /** Whose account it is to be connected to. */
  readonly connectTo?: string;
};

export const providerPages: readonly Route[] = [
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/with/:provider',
    limit: 'read',
    handle: async (ctx, { params, query }, io) => {
      const known = knownOf(ctx, params['provider']);
      const to = safeReturn(query.get('to'));
      return sendPage(ctx, io, {
        title: (t) => t.signIn,
        formsTo: await formOrigins(ctx),
        draw: (view) => <GoTo view={view} provider={known} to={to} />,
      });
    },
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/with/:provider',
    limit: 'sign-in',
    handle: async (ctx, { params, query }, io) => {
      demandOwnPage(io.req, ctx.origin);
      const form = await readForm(io.req);
      const known = knownOf(ctx, params['provider']);
      const to = safeReturn(form.get('to') ?? query.get('to'));
      const me = ctx.actor;
      const connecting = form.get('connect') === '1' && me !== undefined;
      if (connecting) checkFresh(me, ctx.now);
      const redirect = ctx.origin + paths.providerBack(known.id);
      const start =
        known.kind === 'facebook'
          ? { ...facebookStart(known.settings, redirect), nonce: '' }
          : await ctx.services.oidcClient.start(known.settings, redirect);
      const { url, state, nonce, verifier } = start;
      const details: Away = {
        provider: known.id,
        state,
        nonce,
        verifier,
        to,
        ...(connecting ? { connectTo: me.userId } : {}),
      };
      const secret = await ctx.db.write((tx) =>
        beginStep(tx, ctx.services.clock, { kind: 'provider', details }),
      );
      return leadTo(ctx, io, { location: url, cookies: [stepCookie(secret, ctx.https)] });
    },
  },
  {
    ...shared,
    methods: ['GET'],
    pattern: '/account/back/:provider',
    limit: 'sign-in',
    handle: async (ctx, { params, query, path }, io) => {
      const known = knownOf(ctx, params['provider']);
      const secret = stepSecret(io.req.headers.cookie, ctx.https);
      const step = await ctx.db.write((tx) =>
        takeStep<Away>(tx, ctx.services.clock, { kind: 'provider', secret }),
      );
      const to = safeReturn(step?.details.to);
      try {
        if (step === undefined || step.details.provider !== known.id) throw refused(known);
        const identity = await identityOf(ctx, known, { away: step.details, query, path });
        return await arrive(ctx, io, { identity, away: step.details });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        ctx.log.info({ provider: known.id, kind: cause.kind }, 'a sign-in with a provider was refused');
        return failed(ctx, io, { known, to, cause });
      }
    },
  },
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/name',
    handle: async (ctx, _address, io) => {
      const step = await newcomer(ctx, io);
      if (step === undefined) return leadTo(ctx, io, { location: paths.signIn() });
      return namePage(ctx, io, { name: step.details.identity.name });
    },
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/name',
    limit: 'sign-in',
    handle: async (ctx, _address, io) => {
      demandOwnPage(io.req, ctx.origin);
      const form = await readForm(io.req);
      const name = form.get('name') ?? '';
      const step = await newcomer(ctx, io);
      if (step === undefined) return leadTo(ctx, io, { location: paths.signIn() });
      const { identity, to } = step.details;
      const { clock } = ctx.services;
      const secret = stepSecret(io.req.headers.cookie, ctx.https);
      try {
        const session = await ctx.db.write(async (tx) => {
          if ((await takeStep(tx, clock, { kind: 'new-reader', secret })) === undefined)
            throw new Problem('gone', 'This was done already.');
          const language = (io.req.headers['accept-language'] ?? 'en').slice(0, 2).toLowerCase();
          const person = await newReaderOf(tx, clock, {
            identity,
            name,
            language: /^[a-z]{2}$/.test(language) ? language : 'en',
          });
          return openSession(tx, clock, {
            person,
            method: identity.provider,
            agent: io.req.headers['user-agent'],
          });
        });
        return await enterWith(ctx, io, { answer: { kind: 'signed-in', session }, to: safeReturn(to) });
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        return namePage(ctx, io, { name, cause });
      }
    },
  },
  {
    ...shared,
    methods: ['POST'],
    pattern: '/account/facebook/deletion',
    limit: 'sign-in',
    handle: async (ctx, _address, io) => {
      const { facebook } = ctx.services.signIn;
      if (facebook === undefined)
        throw new Problem('not-found', 'Readers of this site do not sign in with Facebook.');
      const form = await readForm(io.req);
      const asked = readSignedRequest(form.get('signed_request') ?? '', facebook.appSecret);
      if (asked === undefined)
        throw new Problem('invalid', 'The request was not signed by Facebook for this app.');
      const { clock, accountParts } = ctx.services;
      const code = await deleteByFacebook({ db: ctx.db, clock, parts: accountParts }, asked);
      io.res.writeHead(200, { ...headersOf(ctx.https, []), 'content-type': 'application/json' });
      io.res.end(JSON.stringify({ url: ctx.origin + paths.deletionStatus(code), confirmation_code: code }));
    },
  },
  {
    ...shared,
    methods: ['GET', 'HEAD'],
    pattern: '/account/deletion',
    limit: 'read',
    handle: async (ctx, { query }, io) => {
      const receipt = await deletionReceipt(ctx.db.read, query.get('code') ?? '');
      const at = receipt?.finishedAt;
      return sendPage(ctx, io, {
        title: (t) => t.deletionStatus,
        status: receipt === undefined ? 404 : 200,
        draw: ({ t, ui, say }) => (
          <p class="own-lede">
            {typeof at === 'string' ? say(t.deletionDone, { when: ui.fmt.dateTime(at) }) : t.deletionUnknown}
          </p>
        ),
      });
    },
  },
];

function knownOf(ctx: Ctx, id: string | undefined): Known {
  const known = providersOf(ctx).find((one) => one.id === id);
  if (known === undefined) throw new Problem('not-found', 'Readers of this site do not sign in there.');
  return known;
}

function refused(known: Known): Problem {
  return new Problem('unauthenticated', `${known.name} did not say who you are.`, 'Try again.');
}

/** Who a provider says it is. The state is compared before anything is asked of anybody. */
async function identityOf(
  ctx: Ctx,
  known: Known,
  back: { readonly away: Away; readonly query: URLSearchParams; readonly path: string },
): Promise<Identity> {
  const { away, query, path } = back;
  if (query.get('state') !== away.state || query.getAll('state').length !== 1) throw refused(known);
  if (known.kind === 'oidc') {
    const url = new URL(`${ctx.origin}${path}?${query.toString()}`);
    return ctx.services.oidcClient.finish(known.settings, { url, expected: away });
  }
  const code = query.get('code');
  if (code === null || code === '' || query.has('error')) throw refused(known);
  const redirect = ctx.origin + paths.providerBack(known.id);
  return facebookIdentity(known.settings, { code, redirect, verifier: away.verifier });
}

/** Somebody whom a provider vouches for: connected, signed in, or new and asked for a name. */
async function arrive(
  ctx: Ctx,
  io: Io,
  given: { readonly identity: Identity; readonly away: Away },
): Promise<void> {
  const { identity, away } = given;
  const { clock } = ctx.services;
  const to = safeReturn(away.to);
  if (away.connectTo !== undefined) {
    const userId = away.connectTo;
    if (ctx.actor?.userId !== userId)
      throw new Problem('unauthenticated', 'Somebody else has signed in meanwhile.');
    await ctx.db.write((tx) => connectIdentity(tx, clock, { userId, identity }));
    return leadTo(ctx, io, { location: to, cookies: [stepCookie(undefined, ctx.https)] });
  }
  const agent = io.req.headers['user-agent'];
  const answer = await signInByIdentity({ db: ctx.db, clock }, { identity, agent });
  if (answer !== undefined) return enterWith(ctx, io, { answer, to });
  const details = { identity, to };
  const secret = await ctx.db.write((tx) => beginStep(tx, clock, { kind: 'new-reader', details }));
  return leadTo(ctx, io, { location: paths.account('name'), cookies: [stepCookie(secret, ctx.https)] });
}

function newcomer(ctx: Ctx, io: Io) {
  const secret = stepSecret(io.req.headers.cookie, ctx.https);
  return findStep<{ identity: Identity; to: string }>(ctx.db.read, ctx.services.clock, {
    kind: 'new-reader',
    secret,
  });
}

function namePage(
  ctx: Ctx,
  io: Io,
  shown: { readonly name: string; readonly cause?: Problem },
): Promise<void> {
  const { name, cause } = shown;
  return sendPage(ctx, io, {
    title: (t) => t.welcome,
    status: cause === undefined ? 200 : cause.kind === 'conflict' ? 409 : 400,
    draw: (view) => (
      <NewName
        view={view}
        name={name}
        error={cause === undefined ? undefined : sayProblem(cause, view.t).text}
      />
    ),
  });
}

async function failed(ctx: Ctx, io: Io, shown: { known: Known; to: string; cause: Problem }): Promise<void> {
  const { known, to, cause } = shown;
  const providers = providersOf(ctx);
  return sendPage(ctx, io, {
    title: (t) => t.signIn,
    status: cause.kind === 'unavailable' ? 503 : cause.kind === 'conflict' ? 409 : 401,
    formsTo: await formOrigins(ctx),
    cookies: [stepCookie(undefined, ctx.https)],
    draw: (view) => {
      const { errors } = view.t;
      const phrase =
        cause.kind === 'conflict'
          ? errors.taken
          : cause.kind === 'unavailable'
            ? errors.away
            : errors.provider;
      const error = view.say(phrase, { name: known.name });
      return <SignIn view={view} model={{ to, again: false, providers, error }} />;
    },
  });
}
