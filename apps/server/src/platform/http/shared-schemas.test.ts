import { expect, it } from 'vitest';
import { shareSchemas } from './shared-schemas.ts';

const money = { type: 'object', properties: { minor: { type: 'string' } }, description: 'x'.repeat(200) };
const view = { type: 'object', properties: { price: money, fee: money, name: { type: 'string' } } };
const operation = (operationId: string, schema: unknown) => ({
  get: { operationId, responses: { 200: { description: operationId, content: { 'application/json': { schema } } } } },
});

it('writes a repeated schema once, named after where it is met first, and resolves to the same document', () => {
  const document = {
    paths: {
      '/a': operation('probe.one', view),
      '/b': operation('probe.two', view),
      '/c': operation('probe.three', {}),
    },
    components: { securitySchemes: {} },
  };
  const before = JSON.stringify(document);
  const shared = shareSchemas(document) as typeof document & { components: { schemas: Record<string, unknown> } };
  expect(Object.keys(shared.components.schemas)).toEqual(['ProbeOneReply', 'Price']);
  expect(JSON.stringify(shared.paths)).not.toContain('xxx');
  const resolve = (value: unknown): unknown => {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(String((value as { $ref?: string } | null)?.$ref))?.[1];
    if (name) return resolve(shared.components.schemas[name]);
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
  };
  expect(JSON.stringify(resolve({ paths: shared.paths, components: { securitySchemes: {} } }))).toBe(before);
});
