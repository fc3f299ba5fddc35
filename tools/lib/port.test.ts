import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requireFreePort } from './port.mjs';

describe('a port that is taken', () => {
  it('is refused with the way to another one', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(requireFreePort(port, '127.0.0.1')).rejects.toThrow(`Port ${port} is in use`);
    await expect(requireFreePort(port, '127.0.0.1')).rejects.toThrow(`PORT=${port + 100} npm start`);
    server.close();
    await once(server, 'close');
    await expect(requireFreePort(port, '127.0.0.1')).resolves.toBeUndefined();
  });
});
