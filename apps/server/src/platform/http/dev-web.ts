import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import middiePlugin from '@fastify/middie';
import type { FastifyInstance } from 'fastify';
import type { ServerBuild } from 'react-router';

interface Vite {
  createServer(options: Record<string, unknown>): Promise<ViteServer>;
}

interface ViteServer {
  middlewares: (request: unknown, response: unknown, next: () => void) => void;
  ssrLoadModule(id: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Paths that are ours: Vite answers everything else that it knows. */
const ours = /^\/(v1|openapi\.json|docs-api|livez|readyz)(\/|$|\?)/;

/** Vite inside this process; each call of what it returns gives the newest build. */
export async function startVite(app: FastifyInstance, webFolder: string): Promise<() => Promise<ServerBuild>> {
  // Vite belongs to the web workspace, and only development needs it.
  const vitePath = createRequire(path.join(webFolder, 'package.json')).resolve('vite');
  const { createServer } = (await import(pathToFileURL(vitePath).href)) as Vite;
  const vite = await createServer({
    root: webFolder,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server: app.server } },
  });
  app.addHook('onClose', () => vite.close());
  await app.register(middiePlugin);
  app.use((request, response, next) => {
    if (ours.test(request.url ?? '')) next();
    else vite.middlewares(request, response, next);
  });
  return async () => (await vite.ssrLoadModule('virtual:react-router/server-build')) as unknown as ServerBuild;
}
