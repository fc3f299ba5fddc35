/** The least that a Node server can do for a search: one prepared statement, ready bytes. bare.ts <database> <port> <answers.json> */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { appPool } from '../../apps/server/src/platform/db/pool.ts';

const [databaseUrl = '', port = '', file = ''] = process.argv.slice(2);
const answers = JSON.parse(readFileSync(file, 'utf8')) as Record<
  string,
  { text: string; values: unknown[]; body: string }
>;
const ready = new Map(
  Object.entries(answers).map(([address, { text, values, body }]) => {
    const name = createHash('sha256').update(text).digest('base64url');
    return [address, { name, text, values, body: Buffer.from(body) }];
  }),
);
const pool = appPool(databaseUrl, { name: 'bare' });

const server = createServer((request, response) => {
  const answer = ready.get(request.url ?? '');
  if (!answer) {
    response.writeHead(404).end();
    return;
  }
  const { name, text, values, body } = answer;
  pool.query({ name, text, values }).then(
    () =>
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length })
        .end(body),
    () => response.writeHead(500).end(),
  );
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void pool.end();
});
