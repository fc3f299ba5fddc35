import { createServer } from 'node:net';

/**
 * Throws, naming the remedy, when the port is taken.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>}
 */
export function requireFreePort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') reject(new Error(busy(port)));
      else if (error.code === 'EACCES') reject(new Error(`Port ${port} may not be opened: choose one above 1023.`));
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

/**
 * The port that PORT names, 4000 when it names none. Throws, naming what would be right, on anything else.
 * @param {string | undefined} text
 * @returns {number}
 */
export function portOf(text) {
  const port = Number(text || 4000);
  if (Number.isInteger(port) && port > 0 && port < 65_535) return port;
  throw new Error(`PORT=${text}: a whole number from 1 to 65534 (the sandbox takes the one after it)`);
}

/** @param {number} port */
function busy(port) {
  return (
    `Port ${port} is in use. If Plumbline runs there already, open http://127.0.0.1:${port} or stop it first; ` +
    `to use another port: PORT=${port < 65_000 ? port + 100 : port - 100} npm start`
  );
}
