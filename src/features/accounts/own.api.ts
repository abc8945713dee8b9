import QRCode from 'qrcode';
import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import {
  CodeSignIn,
  CodesSetUp,
  OwnAccount,
  PasskeyName,
  RecoveryCodes,
  WebAuthnJson,
} from '../../contract/sign-in-answers.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { isRole } from '../../contract/permissions.ts';
import {
  codesAfterSetUp,
  endOtherSessions,
  endSession,
  noteSecurity,
  passwordFor,
  removeCodes,
  removePasskey,
  renamePasskey,
  setPassword,
} from './own.ts';
import { accountOf, passkeysOf, sessionsOf } from './own.views.ts';
import { addPasskey, beginPasskey } from './passkeys.ts';
import { beginTotp, confirmTotp, makeRecoveryCodes } from './second-factor.ts';
import type { AccountServices } from './services.ts';
import { https, roomOf } from './sign-in.api.ts';
import { siteNames } from './site-name.ts';
import { stepCookie, stepSecret } from './steps.ts';
import { totpUri } from './totp.ts';

type Context = ApiContext<AccountServices>;

const PATH = paths.api('me');
const shared = { tags: ['me'], permission: 'signed-in', beforeSecondFactor: true } as const;
const nothing = z.strictObject({});

export const ownRoutes: readonly ApiRoute<AccountServices>[] = [
  route({
    ...shared,
    method: 'GET',
    path: `${PATH}/account`,
    permission: 'signed-in',
    summary: 'Reads one’s own account: the ways in, and where one is signed in',
    input: {},
    output: OwnAccount,
    handler: async (ctx: Context) => {
      const { userId, session } = actor(ctx);
      const account = await accountOf(ctx.db.read, userId);
      if (account === undefined || !isRole(account.role))
        throw new Problem('not-found', 'The account is gone.');
      const passkeys = await passkeysOf(ctx.db.read, userId);
      const sessions = await sessionsOf(ctx.db.read, { userId, now: ctx.now, current: session?.id });
      return { body: { ...account, role: account.role, passkeys, sessions } };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: `${PATH}/password`,
    permission: 'signed-in',
    summary: 'Sets one’s own password and ends all other sessions',
    fresh: true,
    input: { body: z.strictObject({ password: z.string().max(1024) }) },
    output: { 204: null },
    handler: async (ctx: Context, { body }) => {
      const me = actor(ctx);
      const hash = await passwordFor(ctx.db.read, me.userId, body.password);
      await ctx.db.write((tx) => setPassword(tx, ctx.services.clock, { me, hash }));
      return { status: 204 };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: `${PATH}/passkeys/options`,
    permission: 'signed-in',
    summary: 'Begins to add a passkey',
    fresh: true,
    input: { body: nothing },
    output: WebAuthnJson,
    handler: async (ctx: Context) => {
      const me = actor(ctx);
      const site = await siteNames(ctx.db.read);
      const account = (await accountOf(ctx.db.read, me.userId))?.email ?? me.name;
      const person = { userId: me.userId, name: me.name, account, site: site.name };
      const { options, secret } = await beginPasskey(roomOf(ctx), person);
      return { body: { ...options }, headers: { 'Set-Cookie': stepCookie(secret, https(ctx)) } };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: `${PATH}/passkeys`,
    permission: 'signed-in',
    summary: 'Adds a passkey; the first second factor brings recovery codes',
    fresh: true,
    input: { body: z.strictObject({ name: PasskeyName, response: WebAuthnJson }) },
    output: RecoveryCodes,
    handler: async (ctx: Context, { body }) => {
      const me = actor(ctx);
      const secret = stepSecret(ctx.headers.cookie, https(ctx));
      await addPasskey(roomOf(ctx), { userId: me.userId, secret, ...body });
      const codes = await ctx.db.write(async (tx) => {
        await noteSecurity(tx, ctx.services.clock, { me, action: 'user.passkey.add' });
        return codesAfterSetUp(tx, ctx.services.clock, me.userId);
      });
      return { body: { codes }, headers: { 'Set-Cookie': stepCookie(undefined, https(ctx)) } };
    },
  }),
  route({
    ...shared,
    method: 'PATCH',
    path: `${PATH}/passkeys/:id`,
    permission: 'signed-in',
    summary: 'Names a passkey of one’s own',
    input: { params: ById, body: z.strictObject({ name: PasskeyName }) },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      const { userId } = actor(ctx);
      await ctx.db.write((tx) => renamePasskey(tx, { userId, id: params.id, name: body.name }));
      return { status: 204 };
    },
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: `${PATH}/passkeys/:id`,
    permission: 'signed-in',
    summary: 'Removes a passkey of one’s own',
    fresh: true,
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      const me = actor(ctx);
      await ctx.db.write((tx) => removePasskey(tx, ctx.services.clock, { me, id: params.id }));
      return { status: 204 };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: `${PATH}/codes`,
    permission: 'signed-in',
    summary: 'Begins to set up an authenticator',
    fresh: true,
    input: { body: nothing },
    output: CodesSetUp,
    handler: async (ctx: Context) => {
      const me = actor(ctx);
      const secret = await ctx.db.write((tx) => beginTotp(tx, ctx.services.clock, me.userId));
      const site = await siteNames(ctx.db.read);
      const account = (await accountOf(ctx.db.read, me.userId))?.email ?? me.name;
      const uri = totpUri({ secret, account, site: site.name });
      return { body: { secret, uri, qr: qrOf(uri) } };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: `${PATH}/codes/confirm`,
    permission: 'signed-in',
    summary: 'Completes the set-up of an authenticator with a code of it',
    fresh: true,
    limit: 'sign-in',
    input: { body: CodeSignIn },
    output: RecoveryCodes,
    handler: async (ctx: Context, { body }) => {
      const me = actor(ctx);
      const codes = await ctx.db.write(async (tx) => {
        await confirmTotp(tx, ctx.services.clock, { userId: me.userId, code: body.code });
        await noteSecurity(tx, ctx.services.clock, { me, action: 'user.codes.add' });
        return codesAfterSetUp(tx, ctx.services.clock, me.userId);
      });
      return { body: { codes } };
    },
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: `${PATH}/codes`,
    permission: 'signed-in',
    summary: 'Removes the authenticator',
    fresh: true,
    input: {},
    output: { 204: null },
    handler: async (ctx: Context) => {
      await ctx.db.write((tx) => removeCodes(tx, ctx.services.clock, actor(ctx)));
      return { status: 204 };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: `${PATH}/recovery-codes`,
    permission: 'signed-in',
    summary: 'Makes new recovery codes in the place of all older ones',
    fresh: true,
    input: { body: nothing },
    output: RecoveryCodes,
    handler: async (ctx: Context) => {
      const me = actor(ctx);
      const codes = await ctx.db.write(async (tx) => {
        await noteSecurity(tx, ctx.services.clock, { me, action: 'user.recovery-codes' });
        return makeRecoveryCodes(tx, ctx.services.clock, me.userId);
      });
      return { body: { codes } };
    },
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: `${PATH}/sessions/:id`,
    permission: 'signed-in',
    summary: 'Ends a session of one’s own',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      const me = actor(ctx);
      await ctx.db.write((tx) => endSession(tx, ctx.services.clock, { me, id: params.id }));
      return { status: 204 };
    },
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: `${PATH}/sessions`,
    permission: 'signed-in',
    summary: 'Ends all sessions of one’s own but this one',
    input: {},
    output: { 204: null },
    handler: async (ctx: Context) => {
      await ctx.db.write((tx) => endOtherSessions(tx, ctx.services.clock, actor(ctx)));
      return { status: 204 };
    },
  }),
];

/** The dark modules of a QR code as one SVG path, drawn by who shows it. */
function qrOf(text: string): { size: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) if (modules.get(y, x) !== 0) path += `M${x} ${y}h1v1h-1z`;
  return { size, path };
}
