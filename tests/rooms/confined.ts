import ts from 'typescript';
import { type Fault, fault, isTest, literalText, type Source, visit } from './sources.ts';

const isIn = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

/** Reads of the environment outside of the places that may. */
export function environmentFaults(files: readonly Source[], places: readonly string[]): Fault[] {
  return search(files, places, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'env' &&
      node.expression.getText() === 'process'
    )
      return 'reads process.env';
    if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env') {
      const from = node.parent.parent.parent.moduleSpecifier;
      if (ts.isStringLiteral(from) && /^(node:)?process$/.test(from.text)) return 'imports env of process';
    }
    return undefined;
  });
}

/**
 * Decisions by the kind of database outside of the dialects: a comparison, a case, or a choice by key. Where the
 * configuration says the data is (`database.kind`: a file of ours or a server's address) is another question.
 */
export function dialectFaults(files: readonly Source[], places: readonly string[]): Fault[] {
  const isKind = (node: ts.Node): boolean =>
    ts.isStringLiteral(node) && /^(sqlite|postgres)$/.test(node.text);
  return search(files, places, (node) => {
    if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
      const other = isKind(node.left) ? node.right : isKind(node.right) ? node.left : undefined;
      if (other !== undefined && !/\bdatabase\.kind$/.test(other.getText()))
        return 'decides by the kind of database';
    }
    if (ts.isCaseClause(node) && isKind(node.expression)) return 'decides by the kind of database';
    if (ts.isElementAccessExpression(node) && /\bdb\.kind$/.test(node.argumentExpression.getText()))
      return 'chooses by the kind of database';
    return undefined;
  });
}

/** Ways round the two kinds of handle: making a query builder, or calling any handle a transaction. */
export function handleFaults(files: readonly Source[], places: readonly string[]): Fault[] {
  return search(files, places, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Kysely')
      return 'opens a database of its own';
    if (ts.isAsExpression(node) && /\bTx\b|\bTransaction</.test(node.type.getText()))
      return 'calls a handle a transaction';
    return undefined;
  });
}

const OWN =
  /^\/(?:(?:s|storyline|tag|author|section|archive|record|media|assets|og|sitemaps|api)\/.|(?:search|live|archive|oembed)(?:[/?]|$))/;

/** Addresses of the site written as text where `contract/routes.ts` should be asked. Patterns (`/tag/:slug`) are not addresses. */
export function addressFaults(files: readonly Source[], places: readonly string[]): Fault[] {
  return search(files, places, (node) => {
    const text = literalText(node);
    if (text === undefined || !OWN.test(text) || /\/[:*]/.test(text)) return undefined;
    // Where a route of the API is defined its address has to be said.
    if (text.startsWith('/api/') && node.getSourceFile().fileName.endsWith('.api.ts')) return undefined;
    if (ts.isPropertyAssignment(node.parent) && ['pattern', 'path'].includes(node.parent.name.getText()))
      return undefined;
    return `writes the address ${text}`;
  });
}

function search(
  files: readonly Source[],
  places: readonly string[],
  look: (node: ts.Node) => string | undefined,
): Fault[] {
  const faults: Fault[] = [];
  for (const source of files) {
    if (isTest(source) || isIn(source.path, places)) continue;
    visit(source, (node) => {
      const what = look(node);
      if (what !== undefined) faults.push(fault(source, node, what));
    });
  }
  return faults;
}
