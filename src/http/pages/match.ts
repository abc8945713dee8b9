export type Match<R> = { readonly route: R; readonly params: Readonly<Record<string, string>> };

type Step =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly before: string; readonly name: string; readonly after: string }
  | { readonly kind: 'rest' };
type Compiled<R> = { readonly route: R; readonly steps: readonly Step[]; readonly rank: string };

/**
 * Compiles patterns to a matcher over decoded segments. Of several that match, text wins over names with an ending, those over bare
 * names, and a `*` comes last, from left to right. @throws Error when two routes have the same pattern.
 */
export function makeMatcher<R extends { readonly pattern: string }>(
  routes: readonly R[],
): (segments: readonly string[]) => Match<R> | undefined {
  const seen = new Map<string, string>();
  const fixed = new Map<number, Compiled<R>[]>();
  const open: Compiled<R>[] = [];
  for (const route of routes) {
    const steps = compile(route.pattern);
    const shape = steps
      .map((step) => (step.kind === 'name' ? `${step.before}:${step.after}` : JSON.stringify(step)))
      .join('/');
    const twin = seen.get(shape);
    if (twin !== undefined) throw new Error(`${route.pattern} and ${twin} are the same pattern`);
    seen.set(shape, route.pattern);
    const compiled = { route, steps, rank: steps.map(rankOf).join('') };
    if (steps.at(-1)?.kind === 'rest') open.push(compiled);
    else fixed.set(steps.length, [...(fixed.get(steps.length) ?? []), compiled]);
  }
  const byRank = (a: Compiled<R>, b: Compiled<R>): number => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0);
  // `/record/*` comes before `/:section/:year/:month/:day/:slug`: the first segment decides, whatever follows.
  for (const list of fixed.values()) list.push(...open);
  for (const list of [open, ...fixed.values()]) list.sort(byRank);
  return (segments) => {
    for (const { route, steps } of fixed.get(segments.length) ?? open) {
      const params = take(steps, segments);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

function compile(pattern: string): Step[] {
  const pieces = pattern === '/' ? [] : pattern.slice(1).split('/');
  return pieces.map((piece, index): Step => {
    if (piece === '*') {
      if (index !== pieces.length - 1) throw new Error(`${pattern}: * must come last`);
      return { kind: 'rest' };
    }
    const named = /^([^:]*):([A-Za-z]\w*)((?:\.[^:]*)?)$/.exec(piece);
    if (named !== null)
      return { kind: 'name', before: named[1] ?? '', name: named[2] ?? '', after: named[3] ?? '' };
    if (piece === '' || piece.includes(':')) throw new Error(`${pattern}: "${piece}" is no segment`);
    return { kind: 'text', text: piece };
  });
}

function rankOf(step: Step): string {
  if (step.kind === 'text') return '0';
  if (step.kind === 'rest') return '3';
  return step.before === '' && step.after === '' ? '2' : '1';
}

function take(steps: readonly Step[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (step.kind === 'text') {
      if (segment !== step.text) return undefined;
    } else if (step.kind === 'rest') {
      params['rest'] = segments.slice(index).join('/');
    } else {
      const value = inner(segment, step);
      if (value === undefined) return undefined;
      params[step.name] = value;
    }
  }
  return params;
}

function inner(segment: string, step: { before: string; after: string }): string | undefined {
  if (!segment.startsWith(step.before) || !segment.endsWith(step.after)) return undefined;
  const value = segment.slice(step.before.length, segment.length - step.after.length);
  return value === '' || segment.length < step.before.length + step.after.length ? undefined : value;
}
