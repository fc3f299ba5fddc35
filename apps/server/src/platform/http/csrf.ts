import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { refuse } from '../errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The origins whose pages may write. */
export function allowedOrigins({ publicUrl, origins, port, production }: Config): ReadonlySet<string> {
  const local = production ? [] : [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  return new Set([new URL(publicUrl).origin, ...origins, ...local]);
}

/**
 * Refuses `request.cross_site` for a write that a foreign page sent with our cookie. Browsers say by
 * `Sec-Fetch-Site` where a request was made; one that does not say it has to name an allowed `Origin`. Applies to
 * signing in as well, so that nobody is signed in as somebody else.
 */
export function refuseCrossSite(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  if (safeMethods.has(request.method)) return;
  const { origin } = request.headers;
  if (origin !== undefined && allowed.has(origin)) return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  refuse('request.cross_site');
}
