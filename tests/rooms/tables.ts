import ts from 'typescript';
import { type Fault, fault, isTest, literalText, type Source, visit } from './sources.ts';

/** Where each table may be written: a folder, whose `.store.ts` files are meant, or one file. */
export type Ownership = Readonly<Record<string, string>>;

const WRITES = new Set(['insertInto', 'updateTable', 'deleteFrom', 'replaceInto', 'mergeInto']);
const SQL =
  /\b(?:insert\s+into|update|delete\s+from|replace\s+into|truncate(?:\s+table)?)\s+["`]?([a-z_]+)/gi;

/** Every write of a table outside its owner's stores, and every write whose table cannot be read from the source. */
export function tableFaults(files: readonly Source[], owners: Ownership): Fault[] {
  const faults: Fault[] = [];
  for (const source of files) {
    if (isTest(source)) continue;
    visit(source, (node) => {
      for (const table of written(source, node)) {
        const may = owners[table];
        if (may === undefined)
          faults.push(fault(source, node, `writes ${table}, which rooms.json gives to nobody`));
        else if (!owns(may, source.path))
          faults.push(fault(source, node, `writes ${table}, which is written by ${may}`));
      }
    });
  }
  return faults;

  function written(source: Source, node: ts.Node): string[] {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (!WRITES.has(node.expression.name.text)) return [];
      const [first] = node.arguments;
      const text = first === undefined ? undefined : literalText(first);
      return [text === undefined ? '(a table that is not named by a literal)' : (text.split(' ')[0] ?? text)];
    }
    const text = literalText(node);
    if (text === undefined) return [];
    // A migration gives every table its shape, fills what it adds and sets triggers; no code of the program is in it.
    if (source.path.startsWith('src/storage/migrations/')) return [];
    return [...text.matchAll(SQL)].map((match) => match[1] ?? '').filter((name) => name in owners);
  }
}

function owns(owner: string, path: string): boolean {
  if (owner.endsWith('.ts')) return path === owner;
  return path.startsWith(`${owner}/`) && path.endsWith('.store.ts');
}

/** Tables that migrations create and the map does not know, and the other way round. */
export function ownershipGaps(statements: readonly string[], owners: Ownership): Fault[] {
  const created = new Set(
    statements.flatMap((statement) =>
      [...statement.matchAll(/create\s+(?:virtual\s+)?table\s+(?:if not exists\s+)?([a-z_]+)/gi)].map(
        (match) => match[1] ?? '',
      ),
    ),
  );
  return [
    ...[...created].filter((name) => !(name in owners)).map((name) => `${name} has no owner in rooms.json`),
    ...Object.keys(owners)
      .filter((name) => !created.has(name))
      .map((name) => `${name} is in rooms.json and in no migration`),
  ];
}
