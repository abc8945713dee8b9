import { lookup as resolveName } from 'node:dns/promises';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { callbackify } from 'node:util';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Outbound, OutboundAnswer, OutboundOptions } from '../base/outbound.ts';
import { Problem } from '../base/problem.ts';
import { isPublicAddress } from './public-address.ts';

export type OutboundRules = {
  /** Ports besides 80 and 443; `any` for streams, which are seldom on those. */
  readonly ports?: readonly number[] | 'any';
  /** Says that an address and port may be asked although they are not public: for tests and a newsroom's own servers. */
  readonly allow?: (address: string, port: number) => boolean;
  /** The addresses of a name; the system's resolver when absent. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
  readonly userAgent?: string;
};

const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;

type Opened = { readonly answer: OutboundAnswer; readonly body: AsyncIterable<Uint8Array> };

/** Makes the guarded way to other servers. The address is checked in the very connection, so that a name that changes its mind gains nothing. */
export function makeOutbound(rules: OutboundRules = {}): Outbound {
  async function open(url: string, options: OutboundOptions, signal: AbortSignal): Promise<Opened> {
    let target = parseTarget(url, rules);
    let headers = options.headers ?? {};
    for (let hop = 0; ; hop += 1) {
      const response = await ask({ target, headers, options, signal, rules });
      const location = response.headers.location;
      const status = response.statusCode ?? 0;
      const redirected = [301, 302, 303, 307, 308].includes(status) && location !== undefined;
      if (!redirected || options.method === 'POST') {
        const answer = { status, headers: plainHeaders(response), url: target.href };
        return { answer, body: readBody(response, options.maxBytes ?? MAX_BYTES) };
      }
      response.destroy();
      if (hop === MAX_REDIRECTS)
        throw new Problem('unavailable', `${url} redirects more than ${MAX_REDIRECTS} times.`);
      const next = parseTarget(
        URL.canParse(location, target) ? new URL(location, target).href : location,
        rules,
      );
      if (next.origin !== target.origin) headers = {};
      target = next;
    }
  }

  async function within<T>(
    url: string,
    options: OutboundOptions,
    work: (opened: Opened) => Promise<T>,
  ): Promise<T> {
    const ms = options.timeoutMs ?? TIMEOUT_MS;
    const signal = AbortSignal.timeout(ms);
    try {
      return await work(await open(url, options, signal));
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      const why = signal.aborted
        ? `did not answer within ${ms / 1000} s`
        : `could not be read (${nameOf(cause)})`;
      throw new Problem('unavailable', `${url} ${why}.`, undefined, { cause });
    }
  }

  return {
    fetch: (url, options = {}) =>
      within(url, options, async ({ answer, body }) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of body) chunks.push(chunk);
        return { ...answer, body: Buffer.concat(chunks) };
      }),
    download: (url, { file, ...options }) =>
      within(url, options, async ({ answer, body }) => {
        let size = 0;
        const counted = async function* (): AsyncGenerator<Uint8Array> {
          for await (const chunk of body) {
            size += chunk.length;
            yield chunk;
          }
        };
        const output = createWriteStream(file, { flags: 'wx' });
        let mine = false;
        output.once('open', () => (mine = true));
        try {
          await pipeline(Readable.from(counted()), output);
        } catch (cause) {
          if (mine) await rm(file, { force: true });
          throw cause;
        }
        return { ...answer, size };
      }),
  };
}

export function parseTarget(text: string, rules: OutboundRules): URL {
  const refuse = (why: string): Problem => new Problem('invalid', `${text.slice(0, 200)} ${why}.`);
  if (!URL.canParse(text)) throw refuse('is no address');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('is neither http nor https');
  if (url.username !== '' || url.password !== '') throw refuse('holds a name or a password');
  const port = portOf(url);
  const usual = isUsual(port, rules);
  const literal = hostOf(url);
  // A port of its own is for an address that was allowed by name and port; those are known when connecting.
  if (!usual && rules.allow === undefined) throw refuse(`has the port ${port}, which is not asked`);
  if (isIP(literal) !== 0 && !permitted(literal, port, rules))
    throw refuse('is not an address of the public internet');
  return url;
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function isUsual(port: number, rules: OutboundRules): boolean {
  const more = rules.ports ?? [];
  return port === 80 || port === 443 || more === 'any' || more.includes(port);
}

function permitted(address: string, port: number, rules: OutboundRules): boolean {
  if (rules.allow?.(address, port) === true) return true;
  return isPublicAddress(address) && isUsual(port, rules);
}

function ask(given: {
  target: URL;
  headers: Readonly<Record<string, string>>;
  options: OutboundOptions;
  signal: AbortSignal;
  rules: OutboundRules;
}): Promise<IncomingMessage> {
  const { target, rules, options } = given;
  const port = portOf(target);
  const request: RequestOptions = {
    method: options.method ?? 'GET',
    host: hostOf(target),
    port,
    path: `${target.pathname}${target.search}`,
    headers: {
      ...given.headers,
      host: target.host,
      'user-agent': rules.userAgent ?? 'Dateline',
      'accept-encoding': 'gzip, br',
      connection: 'close',
    },
    // No connection is shared: one that was checked for another request may lead elsewhere now.
    agent: false,
    lookup: guardedLookup(port, rules),
    signal: given.signal,
    maxHeaderSize: 16 * 1024,
  };
  return new Promise((resolve, reject) => {
    const sent =
      target.protocol === 'https:' ? httpsRequest(request, resolve) : httpRequest(request, resolve);
    sent.once('error', reject);
    sent.end(options.body);
  });
}

/** Resolves a name for the connection itself and hands on only addresses that may be asked. */
export function guardedLookup(port: number, rules: OutboundRules): LookupFunction {
  return (name, options, callback) => {
    const work = async (): Promise<{ address: string; family: number }[]> => {
      const found =
        rules.resolve === undefined
          ? (await resolveName(name, { all: true })).map((one) => one.address)
          : await rules.resolve(name);
      const good = found.filter((address) => permitted(address, port, rules));
      if (good.length > 0) return good.map((address) => ({ address, family: isIP(address) }));
      throw new Problem('invalid', `${name} does not lead to an address of the public internet.`);
    };
    callbackify(work)((cause, addresses) => {
      const first = addresses?.[0];
      if (cause !== null) callback(cause, '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}

/** The body, decompressed and counted: a small answer that unpacks to a large one is a large one. */
async function* readBody(response: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpacker = unpackerFor(coding);
  const source = unpacker === undefined ? response : unpacked(response, unpacker);
  let seen = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      seen += chunk.length;
      if (seen > maxBytes) throw new Problem('too-large', `The answer is larger than ${maxBytes} bytes.`);
      yield chunk;
    }
  } finally {
    unpacker?.destroy();
    response.destroy();
  }
}

function unpackerFor(coding: string): Transform | undefined {
  if (coding === 'identity' || coding === '') return undefined;
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  if (coding === 'br') return createBrotliDecompress();
  if (coding === 'deflate') return createInflate();
  throw new Problem('unsupported', `The answer is packed as ${coding}, which was not asked for.`);
}

function unpacked(response: IncomingMessage, unpacker: Transform): Transform {
  response.once('error', (cause) => unpacker.destroy(cause));
  response.once('aborted', () => unpacker.destroy(new Error('the connection broke')));
  return response.pipe(unpacker);
}

function plainHeaders(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? (value.at(-1) ?? '') : value;
  return headers;
}

function nameOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : 'unknown';
}
