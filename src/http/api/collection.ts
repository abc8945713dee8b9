import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { type ApiContext, type ApiRoute, route } from '../route.ts';
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

export type Collection<S, R extends Row, I extends z.ZodType> = {
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
  create(tx: Tx, house: House<S>, input: z.output<I>): Promise<string>;
  change(tx: Tx, house: House<S>, change: Change<z.output<I>>): Promise<void>;
  /** What the answer says of a row. */
  show(row: R, services: S): unknown;
};

/** The database of the request beside the services: on an idempotent request it is the open transaction. */
type House<S> = { readonly db: Db; readonly services: S };

const keyCursor = cursorOf(z.object({ key: z.string().max(300) }));
export const ById = z.object({ id: z.uuid() });

/** The four routes of a noun that is listed, read, made and changed as a whole. */
export function collectionRoutes<S, R extends Row, I extends z.ZodType>(
  of: Collection<S, R, I>,
): ApiRoute<S>[] {
  const tags = [of.many];
  const one = async (ctx: ApiContext<S>, id: string): Promise<{ body: unknown; etag: number }> => {
    const row = await of.find(ctx.db.read, id);
    if (row === undefined) throw new Problem('not-found', `There is no ${of.one} ${id}.`);
    return { body: of.show(row, ctx.services), etag: row.rowVersion };
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
      handler: async (ctx: ApiContext<S>, { query }) => {
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
        const items = page.rows.map((row) => of.show(row, ctx.services));
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
      handler: async (ctx: ApiContext<S>, { body }) => {
        // Parsed by the very schema that I is.
        const id = await ctx.db.write((tx) => of.create(tx, ctx, body as z.output<I>));
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
      handler: (ctx: ApiContext<S>, { params }) => one(ctx, params.id),
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
      handler: async (ctx: ApiContext<S>, { params, body }) => {
        const input = body as z.output<I>;
        const expected = ctx.expected === undefined ? {} : { expected: ctx.expected };
        await ctx.db.write((tx) => of.change(tx, ctx, { id: params.id, ...expected, input }));
        return one(ctx, params.id);
      },
    }),
  ];
}
