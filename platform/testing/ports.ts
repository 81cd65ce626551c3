// A server of a test on a port of this machine: which port, and whether it speaks yet.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Ports that nobody listens on, found at once, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

export const freePort = async (): Promise<number> => (await freePorts(1))[0]!;

/**
 * Resolves when a server that speaks first has said something: it listens once everything else is done.
 *
 * @throws the last error of the connection when it ends before, or says nothing for a minute.
 */
export async function speaking(port: number, running: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'data');
      return;
    } catch (error) {
      if (!running() || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      socket.destroy();
    }
  }
}
