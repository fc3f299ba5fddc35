import cookiePlugin from '@fastify/cookie';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { limits as numbers, type Config } from '../config.ts';
import type { Clock } from '../ctx.ts';
import type { Db } from '../db/db.ts';
import { Refusal } from '../errors.ts';
import { serializerCompiler, validatorCompiler } from './compilers.ts';
import { installDocs } from './docs.ts';
import { installEntrance } from './entrance.ts';
import { answerHeaders, applyHeaders } from './headers.ts';
import { installHealth } from './health.ts';
import { installLimits } from './limits.ts';
import { installLive } from './live.ts';
import type { Module } from './module.ts';
import { installOpenApi } from './openapi.ts';
import { installProblems, problemText, problemType, sendProblem } from './problems.ts';
import { installRoutes } from './routes.ts';
import { createSessions, sessionCookieName } from './session.ts';
import type { Mount } from './web.ts';

export interface ServerParts {
  config: Config;
  db: Db;
  clock: Clock;
  log: Logger;
  modules: readonly Module[];
  /** What else answers, after the API: the pages. */
  mount?: Mount | undefined;
}

/** How our own pages call the API within the process: the general rate limit has already counted the page. */
export interface InsideCalls {
  header: string;
  token: string;
}

/** The API as a server that is ready and not yet listening. Throws when a route names no permission. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config, modules } = parts;
  const inside: InsideCalls = { header: 'x-plumbline-inside', token: randomUUID() };
  const app = Fastify(optionsOf(parts, inside));
  const authenticate = modules.find((module) => module.authenticate)?.authenticate;
  const sessions = createSessions(authenticate, sessionCookieName(config));

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  installProblems(app);
  await app.register(cookiePlugin);
  const limits = await installLimits(app, config);
  installEntrance(app, parts, { sessions, limits, inside });
  await installOpenApi(app, config);
  installHealth(app, parts);
  await installRoutes(app, parts, limits);
  await installLive(app, parts, sessions);
  installDocs(app);
  await parts.mount?.(app, parts, inside);
  await app.ready();
  return app;
}

/** A call from one of our pages has the page's id, so that an error page shows the one that the log has. */
function requestIdOf(headers: IncomingHttpHeaders, inside: InsideCalls): string {
  const id = headers['x-request-id'];
  return headers[inside.header] === inside.token && typeof id === 'string' ? id : randomUUID();
}

function optionsOf({ config, log }: ServerParts, inside: InsideCalls): FastifyServerOptions {
  return {
    loggerInstance: log,
    // One line per request is written at its end, without addresses and query strings.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestIdOf(headers, inside),
    trustProxy: config.trustProxy,
    bodyLimit: numbers.bodyBytes,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
    // An address that cannot be decoded reaches no hook, so its answer gets its headers here.
    frameworkErrors: (error, request, reply) => {
      applyHeaders(reply, answerHeaders(config));
      reply.header('x-request-id', request.id);
      sendProblem(request, reply, error);
    },
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || error.code === 'ECONNRESET') return;
      const text = problemText(new Refusal('request.unparsable'), randomUUID());
      const head = `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: ${problemType}\r\n`;
      socket.end(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    },
  };
}
