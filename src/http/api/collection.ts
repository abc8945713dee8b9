import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Actor, Permission } from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../route.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from './paging.ts';

/** What every listed noun has: the key it is sorted by is unique. */
type Row = { readonly id: string; readonly rowVersion: number };

/** One page of a list in the order of its key: at most `limit` rows beyond `after`, of those that begin with `q`. */
export type KeyPage = {
  readonly limit: number;
  readonly after: string | undefined;
  readonly q: string | undefined;
};

export type Change<T> = { readonly id: string; readonly expected?: number; readonly input: T };

/** What the routes need of the house. */
export type CollectionServices = { readonly origin: string; readonly clock: Clock };

/** What a change is made with. On an idempotent request `db` is the open transaction. */
type House = { readonly db: Db; readonly clock: Clock; readonly origin: string };

export type Collection<R extends Row, I extends z.ZodType> = {
  readonly path: `/api/v1/${string}`;
  /** In the words of a sentence: `section`, `sections`. */
  readonly one: string;
  readonly many: string;
  readonly read: Permission;
  readonly write: Permission;
  readonly input: I;
  readonly output: z.ZodType;
  /** The unique text by which the list is sorted. */
  key(row: R): string;
  list(db: Reader, page: KeyPage): Promise<readonly R[]>;
  find(db: Reader, id: string): Promise<R | undefined>;
  create(tx: Tx, house: House, input: z.output<I>): Promise<string>;
  change(tx: Tx, house: House, change: Change<z.output<I>>): Promise<void>;
  /** Writes who did it where that is kept, in the same transaction. */
  log(
    tx: Tx,
    deed: { by: Actor; action: string; object: { kind: string; id: string }; at: string },
  ): Promise<void>;
  /** The path of its public page, where it has one: answers name it, and the whole address. */
  page?(row: R): string;
};

type Context = ApiContext<CollectionServices>;

const keyCursor = cursorOf(z.object({ key: z.string().max(300) }));
export const ById = z.object({ id: z.uuid() });

/** The four routes of a noun that is listed, read, made and changed as a whole. */
export function collectionRoutes<R extends Row, I extends z.ZodType>(
  of: Collection<R, I>,
): ApiRoute<CollectionServices>[] {
  const tags = [of.many];
  const show = (row: R, { origin }: CollectionServices): unknown => {
    const path = of.page?.(row);
    return path === undefined ? row : { ...row, path, url: origin + path };
  };
  const house = (ctx: Context): House => ({
    db: ctx.db,
    clock: ctx.services.clock,
    origin: ctx.services.origin,
  });
  const deed = (ctx: Context, action: string, id: string): Parameters<typeof of.log>[1] => ({
    by: actor(ctx),
    action: `${of.one}.${action}`,
    object: { kind: of.one, id },
    at: ctx.now,
  });
  const one = async (ctx: Context, id: string): Promise<{ body: unknown; etag: number }> => {
    const row = await of.find(ctx.db.read, id);
    if (row === undefined) throw new Problem('not-found', `There is no ${of.one} ${id}.`);
    return { body: show(row, ctx.services), etag: row.rowVersion };
  };
  return [
    route({
      method: 'GET',
      path: of.path,
      summary: `Lists ${of.many}`,
      tags,
      permission: of.read,
      input: { query: PageQuery.extend({ q: z.string().max(200).optional().describe('How they begin') }) },
      output: pageOf(of.output),
      handler: async (ctx: Context, { query }) => {
        const { limit, q } = query;
        const after = query.after === undefined ? undefined : keyCursor.decode(query.after).key;
        const rows = await of.list(ctx.db.read, { limit: limit + 1, after, q });
        const page = cutPage(rows, {
          limit,
          cursor: keyCursor,
          position: (row) => ({ key: of.key(row) }),
          path: of.path,
          query: { q },
        });
        const items = page.rows.map((row) => show(row, ctx.services));
        return { body: { items, next: page.next }, headers: page.headers };
      },
    }),
    route({
      method: 'POST',
      path: of.path,
      summary: `Creates a new ${of.one}`,
      tags,
      permission: of.write,
      idempotent: true,
      input: { body: of.input },
      output: { 201: of.output },
      handler: async (ctx: Context, { body }) => {
        // Parsed by the very schema that I is.
        const id = await ctx.db.write(async (tx) => {
          const made = await of.create(tx, house(ctx), body as z.output<I>);
          await of.log(tx, deed(ctx, 'create', made));
          return made;
        });
        return { status: 201, ...(await one(ctx, id)), headers: { Location: `${of.path}/${id}` } };
      },
    }),
    route({
      method: 'GET',
      path: `${of.path}/:id`,
      summary: `Reads one of the ${of.many}`,
      tags,
      permission: of.read,
      input: { params: ById },
      output: of.output,
      handler: (ctx: Context, { params }) => one(ctx, params.id),
    }),
    route({
      method: 'PUT',
      path: `${of.path}/:id`,
      summary: `Replaces one of the ${of.many}`,
      tags,
      permission: of.write,
      ifMatch: 'required',
      input: { params: ById, body: of.input },
      output: of.output,
      handler: async (ctx: Context, { params, body }) => {
        const input = body as z.output<I>;
        const expected = ctx.expected === undefined ? {} : { expected: ctx.expected };
        await ctx.db.write(async (tx) => {
          await of.change(tx, house(ctx), { id: params.id, ...expected, input });
          await of.log(tx, deed(ctx, 'change', params.id));
        });
        return one(ctx, params.id);
      },
    }),
  ];
}
