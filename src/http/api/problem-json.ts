import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { Problem, type ProblemKind } from '../../base/problem.ts';
import { statusOf } from '../problem-status.ts';

export const PROBLEM_JSON = 'application/problem+json';

/** RFC 9457. `type` is `about:blank`, so `title` is the status's own phrase; `kind` is what a program may look at. */
export const ProblemBody = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  kind: z.string().describe('What is wrong, for programs'),
  detail: z.string().describe('What happened and why'),
  help: z.string().optional().describe('What to do'),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string() }))
    .optional()
    .describe('The fields at fault: a JSON pointer into the body, ?key of the query, or :name of the path'),
  instance: z.string().describe('This very request, as it is named in the log'),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

const kindsByStatus: Readonly<Record<number, ProblemKind | 'method-not-allowed'>> = {
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported',
};

/** What the framework's own refusals mean, in our words. */
const frameworkSays: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The content type of the body is not one this address takes.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this address takes.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty although its content type is JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body has another length than Content-Length says.',
  FST_ERR_BAD_URL: 'The address has a malformed percent-encoding.',
};

/** The status and body for anything thrown. What is neither a Problem nor a refusal of the framework is a fault: nothing of it is told. */
export function problemOf(cause: unknown, requestId: string): { status: number; body: ProblemBody } {
  const refusal = frameworkRefusal(cause);
  const status = refusal?.status ?? statusOf(cause);
  const problem = cause instanceof Problem ? cause : undefined;
  const errors = Object.entries(problem?.fields ?? {}).map(([pointer, detail]) => ({ pointer, detail }));
  const body: ProblemBody = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    kind: problem?.kind ?? (status === 500 ? 'fault' : (kindsByStatus[status] ?? 'invalid')),
    detail: problem?.message ?? refusal?.detail ?? 'Something went wrong here; it has been noted.',
    ...(problem?.help === undefined ? {} : { help: problem.help }),
    ...(errors.length === 0 ? {} : { errors }),
    instance: `urn:uuid:${requestId}`,
  };
  return { status, body };
}

/** An error of the framework about the request, with a status of the 400s. */
function frameworkRefusal(cause: unknown): { status: number; detail: string } | undefined {
  if (!(cause instanceof Error) || cause instanceof Problem || !('statusCode' in cause)) return undefined;
  const { statusCode } = cause;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return undefined;
  const code = 'code' in cause ? String(cause.code) : '';
  return {
    status: statusCode,
    detail:
      frameworkSays[code] ??
      (statusCode === 400 ? 'The request is malformed.' : (STATUS_CODES[statusCode] ?? '')),
  };
}
