import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { PlatformError } from '../errors/client-errors.js';
import { portOwner } from './port-owner.js';

/**
 * An address of the REST API that belongs to the platform before it can answer there: so the first runtime, which is told the address, can be
 * started while the server is still being loaded, also on a port that the system chooses (P-10). Who connects meanwhile waits.
 */
export class ReservedAddress {
  private readonly waiting: Socket[] = [];
  private handedOver = false;

  private constructor(
    private readonly server: Server,
    /** `http://127.0.0.1:3233`. */
    readonly url: string,
  ) {
    server.on('connection', (socket) => {
      this.waiting.push(socket);
    });
  }

  /**
   * Listens on TCP. The socket is exclusive and on one address (RS-246, RS-250). Throws PlatformError that names the port and, if it can be
   * found, who has it (RS-147).
   */
  static async reserve(host: string, port: number): Promise<ReservedAddress> {
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port, exclusive: true }, resolve);
      });
    } catch (error) {
      throw toPlatformError(error, host, port);
    }
    return new ReservedAddress(server, urlOf(host, (server.address() as AddressInfo).port));
  }

  /** From now on `server` listens here; it gets who waits already. */
  async handOver(server: HttpServer): Promise<void> {
    this.handedOver = true;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.server, () => {
        server.off('error', reject);
        resolve();
      });
    });
    for (const socket of this.waiting.splice(0)) {
      server.emit('connection', socket);
      socket.resume();
    }
  }

  /** Gives the address back, unless a server has it. */
  release(): void {
    if (this.handedOver) return;
    for (const socket of this.waiting.splice(0)) socket.destroy();
    this.server.close();
  }
}

/** The URL of an address. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
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
