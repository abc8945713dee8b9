import type { Fault, Source } from './sources.ts';
import { imports, isTest } from './sources.ts';

/** One room of rooms.json: a file belongs to the first room whose pattern it matches. */
export type Room = {
  readonly name: string;
  /** Regular expression over the path. A group named `feature` says which feature a file belongs to. */
  readonly files: string;
  /** Names of rooms. `itself` is implied. */
  readonly imports: readonly string[];
  /** Packages, by prefix; absent: any. */
  readonly packages?: readonly string[];
};

export type ImportRules = { readonly rooms: readonly Room[]; readonly features: readonly string[] };

/** What one file of a feature may take from a feature to its left. */
const PUBLIC_PARTS = ['views', 'events', 'types'];

/** Every import that the table does not allow, and every file that is in no room. */
export function importFaults(files: readonly Source[], rules: ImportRules): Fault[] {
  const faults: Fault[] = [];
  for (const source of files) {
    if (isTest(source)) continue;
    const room = roomOf(source.path, rules);
    if (room === undefined) {
      faults.push(`${source.path} is in no room of rooms.json`);
      continue;
    }
    const { ours, packages } = imports(source);
    for (const target of ours) {
      const why = whyNot(source.path, target, { room, rules });
      if (why !== undefined) faults.push(`${source.path} imports ${target}: ${why}`);
    }
    for (const name of packages) {
      if (room.packages !== undefined && !room.packages.some((allowed) => isOf(name, allowed)))
        faults.push(`${source.path} imports ${name}: ${room.name} may not use that package`);
    }
  }
  return faults;
}

function whyNot(
  from: string,
  target: string,
  { room, rules }: { room: Room; rules: ImportRules },
): string | undefined {
  if (!target.startsWith('src/')) return `src imports nothing outside of src`;
  const other = roomOf(target, rules);
  if (other === undefined) return 'that is in no room of rooms.json';
  const mine = featureOf(from, rules);
  const theirs = featureOf(target, rules);
  if (mine !== undefined && mine === theirs) return undefined;
  if (mine !== undefined && theirs !== undefined) return whyNotFeature(target, { from, mine, theirs, rules });
  if (other.name === room.name || room.imports.includes(other.name)) return undefined;
  return `${room.name} may not import ${other.name}`;
}

function whyNotFeature(
  target: string,
  { from, mine, theirs, rules }: { from: string; mine: string; theirs: string; rules: ImportRules },
): string | undefined {
  const order = rules.features;
  if (!order.includes(theirs) || !order.includes(mine)) return 'the order of features does not name both';
  if (order.indexOf(theirs) > order.indexOf(mine)) return `${theirs} is to the right of ${mine}`;
  const file = target.slice(target.lastIndexOf('/') + 1).replace(/\.tsx?$/, '');
  const part = file.slice(file.lastIndexOf('.') + 1);
  if (file === theirs || PUBLIC_PARTS.includes(part)) return undefined;
  if (part === 'api' && from.endsWith('.api.ts')) return undefined; // Routes may share what routes are built of.
  return `only the door, views and event types of ${theirs} are for others`;
}

function roomOf(path: string, rules: ImportRules): Room | undefined {
  return rules.rooms.find((room) => new RegExp(room.files).test(path));
}

function featureOf(path: string, rules: ImportRules): string | undefined {
  for (const room of rules.rooms) {
    const match = new RegExp(room.files).exec(path);
    if (match !== null) return match.groups?.feature;
  }
  return undefined;
}

function isOf(name: string, allowed: string): boolean {
  return name === allowed || name.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`);
}

/** Every cycle of imports, types included, each once, as the files in their order. */
export function cycles(files: readonly Source[]): string[] {
  const edges = new Map(files.map((source) => [source.path, imports(source).ours]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const trail: string[] = [];
  const enter = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue;
      if (state.get(next) === 'open') found.push([...trail.slice(trail.indexOf(next)), next].join(' → '));
      else if (state.get(next) === undefined) enter(next);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of edges.keys()) if (state.get(path) === undefined) enter(path);
  return found;
}
