import ts from 'typescript';
import { type Fault, fault, isTest, type Source, visit } from './sources.ts';

export const LONGEST = 400;

/** Files with more lines than anyone wants to read at once. */
export function lengthFaults(files: readonly Source[], exceptions: readonly string[]): Fault[] {
  return files
    .filter((source) => !exceptions.includes(source.path))
    .map((source) => ({ path: source.path, lines: source.text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > LONGEST)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Values, not handles: what is easily given in the wrong order. */
const PLAIN =
  /^(?:readonly )?(?:string|number|boolean|bigint|unknown|Date|Buffer|Uint8Array|Instant|`.*`|'.*'|\{.*|.*\[\]|(?:Readonly)?(?:Array|Set|Map|Record)<.*)(?: \| (?:undefined|null|string|number))*$/s;

/**
 * Exported functions that take more than two parameters beyond a handle: nobody reads such a call aright. The handle is
 * the first one, where it is a thing one works with (a database, a request, a tree) and not a plain value.
 */
export function parameterFaults(files: readonly Source[]): Fault[] {
  const faults: Fault[] = [];
  for (const source of files) {
    if (isTest(source)) continue;
    for (const { name, parameters } of exportedFunctions(source)) {
      const type = parameters[0]?.type?.getText();
      const allowed = type !== undefined && !PLAIN.test(type) ? 3 : 2;
      if (parameters.length - dateParts(parameters) > allowed)
        faults.push(
          fault(source, parameters[0] ?? source.tree, `${name} takes ${parameters.length} parameters`),
        );
    }
  }
  return faults;
}

/** Year, month and day in that order are one thing in three parameters, and are written so everywhere. */
function dateParts(parameters: readonly ts.ParameterDeclaration[]): number {
  const names = parameters.map((parameter) => parameter.name.getText()).join();
  return /(?:^|,)(?:year|\w+Year),month,day(?:,|$)/.test(names) ? 2 : 0;
}

function exportedFunctions(
  source: Source,
): { name: string; parameters: readonly ts.ParameterDeclaration[] }[] {
  const found: { name: string; parameters: readonly ts.ParameterDeclaration[] }[] = [];
  for (const statement of source.tree.statements) {
    if (!ts.canHaveModifiers(statement)) continue;
    const modifiers = ts.getModifiers(statement) ?? [];
    if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isFunctionDeclaration(statement))
      found.push({ name: statement.name?.text ?? 'a function', parameters: statement.parameters });
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (
          initializer !== undefined &&
          (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        )
          found.push({ name: name.getText(), parameters: initializer.parameters });
  }
  return found;
}

/** Calls of `route({…})` in the source that do not say who may, or a mutation that does not say what it takes. */
export function routeFaults(files: readonly Source[]): Fault[] {
  const faults: Fault[] = [];
  for (const source of files) {
    if (isTest(source) || source.path.startsWith('src/http/')) continue;
    visit(source, (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'route') return;
      const [definition] = node.arguments;
      if (definition === undefined || !ts.isObjectLiteralExpression(definition)) {
        faults.push(
          fault(source, node, 'defines a route that cannot be read here: give route() an object literal'),
        );
        return;
      }
      const member = (
        object: ts.ObjectLiteralExpression,
        name: string,
      ): ts.ObjectLiteralElementLike | undefined =>
        object.properties.find((property) => property.name?.getText() === name);
      if (member(definition, 'permission') === undefined)
        faults.push(fault(source, node, 'defines a route without a permission'));
      const method = member(definition, 'method')?.getText() ?? '';
      if (/GET|DELETE/.test(method) || member(definition, 'raw') !== undefined) return;
      const input = member(definition, 'input');
      const takes =
        input !== undefined &&
        (!ts.isPropertyAssignment(input) ||
          !ts.isObjectLiteralExpression(input.initializer) ||
          member(input.initializer, 'body') !== undefined);
      if (!takes) faults.push(fault(source, node, 'defines a mutation without an input schema'));
    });
  }
  return faults;
}
