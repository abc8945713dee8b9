/** The environment as text: what `configFrom` parses. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The one place that reads the process's environment. */
export function readEnv(): Env {
  return { ...process.env };
}
