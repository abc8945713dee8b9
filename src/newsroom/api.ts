import { paths } from '../contract/routes.ts';

/** What a refusal of the API says (RFC 9457), in the fields that a screen shows. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** What is wrong, for programs: `conflict`, `precondition-failed`. */
  readonly kind: string;
  readonly help: string | undefined;
  /** What is wrong, by JSON pointer: `/slug`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds to wait, of a 429 or 503. */
  readonly retryAfter: number | undefined;
  /** The whole problem document, with members of its own kind. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(response: Response, body: Readonly<Record<string, unknown>>) {
    const text = (name: string): string | undefined => {
      const value = body[name];
      return typeof value === 'string' ? value : undefined;
    };
    super(text('detail') ?? text('title') ?? response.statusText);
    this.status = response.status;
    this.kind = text('kind') ?? '';
    this.help = text('help');
    this.body = body;
    const errors = Array.isArray(body['errors'])
      ? (body['errors'] as { pointer: string; detail: string }[])
      : [];
    this.fields = Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]));
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    this.retryAfter = Number.isNaN(wait) ? undefined : wait;
  }
}

/** The line to the server is broken: what was asked may be asked again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type Ask = {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** The ETag that was read: a change names what it changes. */
  readonly ifMatch?: string;
  /** The same key gets the first answer again: made once where the order is made, not where it is sent. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

export type Answer<T> = { readonly body: T; readonly etag: string | undefined };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the program does when a request says that somebody must sign in, or prove anew who they are. */
export const doors: {
  /** Nobody is signed in (any more): shows the way to the sign-in page and back. */
  signIn: () => void;
  /** Resolves to true when the person has proved who they are; the request is then sent once more. */
  reauthenticate: () => Promise<boolean>;
} = { signIn: () => undefined, reauthenticate: async () => false };

/** Told of each answer whether the server was reached; the offline banner listens. */
export const line: { onChange: (reached: boolean) => void } = { onChange: () => undefined };

/**
 * One request to the API; `rest` is the address below `/api/v1/`.
 * @throws Refusal of the server, Unreachable when there was no answer
 */
export async function ask<T>(method: Method, rest: string, options: Ask = {}): Promise<Answer<T>> {
  const response = await send(method, rest, options);
  const type = response.headers.get('content-type') ?? '';
  // The route's schema has checked what the server sends; a screen names the type that the contract gives it.
  const body = (/\bjson\b/.test(type) ? await response.json() : undefined) as T;
  if (response.ok) return { body, etag: response.headers.get('etag') ?? undefined };
  const refusal = new Refusal(response, (body ?? {}) as Record<string, unknown>);
  if (refusal.kind === 'fresh-sign-in' && (await doors.reauthenticate())) return ask(method, rest, options);
  if (refusal.status === 401 && refusal.kind !== 'fresh-sign-in') doors.signIn();
  throw refusal;
}

async function send(method: Method, rest: string, options: Ask): Promise<Response> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, String(value));
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch;
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const request: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) request.body = JSON.stringify(options.body);
  if (options.signal !== undefined) request.signal = options.signal;
  try {
    const response = await fetch(paths.api(query.size === 0 ? rest : `${rest}?${query.toString()}`), request);
    line.onChange(true);
    return response;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    line.onChange(false);
    throw new Unreachable('The server did not answer.', { cause });
  }
}

export const api = {
  get: async <T>(rest: string, options?: Ask): Promise<T> => (await ask<T>('GET', rest, options)).body,
  /** With its ETag, for a change that follows. */
  read: <T>(rest: string, options?: Ask): Promise<Answer<T>> => ask<T>('GET', rest, options),
  post: async <T>(rest: string, body: unknown = {}, options?: Ask): Promise<T> =>
    (await ask<T>('POST', rest, { ...options, body })).body,
  put: <T>(rest: string, body: unknown, options?: Ask): Promise<Answer<T>> =>
    ask<T>('PUT', rest, { ...options, body }),
  patch: <T>(rest: string, body: unknown, options?: Ask): Promise<Answer<T>> =>
    ask<T>('PATCH', rest, { ...options, body }),
  delete: async (rest: string, options?: Ask): Promise<void> =>
    void (await ask<unknown>('DELETE', rest, options)),
};

/** A key for a request that may be sent twice (Idempotency-Key): make it once for each order. */
export function newKey(): string {
  return crypto.randomUUID();
}
