import type { FastifyInstance } from 'fastify';

export function installDocs(app: FastifyInstance): void {
  app.get('/docs-api', { schema: { hide: true } }, (_request, reply) => {
    reply.type('text/html; charset=utf-8');
    return '<!doctype html><title>API</title>';
  });
}
