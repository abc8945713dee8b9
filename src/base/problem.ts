/** What can be wrong, in the words of a caller; http and cli turn it into a status or an exit code. */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'fresh-sign-in'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'unsupported'
  | 'rate-limited'
  | 'unavailable'
  | 'storage-full';

export type ProblemExtra = {
  /** Which inputs are at fault: a JSON pointer or flag name to a sentence. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Seconds until a retry can succeed. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
};

/**
 * A refusal that the caller can act on. `message` says what happened and why in one sentence; `help` says what to do.
 * Everything else that is thrown is a fault of ours.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly help: string | undefined;
  readonly fields: Readonly<Record<string, string>> | undefined;
  readonly retryAfter: number | undefined;

  constructor(kind: ProblemKind, message: string, help?: string, extra: ProblemExtra = {}) {
    super(message, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'Problem';
    this.kind = kind;
    this.help = help;
    this.fields = extra.fields;
    this.retryAfter = extra.retryAfter;
  }

  /** The one line for a terminal. */
  get line(): string {
    return this.help === undefined ? this.message : `${this.message} ${this.help}`;
  }
}
