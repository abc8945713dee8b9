import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import {
  CodeSignIn,
  PasskeyAnswer,
  PasswordSignIn,
  SignInStage,
  StaffLink,
  StaffLinkAnswer,
  StaffLinkUse,
  WebAuthnJson,
} from '../../contract/sign-in-answers.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { beginPasskeySignIn, type PasskeyRoom, personOfPasskey } from './passkeys.ts';
import type { AccountServices } from './services.ts';
import { readCookie, sessionCookieName } from './session-cookie.ts';
import { deleteSession } from './sessions.store.ts';
import { sessionCookie } from './sessions.ts';
import { openSession, personById, type SignInAnswer, signInByCode, signInByPassword } from './sign-in.ts';
import { siteNames } from './site-name.ts';
import { askForReset, lookAtStaffLink, useStaffLink } from './staff.ts';
import { stepCookie, stepSecret } from './steps.ts';

type Context = ApiContext<AccountServices>;

const PATH = paths.api('sign-in');
const tags = ['sign-in'];
const permission = 'public' as const;
const limit = 'sign-in' as const;
const beforeSecondFactor = true;

export const signInRoutes: readonly ApiRoute<AccountServices>[] = [
  route({
    method: 'POST',
    path: `${PATH}/passkey/options`,
    summary: 'Begins a sign-in by passkey',
    tags,
    permission,
    limit,
    beforeSecondFactor,
    input: { body: z.strictObject({}) },
    output: WebAuthnJson,
    handler: async (ctx: Context) => {
      const { options, secret } = await beginPasskeySignIn(roomOf(ctx));
      return { body: { ...options }, headers: { 'Set-Cookie': stepCookie(secret, https(ctx)) } };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/passkey`,
    summary: 'Signs in by a passkey that answers the challenge',
    tags,
    permission,
    limit,
    beforeSecondFactor,
    input: { body: PasskeyAnswer },
    output: SignInStage,
    handler: async (ctx: Context, { body }) => {
      const room = roomOf(ctx);
      const secret = stepSecret(ctx.headers.cookie, https(ctx));
      const userId = await personOfPasskey(room, { secret, response: body.response });
      const person = await personById(ctx.db.read, userId);
      if (person === undefined) throw new Problem('unauthenticated', 'This account has been shut.');
      const agent = ctx.headers['user-agent'];
      const session = await ctx.db.write((tx) =>
        openSession(tx, room.clock, { person, method: 'passkey', agent }),
      );
      return signedIn(ctx, { kind: 'signed-in', session });
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/password`,
    summary: 'Signs in by address and password, as far as that goes',
    tags,
    permission,
    limit,
    limitTarget: ({ body }) => body.email.trim().toLowerCase(),
    beforeSecondFactor,
    input: { body: PasswordSignIn },
    output: SignInStage,
    handler: async (ctx: Context, { body }) =>
      signedIn(ctx, await signInByPassword(roomOf(ctx), { ...body, agent: ctx.headers['user-agent'] })),
  }),
  route({
    method: 'POST',
    path: `${PATH}/code`,
    summary: 'Completes a sign-in with a code of the authenticator, or a recovery code',
    tags,
    permission,
    limit,
    beforeSecondFactor,
    input: { body: CodeSignIn },
    output: SignInStage,
    handler: async (ctx: Context, { body }) => {
      const secret = stepSecret(ctx.headers.cookie, https(ctx));
      const agent = ctx.headers['user-agent'];
      const session = await signInByCode(roomOf(ctx), { secret, code: body.code, agent });
      return signedIn(ctx, { kind: 'signed-in', session });
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/reset`,
    summary: 'Mails somebody of the house a way back in; the answer is the same whoever is asked for',
    tags,
    permission,
    limit,
    limitTarget: ({ body }) => body.email.trim().toLowerCase(),
    beforeSecondFactor,
    input: { body: z.strictObject({ email: z.string().max(320) }) },
    output: { 204: null },
    handler: async (ctx: Context, { body }) => {
      await askForReset(ctx.db, ctx.services.clock, body.email);
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/link`,
    summary: 'Says what a link of the house is for, without using it up',
    tags,
    permission,
    limit,
    beforeSecondFactor,
    input: { body: StaffLink },
    output: StaffLinkAnswer,
    handler: async (ctx: Context, { body }) => {
      const { link, person } = await lookAtStaffLink(ctx.db.read, ctx.services.clock, body.secret);
      const site = await siteNames(ctx.db.read);
      const purpose = link.purpose as 'set-up' | 'invite' | 'reset'; // What lookAtStaffLink lets through.
      const { email = null, name = null, role = null } = person ?? {};
      return { body: { purpose, email, name, role, site: site.name } };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/link/use`,
    summary: 'Uses a link of the house up: sets the account up, and signs in',
    tags,
    permission,
    limit,
    beforeSecondFactor,
    input: { body: StaffLinkUse },
    output: SignInStage,
    handler: async (ctx: Context, { body }) =>
      signedIn(ctx, await useStaffLink(roomOf(ctx), { ...body, agent: ctx.headers['user-agent'] })),
  }),
  route({
    method: 'POST',
    path: paths.api('sign-out'),
    summary: 'Ends this session',
    tags,
    permission,
    beforeSecondFactor,
    input: { body: z.strictObject({}) },
    output: { 204: null },
    handler: async (ctx: Context) => {
      const me = ctx.actor;
      if (me?.session !== undefined) {
        const { id } = me.session;
        await ctx.db.write(async (tx) => {
          await deleteSession(tx, { id, userId: me.userId });
          if (me.role !== 'reader')
            await writeAudit(tx, {
              by: me,
              action: 'session.end',
              object: { kind: 'session', id },
              at: ctx.now,
            });
        });
      }
      return { status: 204, headers: { 'Set-Cookie': sessionCookie(undefined, https(ctx)) } };
    },
  }),
];

export function roomOf(ctx: Context): PasskeyRoom {
  return { db: ctx.db, clock: ctx.services.clock, origin: ctx.services.origin };
}

export function https(ctx: Context): boolean {
  return ctx.services.origin.startsWith('https:');
}

/** The cookies of an answer. A session that this browser had before ends: a new sign-in leaves no key in an old place. */
async function signedIn(
  ctx: Context,
  answer: SignInAnswer,
): Promise<{ body: z.input<typeof SignInStage>; headers: Record<string, string[]> }> {
  if (answer.kind === 'second-factor')
    return {
      body: { stage: 'second-factor', codes: answer.codes },
      headers: { 'Set-Cookie': [stepCookie(answer.secret, https(ctx))] },
    };
  const old = ctx.actor?.session?.id;
  const borne = readCookie(ctx.headers.cookie, sessionCookieName(https(ctx)));
  if (old !== undefined && borne !== undefined)
    await ctx.db.write((tx) => deleteSession(tx, { id: old, userId: ctx.actor?.userId ?? '' }));
  return {
    body: { stage: 'signed-in', codes: false },
    headers: {
      'Set-Cookie': [sessionCookie(answer.session, https(ctx)), stepCookie(undefined, https(ctx))],
    },
  };
}
