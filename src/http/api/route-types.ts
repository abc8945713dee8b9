import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import type { Actor, Permission } from '../../contract/permissions.ts';
import type { Db } from '../../storage/db.ts';
import type { LimitName } from '../limits.ts';

/** `public`: anyone. `signed-in`: any account or token. Otherwise the actor must hold the permission. */
export type RoutePermission = Permission | 'public' | 'signed-in';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler gets besides its input. `S` is what it needs of the house (its feature's services). */
export type ApiContext<S = unknown> = {
  /** On an idempotent request everything written through it is one transaction with the stored answer. */
  readonly db: Db;
  readonly services: S;
  /** Undefined only on public routes; elsewhere use `actor(ctx)`. */
  readonly actor: Actor | undefined;
  readonly now: Instant;
  readonly requestId: string;
  /** The request's headers: for what a visitor's browser says of itself, never for who it is. */
  readonly headers: IncomingHttpHeaders;
  /** What limits count as one caller: an IPv4 address, or an IPv6 /64. Never stored as it is. */
  readonly addressKey: string;
  /** The row version named by `If-Match: "7"`; undefined when the header is absent or `*`. */
  readonly expected: number | undefined;
};

/** Schemas of what a request carries. Query values arrive as text: coerce in the schema. */
export type InputSchemas = {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
};

/** A body of bytes instead of JSON: which content types, and at most how many bytes. */
export type RawBody = { readonly contentTypes: readonly string[]; readonly maxBytes: number };

/** The bytes as they arrive; reading past the route's limit throws Problem `too-large`. Read them once. */
export type RawInput = { readonly contentType: string; readonly bytes: AsyncIterable<Uint8Array> };

/** What an answer of ours can be; refusals are thrown as a Problem. */
export type AnswerStatus = 200 | 201 | 202 | 204 | 303 | 307;

/** What a handler answers with, by status; `null` where the answer has no body (204). */
export type OutputSchemas = z.ZodType | { readonly [S in AnswerStatus]?: z.ZodType | null };

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

export type InputOf<I extends InputSchemas, R extends RawBody | undefined> = {
  readonly params: Parsed<I['params']>;
  readonly query: Parsed<I['query']>;
  readonly body: Parsed<I['body']>;
  readonly raw: R extends RawBody ? RawInput : undefined;
};

type AnswerHead = {
  /** `Set-Cookie` may have several values. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** The row version (or another opaque word) of what is answered: sent as a strong ETag. */
  readonly etag?: number | string;
};
type AnswerBody<T> = T extends z.ZodType ? { readonly body: z.input<T> } : { readonly body?: undefined };

export type AnswerOf<O extends OutputSchemas> = O extends z.ZodType
  ? AnswerHead & { readonly status?: 200; readonly body: z.input<O> }
  : { [S in keyof O & AnswerStatus]: AnswerHead & { readonly status: S } & AnswerBody<O[S]> }[keyof O &
      AnswerStatus];

export type RouteDefinition<
  S,
  I extends InputSchemas,
  O extends OutputSchemas,
  R extends RawBody | undefined,
> = {
  readonly method: Method;
  /** `/api/v1/articles/:id` */
  readonly path: `/${string}`;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly permission: RoutePermission;
  /** A session must have begun at most ten minutes ago (roles, keys, exports); otherwise Problem `fresh-sign-in`. Tokens are as good as ever. */
  readonly fresh?: boolean;
  /** Open to somebody of the house who has neither a passkey nor a second factor yet. */
  readonly beforeSecondFactor?: boolean;
  /** A POST, PUT or PATCH has a body schema (or `raw`); one without content takes `z.strictObject({})`. */
  readonly input: I;
  /** The schema of a 200, or a schema by status. Members the schema does not name are not sent. */
  readonly output: O;
  readonly raw?: R;
  /** Default: `read` for GET, `upload` with a raw body, else `write`. */
  readonly limit?: LimitName;
  /** What the limit protects besides the caller's account: an e-mail address at sign-in. */
  readonly limitTarget?: (input: InputOf<I, R>) => string | undefined;
  /**
   * Takes an Idempotency-Key: the same key and body get the first answer again. With a key the handler runs inside one transaction
   * that keeps the answer too; it must have no effect outside the database but by `onCommit`.
   */
  readonly idempotent?: boolean;
  /** `required`: a request without If-Match gets 428. */
  readonly ifMatch?: 'required' | 'optional';
  /** Bytes of a JSON body; default 1 MiB. */
  readonly maxBytes?: number;
  handler(ctx: ApiContext<S>, input: InputOf<I, R>): Promise<AnswerOf<O>>;
};

/** A checked answer, whatever the route. */
export type AnyAnswer = AnswerHead & { readonly status?: number; readonly body?: unknown };

/** What a request carried, unparsed. */
export type RawRequest = { params: unknown; query: unknown; body: unknown; raw: RawInput | undefined };

/** A route as the server sees it, its types of input and output closed over. `ApiRoute<A>` is at home where services hold A. */
export type ApiRoute<S = unknown> = {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly permission: RoutePermission;
  readonly fresh: boolean;
  readonly beforeSecondFactor: boolean;
  readonly input: InputSchemas;
  readonly outputs: ReadonlyMap<number, z.ZodType | null>;
  readonly raw: RawBody | undefined;
  readonly limit: LimitName;
  readonly idempotent: boolean;
  readonly ifMatch: 'required' | 'optional' | undefined;
  readonly maxBytes: number;
  /** Parses the input; the returned call runs the handler. @throws Problem `invalid` naming every field at fault. */
  prepare(request: RawRequest): {
    readonly limitTarget: string | undefined;
    run(ctx: ApiContext<S>): Promise<AnyAnswer>;
  };
};
