/** Where faults of subscribers go; pino's loggers fit. */
export type Log = { error(details: Record<string, unknown>, message: string): void };

/** What a follower, durable or in memory, offers to `followOutbox`. */
export type Runner = {
  readonly name: string;
  wake(): void;
  /** Up to where the subscriber has come. */
  position(): Promise<number>;
  /** Resolves when it has come to `seq`; rejects when it keeps failing. */
  reached(seq: number): Promise<void>;
  fault(): Error | undefined;
  stop(): Promise<void>;
};
