import { isbot } from 'isbot';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { renderToPipeableStream } from 'react-dom/server';
import { ServerRouter, type EntryContext, type RouterContextProvider } from 'react-router';
import { pageContext } from './lib/context.ts';
import './lib/languages.server.ts';
import { NonceProvider } from './lib/nonce.tsx';

// The server makes the load context with the very keys of this build.
export { RouterContextProvider } from 'react-router';
export { apiContext, pageContext } from './lib/context.ts';

export const streamTimeout = 5_000;

/**
 * Renders a page in one piece: every loader has answered by now, so there is nothing to stream, and a fault while
 * rendering still becomes an honest 500.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: Readonly<RouterContextProvider>,
): Promise<Response> {
  headers.set('content-type', 'text/html; charset=utf-8');
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const { nonce } = loadContext.get(pageContext);
  const page = await render(
    <NonceProvider value={nonce}>
      <ServerRouter context={routerContext} url={request.url} nonce={nonce} />
    </NonceProvider>,
    nonce,
  );
  if (isbot(request.headers.get('user-agent'))) headers.delete('set-cookie');
  return new Response(page, { status, headers });
}

function render(page: React.ReactNode, nonce: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        const body = new PassThrough();
        stream.pipe(body);
        resolve(text(body));
      },
      onShellError: reject,
      onError: reject,
    });
  });
}
