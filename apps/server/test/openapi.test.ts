import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type Site } from './support/sweep.ts';

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  security: unknown[];
  parameters?: { name: string; in: string; schema: object; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

interface Printed {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

/** GeoJSON (RFC 7946, 6.1) admits members that its reader does not know. */
const openOnPurpose = ['zones.importZones'];

let site: Site;
let text: string;
let document: Printed;

beforeAll(async () => {
  site = await openSite();
  text = (await site.app.inject('/openapi.json')).body;
  document = JSON.parse(text) as Printed;
});
afterAll(() => site.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );

describe('the printed contract', () => {
  it('is the one that is kept in docs/openapi.json', async () => {
    // After a wanted change: npx vitest run --project sweeps apps/server/test/openapi -u
    const pretty = `${JSON.stringify(document, null, 2)}\n`;
    await expect(pretty).toMatchFileSnapshot('../../../docs/openapi.json');
  });

  it('is OpenAPI 3.1 in form', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const all = operations();
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    for (const operation of all) {
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path');
      expect(declared.map(({ name }) => name).toSorted(), operation.operationId).toEqual(inPath.toSorted());
      expect(declared.every(({ required }) => required)).toBe(true);
      for (const answer of Object.values(operation.responses)) expect(answer.description).not.toBe('');
    }
  });

  it('has only schemas of JSON Schema 2020-12, as 3.1 asks', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(ajv.validateSchema(schema), `${name}: ${JSON.stringify(ajv.errors)}`).toBe(true);
    }
    for (const { operationId, parameters = [], requestBody, responses } of operations()) {
      const bodies = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}));
      for (const { schema } of [...parameters, ...bodies]) {
        expect(ajv.validateSchema(schema), `${operationId}: ${JSON.stringify(ajv.errors)}`).toBe(true);
      }
    }
  });

  it('refers only to schemas that it has', () => {
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1] ?? '');
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  it('closes every object that people send', () => {
    const openOnes = operations().filter(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).some(({ schema }) => hasOpenObject(schema)),
    );
    expect(openOnes.map(({ operationId }) => operationId)).toEqual(openOnPurpose);
  });
});

function hasOpenObject(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if ('$ref' in schema) return hasOpenObject(document.components.schemas[String(schema.$ref).split('/').at(-1) ?? '']);
  const isOpen = 'properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false);
  return isOpen || Object.values(schema).some(hasOpenObject);
}
