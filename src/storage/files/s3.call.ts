import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Problem } from '../../base/problem.ts';

export type S3Options = {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Empty, or ends with `/`. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

export type S3Call = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each try. */
  readonly body?: () => Promise<Blob>;
  /** Statuses that are an answer; every other one is a fault. */
  readonly accept: readonly number[];
};

const TRIES = 5;
const FIRST_PAUSE_MS = 200;
/** For the answer's head; a long body may take what it takes. */
const HEAD_PATIENCE_MS = 60_000;

/**
 * Signed requests (AWS Signature Version 4, path-style addresses, which every compatible store knows), tried again when the store is
 * busy or the network fails. @throws Problem `storage-full`, `unavailable`
 */
export function s3Caller(options: S3Options): (call: S3Call) => Promise<Response> {
  const base = `${options.endpoint.replace(/\/$/, '')}/${options.bucket}`;
  return async (call) => {
    const url = new URL(call.key === '' ? base : `${base}/${call.key}`);
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(url, { call, options }).catch((cause: unknown) => cause);
      if (outcome instanceof Response && call.accept.includes(outcome.status)) return outcome;
      const again =
        !(outcome instanceof Response) ||
        outcome.status === 409 ||
        outcome.status === 429 ||
        outcome.status >= 500;
      const last = attempt === TRIES || !again || (outcome instanceof Response && outcome.status === 507);
      if (last) throw await refusal(outcome, { call, bucket: options.bucket });
      if (outcome instanceof Response) await outcome.body?.cancel();
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  };
}

async function send(url: URL, { call, options }: { call: S3Call; options: S3Options }): Promise<Response> {
  const signed = await new AwsV4Signer({
    url: url.href,
    method: call.method,
    headers: { ...call.headers },
    service: 's3',
    region: options.region,
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
  }).sign();
  const body = await call.body?.();
  const patience = new AbortController();
  const timer = body === undefined ? setTimeout(() => patience.abort(), HEAD_PATIENCE_MS) : undefined;
  try {
    return await fetch(signed.url, {
      method: call.method,
      headers: signed.headers,
      signal: patience.signal,
      redirect: 'error',
      ...(body && { body }),
    });
  } finally {
    clearTimeout(timer);
  }
}

async function refusal(outcome: unknown, at: { call: S3Call; bucket: string }): Promise<Problem> {
  if (!(outcome instanceof Response)) {
    return new Problem('unavailable', 'The media store cannot be reached.', 'Try again.', {
      cause: outcome,
      retryAfter: 10,
    });
  }
  const said = (await outcome.text().catch(() => '')).slice(0, 2000);
  const code = /<Code>([^<]*)<\/Code>/.exec(said)?.[1] ?? `status ${outcome.status}`;
  const cause = new Error(`${at.call.method} ${at.bucket}/${at.call.key}: ${outcome.status} ${said}`);
  if (outcome.status === 507 || /StorageFull|QuotaExceeded/i.test(code)) {
    return new Problem(
      'storage-full',
      'The media store is full, so nothing was saved.',
      'Free space there.',
      {
        cause,
      },
    );
  }
  return new Problem(
    'unavailable',
    `The media store refused: ${code}.`,
    'Check DATELINE_MEDIA_URL, its keys, and that the bucket exists.',
    { cause },
  );
}
