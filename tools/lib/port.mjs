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

/** @param {number} port */
function busy(port) {
  return (
    `Port ${port} is in use. If Plumbline runs there already, open http://127.0.0.1:${port} or stop it first; ` +
    `to use another port: PORT=${port + 100} npm start`
  );
}
