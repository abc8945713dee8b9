import { z } from 'zod';
import { permissions } from '../../contract/permissions.ts';
import type { ApiRoute } from '../route.ts';
import { ProblemBody } from './problem-json.ts';

type JsonObject = { [key: string]: unknown };

export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  /** The site's public address. */
  readonly origin: string;
};

/** The OpenAPI 3.1 document of the routes. The same routes give the same document. */
export function openApiDocument(routes: readonly ApiRoute<never>[], info: OpenApiInfo): JsonObject {
  const schemas: JsonObject = {
    Problem: schemaOf(ProblemBody, { io: 'output', name: 'Problem', shared: {} }),
  };
  const paths: { [path: string]: JsonObject } = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route, schemas);
  }
  const tags = [...new Set(routes.flatMap((route) => route.tags))].sort().map((name) => ({ name }));
  return {
    openapi: '3.1.0',
    info: {
      title: info.title,
      version: info.version,
      description:
        'Lists are paged by opaque cursors. Updates take If-Match with the ETag that was read. Errors are RFC 9457 problem details.',
    },
    servers: [{ url: info.origin }],
    tags,
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `Scopes: ${Object.keys(permissions).join(', ')}.`,
        },
      },
      responses: {
        Problem: {
          description: 'A refusal or a fault',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

/** `PUT /api/v1/articles/:id` is `putArticlesId`. */
export function operationId(route: { readonly method: string; readonly path: string }): string {
  const words = route.path.replace(/^\/api\/v\d+/, '').match(/\w+/g) ?? [];
  return (
    route.method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  );
}

function operation(route: ApiRoute<never>, shared: JsonObject): JsonObject {
  const name = operationId(route);
  const responses: JsonObject = {};
  for (const [status, schema] of route.outputs) {
    const described = { description: status === 201 ? 'Made' : status === 204 ? 'Done; no body' : 'Done' };
    if (schema === null) responses[status] = described;
    else {
      const shape = schemaOf(schema, { io: 'output', name: `${name}${status}`, shared });
      responses[status] = { ...described, content: { 'application/json': { schema: shape } } };
    }
  }
  responses['default'] = { $ref: '#/components/responses/Problem' };
  const parameters = [
    ...parametersOf(route, 'params', shared),
    ...parametersOf(route, 'query', shared),
    ...headerParameters(route),
  ];
  const body = requestBody(route, { name, shared });
  return {
    operationId: name,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [...route.tags],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses,
    security: route.permission === 'public' ? [] : [{ token: [] }],
    'x-permission': route.permission,
    ...(route.fresh ? { 'x-fresh-sign-in': true } : {}),
  };
}

function parametersOf(route: ApiRoute<never>, part: 'params' | 'query', shared: JsonObject): JsonObject[] {
  const schema = route.input[part];
  if (schema === undefined) return [];
  const object = schemaOf(schema, { io: 'input', name: `${operationId(route)}${part}`, shared });
  const properties = (object['properties'] ?? {}) as { [key: string]: JsonObject };
  const required = (object['required'] ?? []) as string[];
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: part === 'params' ? 'path' : 'query',
    required: part === 'params' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: property,
  }));
}

function headerParameters(route: ApiRoute<never>): JsonObject[] {
  const headers: JsonObject[] = [];
  const text = { type: 'string' };
  if (route.ifMatch !== undefined) {
    const description = 'The ETag that was read; 412 when it has changed since';
    headers.push({
      name: 'If-Match',
      in: 'header',
      required: route.ifMatch === 'required',
      description,
      schema: text,
    });
  }
  if (route.idempotent) {
    const description = 'Chosen by the caller, new for every new request; a repetition gets the first answer';
    const schema = { ...text, minLength: 1, maxLength: 255 };
    headers.push({ name: 'Idempotency-Key', in: 'header', required: false, description, schema });
  }
  return headers;
}

function requestBody(
  route: ApiRoute<never>,
  options: { name: string; shared: JsonObject },
): JsonObject | undefined {
  if (route.raw !== undefined) {
    return { required: true, content: Object.fromEntries(route.raw.contentTypes.map((type) => [type, {}])) };
  }
  if (route.input.body === undefined) return undefined;
  const schema = schemaOf(route.input.body, {
    io: 'input',
    name: `${options.name}Body`,
    shared: options.shared,
  });
  return { required: !route.input.body.safeParse({}).success, content: { 'application/json': { schema } } };
}

/**
 * The JSON Schema of a zod schema. What it defines for reuse or recursion moves to the shared components, because a `$ref` of an OpenAPI
 * document counts from the document, not from the schema.
 */
function schemaOf(
  schema: z.ZodType,
  options: { io: 'input' | 'output'; name: string; shared: JsonObject },
): JsonObject {
  const made = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: options.io,
    unrepresentable: 'any',
  }) as JsonObject;
  const { $schema: _dialect, $defs = {}, ...root } = made;
  const definitions = $defs as { [key: string]: JsonObject };
  const names = new Map<string, string>();
  for (const key of Object.keys(definitions)) {
    names.set(`#/$defs/${key}`, `${options.name}_${key.replace(/\W|^__/g, '')}`);
  }
  const isRecursive = JSON.stringify(made).includes('"$ref":"#"');
  if (isRecursive) names.set('#', options.name);
  for (const [key, definition] of Object.entries(definitions)) {
    options.shared[names.get(`#/$defs/${key}`) ?? key] = renamed(definition, names);
  }
  const moved = renamed(root, names);
  if (!isRecursive) return moved;
  options.shared[options.name] = moved;
  return { $ref: `#/components/schemas/${options.name}` };
}

function renamed(value: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const text = JSON.stringify(value, (key, member: unknown) => {
    const name = key === '$ref' && typeof member === 'string' ? names.get(member) : undefined;
    return name === undefined ? member : `#/components/schemas/${name}`;
  });
  return JSON.parse(text) as JsonObject;
}
