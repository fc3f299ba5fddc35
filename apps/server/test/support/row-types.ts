import path from 'node:path';
import ts from 'typescript';

/** How a property of a row type may be read: the kinds of value, and whether null is among them. */
export interface Property {
  kinds: Set<'string' | 'number' | 'bigint' | 'boolean' | 'Date' | 'object' | 'array'>;
  nullable: boolean;
}

export interface DeclaredRow {
  file: string;
  properties: Map<string, Property>;
}

const serverFolder = path.resolve(import.meta.dirname, '../..');

/** The row type that each `statement<Row, …>('name', …)` of the server declares, by the statement's name. */
export function declaredRows(): Map<string, DeclaredRow> {
  const program = serverProgram();
  const checker = program.getTypeChecker();
  const rows = new Map<string, DeclaredRow>();
  for (const source of program.getSourceFiles()) {
    if (source.fileName.includes('node_modules') || source.fileName.includes('.test.')) continue;
    visit(source, (call) => {
      const [row] = call.typeArguments ?? [];
      const [name] = call.arguments;
      if (!row || !name || !ts.isStringLiteral(name)) return;
      const properties = propertiesOf(checker, checker.getTypeFromTypeNode(row), call);
      rows.set(name.text, { file: path.relative(serverFolder, source.fileName), properties });
    });
  }
  return rows;
}

function serverProgram(): ts.Program {
  const file = path.join(serverFolder, 'tsconfig.json');
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    serverFolder,
  );
  return ts.createProgram(
    fileNames.filter((name) => !name.includes('.test.')),
    options,
  );
}

function visit(node: ts.Node, found: (call: ts.CallExpression) => void): void {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'statement')
    found(node);
  ts.forEachChild(node, (child) => visit(child, found));
}

function propertiesOf(checker: ts.TypeChecker, row: ts.Type, at: ts.Node): Map<string, Property> {
  // `never` has no properties: a statement that only writes.
  return new Map(
    row
      .getProperties()
      .map((symbol) => [symbol.name, property(checker, checker.getTypeOfSymbolAtLocation(symbol, at))]),
  );
}

function property(checker: ts.TypeChecker, type: ts.Type): Property {
  const parts = type.isUnion() ? type.types : [type];
  const nullable = parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0);
  const others = parts.filter((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0);
  return { nullable, kinds: new Set(others.map((part) => kindOf(checker, part))) };
}

type Kind = Property['kinds'] extends Set<infer K> ? K : never;

const kindsByFlag: [ts.TypeFlags, Kind][] = [
  [ts.TypeFlags.StringLike, 'string'],
  [ts.TypeFlags.NumberLike, 'number'],
  [ts.TypeFlags.BigIntLike, 'bigint'],
  [ts.TypeFlags.BooleanLike, 'boolean'],
];

function kindOf(checker: ts.TypeChecker, type: ts.Type): Kind {
  const simple = kindsByFlag.find(([flag]) => (type.flags & flag) !== 0);
  if (simple) return simple[1];
  if (checker.isArrayType(type) || checker.isTupleType(type)) return 'array';
  return type.symbol?.name === 'Date' ? 'Date' : 'object';
}
