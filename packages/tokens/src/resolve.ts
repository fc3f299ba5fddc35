/**
 * Reads DTCG (2025.10) token trees: flattens groups, inherits `$type`, follows `{aliases}`.
 */

export interface Token {
  path: string;
  type: string;
  value: unknown;
}

export type TokenTree = { readonly [key: string]: unknown };

/** All tokens of these trees, later trees winning, aliases followed. Throws on an unknown alias or a circle. */
export function resolveTokens(...trees: TokenTree[]): Map<string, Token> {
  const raw = new Map<string, Token>();
  for (const tree of trees) collect(tree, [], undefined, raw);
  const resolved = new Map<string, Token>();
  for (const [path, token] of raw) resolved.set(path, { ...token, value: follow(token.value, raw, [path]) });
  return resolved;
}

function collect(node: TokenTree, path: string[], inherited: string | undefined, into: Map<string, Token>): void {
  const type = typeof node['$type'] === 'string' ? node['$type'] : inherited;
  if ('$value' in node) {
    if (!type) throw new Error(`token ${path.join('.')} has no $type`);
    into.set(path.join('.'), { path: path.join('.'), type, value: node['$value'] });
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (key.startsWith('$') || typeof child !== 'object' || child === null) continue;
    collect(child as TokenTree, [...path, key], type, into);
  }
}

function follow(value: unknown, all: Map<string, Token>, trail: string[]): unknown {
  if (typeof value === 'string') return followText(value, all, trail);
  if (Array.isArray(value)) return value.map((item) => follow(item, all, trail));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, follow(part, all, trail)]));
}

function followText(value: string, all: Map<string, Token>, trail: string[]): unknown {
  const alias = /^\{([^{}]+)\}$/.exec(value)?.[1];
  if (!alias) return value;
  if (trail.includes(alias)) throw new Error(`token alias goes in a circle: ${[...trail, alias].join(' → ')}`);
  const target = all.get(alias);
  if (!target) throw new Error(`token ${trail[0]} points at unknown ${alias}`);
  return follow(target.value, all, [...trail, alias]);
}
