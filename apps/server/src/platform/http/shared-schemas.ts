/** A JSON value as it stands in a printed document. */
type Node = string | number | boolean | null | Node[] | { [key: string]: Node };

/** Shorter ones are easier to read in place than to look up. */
const shortest = 200;

/**
 * Moves every schema that a document repeats to `components.schemas` and refers to it, so that a view stands in the
 * document once. A schema is named after the place where it is met first.
 */
export function shareSchemas(document: Record<string, unknown>): Record<string, unknown> {
  const paths = document['paths'] as Node;
  const counts = new Map<string, number>();
  walk(paths, '', (node) => {
    const text = JSON.stringify(node);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    // What lies inside a repeated schema repeats with it: it is counted once.
    return counts.get(text) === 1;
  });
  const names = new Map<string, string>();
  const schemas: Record<string, Node> = {};
  const share = (node: Node, place: string): Node => {
    if (!isSchema(node)) return mapParts(node, place, share);
    const text = JSON.stringify(node);
    if (text.length < shortest || (counts.get(text) ?? 0) < 2) return mapParts(node, place, share);
    const known = names.get(text);
    if (known) return reference(known);
    const name = unusedName(place, schemas);
    names.set(text, name);
    // The name is taken before its parts are looked at.
    schemas[name] = true;
    schemas[name] = mapParts(node, name, share);
    return reference(name);
  };
  const shared = share(paths, '');
  const components = document['components'] as Record<string, unknown>;
  const own = components['schemas'] as Record<string, unknown> | undefined;
  return { ...document, paths: shared, components: { ...components, schemas: { ...own, ...schemas } } };
}

const reference = (name: string): Node => ({ $ref: `#/components/schemas/${name}` });

type Part = { [key: string]: Node };

function isSchema(node: Node): node is Part {
  return isPart(node) && (typeof node['type'] === 'string' || Array.isArray(node['anyOf'])) && !('in' in node);
}

function isPart(node: Node): node is Part {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

function walk(node: Node, place: string, visit: (node: Part, place: string) => boolean): void {
  if (isSchema(node) && !visit(node, place)) return;
  mapParts(node, place, (part, inner) => {
    walk(part, inner, visit);
    return part;
  });
}

function mapParts(node: Node, place: string, map: (part: Node, place: string) => Node): Node {
  if (Array.isArray(node)) return node.map((part) => map(part, place));
  if (!isPart(node)) return node;
  const here = typeof node['operationId'] === 'string' ? `${pascal(node['operationId'])}Reply` : place;
  return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, map(part, placeOf(here, key))]));
}

/** The words of a contract that say nothing about what is described. */
const structural = new Set([
  'properties',
  'items',
  'anyOf',
  'schema',
  'content',
  'responses',
  'requestBody',
  'parameters',
]);

function placeOf(place: string, key: string): string {
  if (structural.has(key) || /^(\d+|[a-z]+\/.*|\/.*|get|post|put|patch|delete)$/.test(key)) return place;
  return pascal(key);
}

const pascal = (text: string) =>
  text.replaceAll(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, first: string) => first.toUpperCase());

function unusedName(place: string, taken: Record<string, Node>): string {
  const base = place || 'Part';
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}${n}`;
    if (!(name in taken)) return name;
  }
}
