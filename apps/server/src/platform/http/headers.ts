import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

/** Headers of every answer, pages apart. */
export function answerHeaders(config: Config): Record<string, string> {
  return { ...securityHeaders(config), 'content-security-policy': dataPolicy };
}

function securityHeaders({ publicUrl }: Config): Record<string, string> {
  const base = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), payment=(), geolocation=(self)',
  };
  if (!publicUrl.startsWith('https:')) return base;
  return { ...base, 'strict-transport-security': 'max-age=63072000; includeSubDomains' };
}

/** Of answers that are data: a browser that is tricked into showing one as a page runs nothing of it. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * Of pages. Scripts run only from our files or with this answer's nonce. Forms may lead on to the payment service's
 * hosted page: browsers apply `form-action` to redirects too.
 */
export function pagePolicy({ nonce, formTargets }: { nonce: string; formTargets: readonly string[] }): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    // The attribute `style` places drawings; it cannot run anything.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function applyHeaders(reply: FastifyReply, headers: Record<string, string>): void {
  for (const name in headers) reply.header(name, headers[name]);
}
