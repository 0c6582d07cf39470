import { rmSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import { PlatformError } from '../errors/client-errors.js';
import { portOwner } from './port-owner.js';

/** Milliseconds that answers get to leave when the platform stops; then connections are cut. */
const farewell = 500;

/** Heads arrive within 10 s and whole requests within 60 s, checked every second (RS-167). */
const timeouts = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000 };

/**
 * Listens for the REST API on TCP; gives the URL. The socket is exclusive and on one address (RS-246, RS-250). Throws PlatformError that names
 * the port and, if it can be found, who has it (RS-147).
 */
export async function listenOnTcp(server: Server, host: string, port: number): Promise<string> {
  try {
    await listening(server, { host, port, exclusive: true });
  } catch (error) {
    throw toPlatformError(error, host, port);
  }
  const { port: actual } = server.address() as AddressInfo;
  return urlOf(host, actual);
}

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

/** The URL of an address. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
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
  await listening(server, { path, exclusive: true });
  // The folder is private already; this is for systems that look at the socket itself.
  chmodSync(path, 0o600);
  return server;
}

/** Resolves when the server listens; rejects with the error of the system. */
function listening(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
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

function toPlatformError(error: unknown, host: string, port: number): PlatformError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const other = 'rt platform start --port 0 takes any free one, so does RT_PLATFORM_PORT=0';
  if (code === 'EADDRINUSE') {
    const owner = portOwner(port);
    const by = owner === undefined ? 'another program' : owner;
    return new PlatformError(`port ${String(port)} is in use by ${by}`, { hint: other, cause: error });
  }
  if (code === 'EACCES') {
    return new PlatformError(`port ${String(port)} needs more rights than this account has`, { hint: other });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new PlatformError(`cannot listen on ${host} port ${String(port)}: ${reason}`, { cause: error });
}
