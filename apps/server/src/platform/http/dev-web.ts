import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import middiePlugin from '@fastify/middie';
import type { FastifyInstance } from 'fastify';
import type { createRequestHandler, RequestHandler, ServerBuild } from 'react-router';

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

interface Development {
  /** The newest build at each call. */
  build: () => Promise<ServerBuild>;
  handleUnder: (basename: string) => RequestHandler;
}

/**
 * Vite inside this process. The router comes from Vite too: it takes the package's development files, and a context
 * made by one copy of the router is refused by the other.
 */
export async function startVite(app: FastifyInstance, webFolder: string): Promise<Development> {
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
  const build = async () => (await vite.ssrLoadModule('virtual:react-router/server-build')) as unknown as ServerBuild;
  const router = (await vite.ssrLoadModule('react-router')) as { createRequestHandler: typeof createRequestHandler };
  const handleUnder = (basename: string): RequestHandler =>
    router.createRequestHandler(async () => {
      const newest = await build();
      return basename ? { ...newest, basename } : newest;
    }, 'development');
  return { build, handleUnder };
}
