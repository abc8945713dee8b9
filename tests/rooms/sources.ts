import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** One source file, parsed once. `path` is relative to the root, with `/`. */
export type Source = { readonly path: string; readonly text: string; readonly tree: ts.SourceFile };

/** A fault, as a line one can act on: `file:line what`. */
export type Fault = string;

/** Every `.ts` and `.tsx` below `folder` of `root`, in order. */
export function sources(root: string, folder: string): Source[] {
  const from = join(root, folder);
  if (!existsSync(from)) return [];
  return readdirSync(from, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => relative(root, join(from, name)).split(sep).join('/'))
    .toSorted()
    .map((path) => parse(path, readFileSync(join(root, path), 'utf8')));
}

export function parse(path: string, text: string): Source {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) };
}

export const isTest = (source: Source): boolean => /\.test\.tsx?$/.test(source.path);

/** Calls `look` with every node of a file. */
export function visit(source: Source, look: (node: ts.Node) => void): void {
  const go = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, go);
  };
  go(source.tree);
}

export function fault(source: Source, node: ts.Node, what: string): Fault {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  return `${source.path}:${line + 1} ${what}`;
}

/** Everything a file imports, types and `import()` included: the path in the root for ours, else the package's specifier. */
export function imports(source: Source): { ours: string[]; packages: string[] } {
  const ours: string[] = [];
  const packages: string[] = [];
  for (const { fileName } of ts.preProcessFile(source.text, true, true).importedFiles) {
    if (fileName.startsWith('.')) ours.push(resolveImport(source.path, fileName));
    else packages.push(fileName);
  }
  return { ours, packages };
}

function resolveImport(from: string, specifier: string): string {
  return relative('/', resolve('/', dirname(from), specifier))
    .split(sep)
    .join('/');
}

/** The text of a string literal or of a template without its holes (`?` in their place); undefined for other nodes. */
export function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => `?${span.literal.text}`).join('');
  return undefined;
}
