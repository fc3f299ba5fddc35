import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { portOf, requireFreePort } from './port.mjs';

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

describe('the port that PORT names', () => {
  it('is 4000 when it names none', () => {
    expect([portOf(undefined), portOf(''), portOf('8080')]).toEqual([4000, 4000, 8080]);
  });

  it.each(['abc', '0', '-1', '80.5', '65535', '70000'])('cannot be %s', (text) => {
    expect(() => portOf(text)).toThrow(`PORT=${text}: a whole number from 1 to 65534`);
  });
});
