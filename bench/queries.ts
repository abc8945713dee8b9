import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type KyselyPlugin,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Reader } from '../src/storage/db.ts';
import type { Tables } from '../src/storage/tables/index.ts';

/** A reader that counts its queries and keeps their answers. */
export function watchedReader(read: Reader): { read: Reader; answers: Record<string, unknown>[][] } {
  const answers: Record<string, unknown>[][] = [];
  const places = new WeakMap<object, number>();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      if (!places.has(queryId)) places.set(queryId, answers.push([]) - 1);
      return node;
    },
    transformResult: async ({ queryId, result }) => {
      const place = places.get(queryId);
      if (place !== undefined) answers[place] = result.rows as Record<string, unknown>[];
      return result;
    },
  };
  return { read: (read as Kysely<Tables>).withPlugin(plugin), answers };
}

/** A reader that answers from memory what a watched one was answered, in the same order: what is left is our own work. */
export function replayingReader(answers: readonly Record<string, unknown>[][]): Reader {
  let next = 0;
  const connection: DatabaseConnection = {
    executeQuery: async <R>(_query: CompiledQuery): Promise<QueryResult<R>> => ({
      rows: (answers[next++] ?? []) as R[],
    }),
    streamQuery: () => {
      throw new Error('pages do not stream');
    },
  };
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => ({
        init: async () => undefined,
        acquireConnection: async () => connection,
        releaseConnection: async () => undefined,
        beginTransaction: async () => undefined,
        commitTransaction: async () => undefined,
        rollbackTransaction: async () => undefined,
        destroy: async () => undefined,
      }),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}
