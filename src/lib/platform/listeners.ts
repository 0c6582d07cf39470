import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlOf } from './reserved-address.js';

/** Milliseconds that answers get to leave when the platform stops; then connections are cut. */
const farewell = 500;

/** Heads arrive within 10 s and whole requests within 60 s, checked every second (RS-167). */
const timeouts = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000 };

/**
 * Listens on one more address, on the same port or, when that is taken there, on any: what it hears goes to `respond`. Gives the server and
 * its URL.
 */
export async function listenBeside(
  host: string,
  port: number,
  respond: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(timeouts, respond);
  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port: at, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch(() => listen(0));
  const { port: actual } = server.address() as AddressInfo;
  return { server, url: urlOf(host, actual) };
}

/**
 * Listens on the control socket. Only for the owner of the run folder's lock: what lies at the path is removed first (RS-248). Resolves with
 * the server.
 */
export async function listenOnSocket(
  path: string,
  respond: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer(timeouts, respond);
  // Exclusive as the other one: Node otherwise loads what shares sockets among the processes of a cluster (P-14).
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // The folder is private already; this is for systems that look at the socket itself.
  chmodSync(path, 0o600);
  return server;
}

/** Accepts no more connections, lets answers leave, and closes what is then left. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, farewell);
  await closed;
  clearTimeout(cut);
}
