import swaggerPlugin from '@fastify/swagger';
import { refusals, type RefusalCode } from '@plumbline/contracts';
import { Problem } from '@plumbline/contracts/common';
import type { Route } from '@plumbline/contracts/route';
import type { FastifyInstance, FastifySchema } from 'fastify';
import type { Config } from '../config.ts';
import { sessionCookieName } from './session.ts';
import { shareSchemas } from './shared-schemas.ts';

/** Prints the contract as OpenAPI 3.1 at `/openapi.json`. */
export async function installOpenApi(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(swaggerPlugin, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Plumbline',
        version: '1',
        description: 'The API of the marketplace. Refusals are RFC 9457 problem details with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: config.publicUrl }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookieName(config) },
        },
      },
    },
    hideUntagged: true,
    transformObject: (given) => withProblem('openapiObject' in given ? given.openapiObject : given.swaggerObject),
    transform: ({ schema, url, route }) => ({ schema: describe(schema ?? {}, route.config?.contract), url }),
  });
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    reply.type('application/json; charset=utf-8');
    return JSON.stringify(app.swagger());
  });
}

/** What the contract says beyond the schemas: name, who may, refusals, headers. */
function describe(schema: FastifySchema, route: Route | undefined): FastifySchema {
  if (!route) return { ...schema, hide: true };
  const described: FastifySchema = {
    ...schema,
    operationId: route.name,
    tags: [route.name.split('.', 1)[0] ?? ''],
    summary: route.summary,
    description: permissionLine(route),
    security: route.permission === 'public' ? [] : [{ session: [] }],
    response: { ...successOf(route), ...problemsOf(route) },
    ...(route.idempotent && { headers: idempotencyHeader }),
  };
  return printed(described, route);
}

/** The schemas that refuse what the contract does not name are left out: absence says it. */
function printed(schema: FastifySchema, route: Route): FastifySchema {
  const copy = { ...schema };
  if (!route.body) delete copy.body;
  if (!route.query) delete copy.querystring;
  if (route.multipart) copy.consumes = ['multipart/form-data'];
  return copy;
}

function permissionLine({ permission }: Route): string {
  return permission === 'public' ? 'Anybody may call it.' : `Needs the permission \`${permission}\`.`;
}

function successOf({ status = 200, reply, summary, file }: Route): Record<string, unknown> {
  if (status === 204) return { 204: { type: 'null', description: summary } };
  const type = file ? 'application/octet-stream' : 'application/json';
  return { [status]: { description: summary, content: { [type]: { schema: reply } } } };
}

const idempotencyHeader = {
  type: 'object',
  required: ['Idempotency-Key'],
  properties: {
    'Idempotency-Key': {
      type: 'string',
      minLength: 8,
      maxLength: 200,
      description: 'Chosen by the caller; a repetition with the same key gets the first answer again.',
    },
  },
};

/** Refusals by status: which codes a caller of this route has to expect. */
function problemsOf(route: Route): Record<string, unknown> {
  const codes = [...generalCodes(route), ...(route.refusals ?? [])].filter((code) => code in refusals) as RefusalCode[];
  const byStatus = Map.groupBy(new Set(codes), (code) => refusals[code]);
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, problemAnswer(group)]));
}

function problemAnswer(codes: readonly RefusalCode[]): Record<string, unknown> {
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: { 'application/problem+json': { schema: { type: 'object', title: problemTitle } } },
  };
}

/** Stands for the problem's schema until the document is whole: it is written once there, and referred to. */
const problemTitle = 'Problem';

function withProblem(document: object): object {
  const text = JSON.stringify(document, (_, value: unknown) =>
    isPlaceholder(value) ? { $ref: '#/components/schemas/Problem' } : value,
  );
  const whole = JSON.parse(text) as { components: Record<string, unknown> };
  return shareSchemas({ ...whole, components: { ...whole.components, schemas: { Problem } } });
}

function isPlaceholder(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'title' in value && value.title === problemTitle && 'type' in value
  );
}

function generalCodes({ permission, idempotent, body }: Route): RefusalCode[] {
  return [
    'request.invalid',
    'request.rate_limited',
    'request.unexpected',
    ...(body ? (['request.unparsable', 'request.too_large', 'request.unsupported_media_type'] as const) : []),
    ...(permission === 'public' ? [] : (['access.sign_in_required', 'access.forbidden'] as const)),
    ...(idempotent
      ? ([
          'request.idempotency_key_missing',
          'request.idempotency_key_reused',
          'request.idempotency_in_flight',
        ] as const)
      : []),
  ];
}
