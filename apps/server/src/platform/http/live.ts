import type { FastifyInstance } from 'fastify';
import type { ServerParts } from './server.ts';
import type { Sessions } from './session.ts';

export async function installLive(app: FastifyInstance, parts: ServerParts, sessions: Sessions): Promise<void> {
  void app;
  void parts;
  void sessions;
}
