import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import {
  accountOf,
  beginTotp,
  codesAfterSetUp,
  confirmTotp,
  makeRecoveryCodes,
  noteSecurity,
  removeCodes,
  siteNames,
  totpUri,
} from '../../features/accounts/accounts.ts';
import type { RawRoute } from '../../http/route.ts';
import { qrPath } from '../loaders/others.ts';
import { CodesSetUp, RecoveryCodes } from './codes.pages.tsx';
import { readForm } from './forms.ts';
import { type AccountPageServices, type Ctx, type Io, leadTo, sendPage } from './frame.tsx';
import { deed } from './own.routes.tsx';
import { sayProblem } from './say.ts';

/** Setting up and leaving the second factor. */
export const codesPages: readonly RawRoute<AccountPageServices>[] = [
  deed('/account/codes', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      await readForm(io.req);
      const secret = await ctx.db.write((tx) => beginTotp(tx, ctx.services.clock, me.userId));
      await setUpPage(ctx, io, { me, secret });
      return 'answered';
    },
  }),
  deed('/account/codes-confirm', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      const form = await readForm(io.req);
      const { clock } = ctx.services;
      try {
        const codes = await ctx.db.write(async (tx) => {
          await confirmTotp(tx, clock, { userId: me.userId, code: form.get('code') ?? '' });
          await noteSecurity(tx, clock, { me, action: 'user.codes.add' });
          return codesAfterSetUp(tx, clock, me.userId);
        });
        await codesPage(ctx, io, { me, codes });
      } catch (cause) {
        const key = form.get('key') ?? '';
        if (!(cause instanceof Problem) || cause.kind !== 'invalid' || !/^[A-Z2-7]{32}$/.test(key))
          throw cause;
        await setUpPage(ctx, io, { me, secret: key, cause });
      }
      return 'answered';
    },
  }),
  deed('/account/codes-remove', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      await readForm(io.req);
      await ctx.db.write((tx) => removeCodes(tx, ctx.services.clock, me));
      return undefined;
    },
  }),
  deed('/account/recovery-codes', {
    on: 'security',
    fresh: true,
    run: async (ctx, io, me) => {
      await readForm(io.req);
      const { clock } = ctx.services;
      const codes = await ctx.db.write(async (tx) => {
        await noteSecurity(tx, clock, { me, action: 'user.recovery-codes' });
        return makeRecoveryCodes(tx, clock, me.userId);
      });
      await codesPage(ctx, io, { me, codes });
      return 'answered';
    },
  }),
];

async function setUpPage(
  ctx: Ctx,
  io: Io,
  shown: { me: Actor; secret: string; cause?: Problem },
): Promise<void> {
  const { me, secret, cause } = shown;
  const site = await siteNames(ctx.db.read);
  const account = (await accountOf(ctx.db.read, me.userId))?.email ?? me.name;
  const qr = qrPath(totpUri({ secret, account, site: site.name }));
  return sendPage(ctx, io, {
    title: (t) => t.codes,
    status: cause === undefined ? 200 : 400,
    draw: (view) => (
      <CodesSetUp
        view={view}
        setUp={{ secret, qr }}
        error={cause === undefined ? undefined : sayProblem(cause, view.t).text}
      />
    ),
  });
}

async function codesPage(
  ctx: Ctx,
  io: Io,
  { me, codes }: { me: Actor; codes: readonly string[] },
): Promise<void> {
  const staff = me.role !== 'reader';
  if (codes.length === 0)
    return leadTo(ctx, io, { location: staff ? paths.newsroom() : `${paths.account('security')}?saved` });
  return sendPage(ctx, io, {
    title: (t) => t.codes,
    draw: (view) => <RecoveryCodes view={view} codes={codes} staff={staff} />,
  });
}
