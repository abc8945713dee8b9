/** One thing that was looked at. `todo` says what to do about it, when something is. */
export type Finding = {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'broken';
  readonly message: string;
  readonly todo?: string;
};

export function ok(check: string, message: string): Finding {
  return { check, state: 'ok', message };
}

export function warning(check: string, found: { message: string; todo: string }): Finding {
  return { check, state: 'warning', ...found };
}

export function broken(check: string, found: { message: string; todo: string }): Finding {
  return { check, state: 'broken', ...found };
}
