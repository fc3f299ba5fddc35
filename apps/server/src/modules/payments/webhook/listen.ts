import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ctx } from '../../../platform/ctx.ts';
import { isRefusal } from '../../../platform/errors.ts';
import { receive } from './receive.ts';

/** The two addresses that the PSP knows of us, without the rest of the API. */
export interface MessageListener {
  /** `…/platform` and `…/connect` are below it. */
  url: string;
  close(): void;
}

/** Takes the PSP's messages in on a port of its own: for tests, and for the demo's story before the API is up. */
export async function listenForMessages(ctx: () => Ctx): Promise<MessageListener> {
  const server = createServer((request, response) => {
    const endpoint = request.url === '/connect' ? 'connect' : 'platform';
    bytesOf(request)
      .then((raw) => receive(ctx(), endpoint, raw, String(request.headers['stripe-signature'])))
      .then(
        () => response.writeHead(200).end('{}'),
        (error: unknown) => response.writeHead(isRefusal(error) ? error.status : 500).end(),
      );
  });
  return {
    url: `http://127.0.0.1:${await listening(server)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
