import { Problem } from '../../../base/problem.ts';
import { Numbering } from '../input/finish.ts';
import { readJson } from '../input/json.ts';
import { openCounted } from '../input/source.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import { ninjsItem } from './item.ts';
import { parseNinjs } from './normal.ts';

const PASSES = 2;

/**
 * Reads ninjs, versions 1.x to 3.x: one item, an array of them, an object that holds one, or a line each. The file is read twice. An item that
 * is not valid becomes a drop that says why; a file without any valid item is refused.
 * @throws Problem `invalid` before the first item when the file is malformed, cut short, or holds no ninjs.
 */
export async function* readNinjs(
  source: ImportSource,
  options: ReadOptions = {},
): AsyncGenerator<ImportItem> {
  let fault: string | undefined;
  let isValid = false;
  for await (const value of valuesOf(source, options, 0)) {
    const parsed = parseNinjs(value);
    if ('item' in parsed) isValid = true;
    else fault ??= parsed.fault;
  }
  if (!isValid)
    throw new Problem(
      'invalid',
      `${source.name} holds no ninjs item${fault === undefined ? '' : `: ${fault}`}.`,
      'Check it against the ninjs schema of its version.',
    );
  const numbering = new Numbering(options);
  let ordinal = 0;
  for await (const value of valuesOf(source, options, 1)) {
    ordinal += 1;
    const parsed = parseNinjs(value);
    if ('item' in parsed) yield numbering.number(ninjsItem(parsed.item, !numbering.isDone));
    else {
      const uri = (value as { uri?: unknown } | null)?.uri;
      yield numbering.number({
        kind: 'drop',
        externalId: typeof uri === 'string' ? `ninjs:${uri.slice(0, 180)}` : `ninjs:#${ordinal}`,
        what: 'item',
        reason: parsed.fault,
      });
    }
  }
}

/** The items of the file, whatever holds them. */
function valuesOf(source: ImportSource, options: ReadOptions, pass: number): AsyncGenerator<unknown> {
  return readJson<unknown>(openCounted(source, options, { pass, passes: PASSES }), {
    name: source.name,
    many: true,
    enter: (path, kind) => path.length === 1 && kind === 'array',
    value: (_, value) => unwrap(value),
  });
}

function unwrap(value: unknown): unknown[] {
  if (typeof value === 'object' && value !== null && !('uri' in value))
    for (const name of ['items', '_items', 'results', 'data']) {
      const list = (value as Record<string, unknown>)[name];
      if (Array.isArray(list)) return list;
    }
  return [value];
}
