import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { InsideCalls } from './server.ts';

export function webMount(config: Config): (app: FastifyInstance, inside: InsideCalls) => Promise<void> {
  return async () => void config;
}
