import type { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import type {
  AnswerOf,
  AnyAnswer,
  ApiContext,
  ApiRoute,
  InputOf,
  InputSchemas,
  OutputSchemas,
  RawBody,
  RawRequest,
  RouteDefinition,
} from './route-types.ts';

const JSON_BYTES = 1024 * 1024;

/**
 * Defines a route of the API; input and answer are typed by its schemas.
 * @throws Error when a mutation has no input schema, or the path's names and the params schema differ in being there.
 */
export function route<
  I extends InputSchemas,
  O extends OutputSchemas,
  R extends RawBody | undefined = undefined,
  S = unknown,
>(definition: RouteDefinition<S, I, O, R>): ApiRoute<S> {
  check(definition);
  const { method, path, summary, description, tags, permission, input, raw } = definition;
  const outputs = outputMap(definition.output);
  return {
    method,
    path,
    summary,
    description,
    tags,
    permission,
    fresh: definition.fresh ?? false,
    beforeSecondFactor: definition.beforeSecondFactor ?? false,
    input,
    outputs,
    raw,
    limit: definition.limit ?? (raw !== undefined ? 'upload' : method === 'GET' ? 'read' : 'write'),
    idempotent: definition.idempotent ?? false,
    ifMatch: definition.ifMatch,
    maxBytes: definition.maxBytes ?? JSON_BYTES,
    prepare: (request) => {
      const parsed = parseInput<I, R>(input, request);
      return {
        limitTarget: definition.limitTarget?.(parsed),
        run: async (ctx: ApiContext<S>) => checked(outputs, await definition.handler(ctx, parsed)),
      };
    },
  };
}

/** The actor of a route that is not public. @throws Problem `unauthenticated` */
export function actor(ctx: Pick<ApiContext, 'actor'>): Actor {
  if (ctx.actor === undefined) throw new Problem('unauthenticated', 'This needs an account or a token.');
  return ctx.actor;
}

/** What a request does to a thing, as the audit log takes it. @throws Problem `unauthenticated` */
export function deedOf(
  ctx: Pick<ApiContext, 'actor' | 'now'>,
  deed: {
    readonly action: string;
    readonly kind: string;
    readonly id: string;
    readonly details?: Readonly<Record<string, unknown>>;
  },
) {
  const { action, kind, id, details } = deed;
  return {
    by: actor(ctx),
    action,
    object: { kind, id },
    ...(details === undefined ? {} : { details }),
    at: ctx.now,
  };
}

function check(definition: {
  method: string;
  path: string;
  input: InputSchemas;
  raw?: RawBody | undefined;
  idempotent?: boolean;
}): void {
  const where = `${definition.method} ${definition.path}`;
  const { input, raw } = definition;
  const hasBody = input.body !== undefined || raw !== undefined;
  if (/^(POST|PUT|PATCH)$/.test(definition.method) && !hasBody)
    throw new Error(`${where} has no input schema`);
  if (input.body !== undefined && raw !== undefined)
    throw new Error(`${where} takes JSON or bytes, not both`);
  if (definition.path.includes(':') !== (input.params !== undefined))
    throw new Error(`${where}: the path's names and input.params do not agree`);
  // Keeping an answer means holding the transaction while a body of any length arrives.
  if (raw !== undefined && definition.idempotent === true)
    throw new Error(`${where}: bytes are idempotent by their digest`);
}

function outputMap(output: OutputSchemas): ReadonlyMap<number, z.ZodType | null> {
  if (isSchema(output)) return new Map([[200, output]]);
  return new Map(Object.entries(output).map(([status, schema]) => [Number(status), schema]));
}

function isSchema(output: OutputSchemas): output is z.ZodType {
  return '_zod' in output;
}

function parseInput<I extends InputSchemas, R extends RawBody | undefined>(
  schemas: InputSchemas,
  request: RawRequest,
): InputOf<I, R> {
  const fields: Record<string, string> = {};
  const part = (name: 'params' | 'query' | 'body', schema: z.ZodType | undefined): unknown => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(request[name]);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) fields[pointer(name, issue.path)] ??= issue.message;
    return undefined;
  };
  const params = part('params', schemas.params);
  const query = part('query', schemas.query);
  const body = part('body', schemas.body);
  const faulty = Object.keys(fields);
  if (faulty.length > 0) {
    throw new Problem(
      'invalid',
      faulty.length === 1
        ? `${faulty[0]}: ${fields[faulty[0] ?? '']}.`
        : `${faulty.length} fields are not as they must be.`,
      'See the fields named in the answer.',
      { fields },
    );
  }
  // Parsed by the very schemas that InputOf is derived from.
  return { params, query, body, raw: request.raw } as unknown as InputOf<I, R>;
}

/** RFC 6901, within the body; `?name` for a query key, `:name` for a part of the path. */
function pointer(part: 'params' | 'query' | 'body', path: readonly PropertyKey[]): string {
  if (part !== 'body') return `${part === 'query' ? '?' : ':'}${path.map(String).join('.')}`;
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/';
}

function checked(outputs: ReadonlyMap<number, z.ZodType | null>, answer: AnswerOf<OutputSchemas>): AnyAnswer {
  const { status = 200, body, ...head }: AnyAnswer = answer;
  const schema = outputs.get(status);
  if (schema === undefined) throw new Error(`the route does not declare status ${status}`);
  // Parsing keeps members that the schema does not name (a draft's text, a hash) from being sent.
  return { ...head, status, body: schema === null ? undefined : schema.parse(body) };
}
