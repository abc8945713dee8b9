import { defineCommand } from 'citty';
import { Problem } from '../base/problem.ts';
import {
  createToken,
  createUser,
  invite,
  reset,
  revokeToken,
  tokensOf,
  userByEmail,
  usersWhere,
} from '../features/accounts/accounts.ts';
import { houseFlags, withHouse } from './house.ts';

const json = { type: 'boolean', description: 'print JSON' } as const;

const userCreate = defineCommand({
  meta: { name: 'create', description: 'Add a person to the house' },
  args: {
    ...houseFlags,
    email: { type: 'positional', required: true, description: 'e-mail address' },
    name: { type: 'string', required: true, description: 'name as shown to colleagues' },
    role: {
      type: 'string',
      required: true,
      description: 'contributor, reporter, editor, producer, moderator or admin',
    },
    json,
  },
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }, { origin }) => {
      const { id, link } = await db.write(async (tx) => {
        const made = await createUser(tx, clock, { email: args.email, name: args.name, role: args.role });
        if (args.role === 'reader') return { id: made, link: undefined };
        const task = { by: null, userId: made, way: 'link' as const, origin };
        return { id: made, link: await invite(tx, clock, task) };
      });
      const lines = [`Created ${args.email} as ${args.role} (${id}).`];
      if (link !== undefined) lines.push(`To set the account up, once, within ten minutes: ${link}`);
      process.stdout.write(
        args.json === true ? `${JSON.stringify({ id, link })}\n` : `${lines.join('\n')}\n`,
      );
    }),
});

const userList = defineCommand({
  meta: { name: 'list', description: 'List the people of the house' },
  args: { ...houseFlags, json },
  run: ({ args }) =>
    withHouse(args, async ({ db }) => {
      const users = await usersWhere(db.read);
      if (args.json === true) process.stdout.write(`${JSON.stringify(users)}\n`);
      else
        for (const user of users)
          process.stdout.write(
            `${user.role.padEnd(12)} ${user.email}  ${user.name}${user.disabled ? '  (shut)' : ''}\n`,
          );
    }),
});

/** The person of an address. @throws Problem `not-found` */
async function idOf(db: Parameters<typeof userByEmail>[0], email: string): Promise<string> {
  const user = await userByEmail(db, email);
  if (user !== undefined) return user.id;
  throw new Problem(
    'not-found',
    `There is no user with the address ${email}.`,
    'Create one with: dateline user create.',
  );
}

const byMail = { type: 'boolean', description: 'send the link by e-mail instead of printing it' } as const;

function sayLink(link: string | undefined, { email, json: asJson }: { email: string; json?: boolean }): void {
  const text = link === undefined ? `The link goes to ${email}.` : link;
  process.stdout.write(asJson === true ? `${JSON.stringify({ link: link ?? null })}\n` : `${text}\n`);
}

const userInvite = defineCommand({
  meta: {
    name: 'invite',
    description: 'Make a link by which a person sets up their account: once, ten minutes',
  },
  args: {
    ...houseFlags,
    email: { type: 'positional', required: true, description: 'e-mail address' },
    mail: byMail,
    json,
  },
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }, { origin }) => {
      const userId = await idOf(db.read, args.email);
      const task = { by: null, userId, way: args.mail === true ? 'mail' : 'link', origin } as const;
      sayLink(await db.write((tx) => invite(tx, clock, task)), args);
    }),
});

const userReset = defineCommand({
  meta: { name: 'reset', description: 'Make a link by which a person gets back in: once, ten minutes' },
  args: {
    ...houseFlags,
    email: { type: 'positional', required: true, description: 'e-mail address' },
    factors: {
      type: 'boolean',
      description: 'remove password, passkeys and codes too, and end all sessions: for who has lost them',
    },
    mail: byMail,
    json,
  },
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }, { origin }) => {
      const userId = await idOf(db.read, args.email);
      const way = args.mail === true ? ('mail' as const) : ('link' as const);
      const task = { by: null, userId, way, origin, factors: args.factors === true };
      sayLink(await db.write((tx) => reset(tx, clock, task)), args);
    }),
});

export const userCommand = defineCommand({
  meta: { name: 'user', description: 'People of the house' },
  subCommands: { create: userCreate, list: userList, invite: userInvite, reset: userReset },
});

const tokenCreate = defineCommand({
  meta: { name: 'create', description: 'Make an API token; the secret is shown once' },
  args: {
    ...houseFlags,
    user: { type: 'string', required: true, description: 'e-mail address of its owner' },
    name: { type: 'string', required: true, description: 'what it is for' },
    scopes: { type: 'string', description: 'permissions, comma separated; default: all of the owner’s' },
    expires: { type: 'string', description: 'ISO instant after which it stops working' },
    json,
  },
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }) => {
      const user = await userByEmail(db.read, args.user);
      if (user === undefined)
        throw new Problem(
          'not-found',
          `There is no user with the address ${args.user}.`,
          'Create one with: dateline user create.',
        );
      const scopes = args.scopes?.split(',').map((scope) => scope.trim());
      const token = await db.write((tx) =>
        createToken(tx, clock, { userId: user.id, name: args.name, scopes, expiresAt: args.expires }),
      );
      process.stdout.write(args.json === true ? `${JSON.stringify(token)}\n` : `${token.secret}\n`);
    }),
});

const tokenList = defineCommand({
  meta: { name: 'list', description: 'List API tokens (never their secrets)' },
  args: { ...houseFlags, json },
  run: ({ args }) =>
    withHouse(args, async ({ db }) => {
      const tokens = await tokensOf(db.read);
      if (args.json === true) process.stdout.write(`${JSON.stringify(tokens)}\n`);
      else
        for (const token of tokens) {
          const state = token.revokedAt === null ? 'valid' : `revoked ${token.revokedAt}`;
          process.stdout.write(`${token.id}  ${token.name}  ${token.scopes.join(',') || 'all'}  ${state}\n`);
        }
    }),
});

const tokenRevoke = defineCommand({
  meta: { name: 'revoke', description: 'End an API token' },
  args: { ...houseFlags, id: { type: 'positional', required: true, description: 'id of the token' } },
  run: ({ args }) =>
    withHouse(args, async ({ db, clock }) => {
      await db.write((tx) => revokeToken(tx, clock, args.id));
      process.stdout.write('Revoked.\n');
    }),
});

export const tokenCommand = defineCommand({
  meta: { name: 'token', description: 'API tokens' },
  subCommands: { create: tokenCreate, list: tokenList, revoke: tokenRevoke },
});
