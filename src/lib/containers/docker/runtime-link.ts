import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import type { Clock } from '../../entity/clock.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import { PendingAnswer } from '../pending-answer.js';
import type { ContainerEnd } from './engine.js';

interface RuntimeLinkDeps {
  readonly host: string;
  readonly port: number;
  /** Whether a relay of the engine listens there, which takes connections before the runtime does. */
  readonly relayed: boolean;
  readonly clock: Clock;
  /** Whether the container has ended. */
  readonly hasEnded: () => boolean;
  /** Resolves when the container has ended. */
  readonly gone: Promise<void>;
  readonly image: string;
  /** How the container has ended; asked when an answer is lost. */
  readonly end: () => Promise<ContainerEnd | undefined>;
}

/** Milliseconds between two tries to connect while a runtime starts (performance.md §4, 5). */
const retryInterval = 8;

/** Milliseconds that a connection within one machine never needs. */
const connectPatience = 2_000;

/**
 * Posts to a runtime over HTTP, with a connection for each request: addresses of containers are recycled, and the next container would get a
 * dead socket (action-interface.md §1, AI-326).
 */
export class RuntimeLink {
  /** Whether the runtime has answered once: until then it may still be starting. */
  private listens = false;

  constructor(private readonly deps: RuntimeLinkDeps) {}

  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.deps.hasEnded()) return this.afterTheEnd();
    const pending = new PendingAnswer(this.deps.clock, bounds);
    const exchange = new Exchange(route, body, {
      ...this.deps,
      pending,
      isStarting: () => !this.listens,
      onAnswer: () => {
        this.listens = true;
      },
    });
    void this.deps.gone.then(() => exchange.lose());
    exchange.begin();
    return pending.outcome;
  }

  /** Nothing can be sent any more; another container would help unless the image has no command at all. */
  private async afterTheEnd(): Promise<RuntimeOutcome> {
    const { image, end } = this.deps;
    return this.listens || !isCommandMissing(await end()) ? { type: 'unreachable' } : noCommand(image);
  }
}

interface ExchangeDeps extends RuntimeLinkDeps {
  readonly pending: PendingAnswer;
  readonly isStarting: () => boolean;
  readonly onAnswer: () => void;
}

/** One request on its way: connects, perhaps several times, and reads the answer. */
class Exchange {
  private request: ClientRequest | undefined;
  private connected = false;
  private losing = false;

  constructor(
    private readonly route: string,
    private readonly body: string,
    private readonly deps: ExchangeDeps,
  ) {
    void deps.pending.outcome.then(() => this.request?.destroy());
  }

  begin(): void {
    const { host, port, clock } = this.deps;
    this.connected = false;
    const path = /^\/[!-~]*$/.test(this.route) ? this.route : '/unknown';
    const headers = {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'Content-Length': Buffer.byteLength(this.body),
      Connection: 'close',
    };
    const request = httpRequest({ host, port, path, method: 'POST', headers, agent: false });
    this.request = request;
    const cancel = clock.after(connectPatience, () => {
      if (!this.connected) request.destroy(new Error('no connection'));
    });
    request.once('socket', (socket) => {
      socket.once('connect', () => {
        this.connected = true;
        cancel();
      });
    });
    request.once('response', (response) => {
      this.deps.onAnswer();
      this.read(response);
    });
    request.once('error', () => {
      cancel();
      this.fail();
    });
    request.end(this.body);
  }

  /** The container has ended: what it wrote last may still be underway, but nothing more will come. */
  async lose(): Promise<void> {
    if (this.losing) return;
    this.losing = true;
    const { pending, clock, image, isStarting } = this.deps;
    if (pending.isSettled) return;
    const end = await this.deps.end();
    if (isCommandMissing(end) && isStarting()) {
      pending.settle(noCommand(image));
      return;
    }
    await new Promise<void>((resolve) => void clock.after(retryInterval, resolve));
    // A request that never left is another container's to run; one to `/init` was this container's whole task.
    if (this.connected || this.route === '/init') pending.settle({ type: 'lost', outOfMemory: isOutOfMemory(end) });
    else pending.settle({ type: 'unreachable' });
  }

  private read(response: IncomingMessage): void {
    const { pending } = this.deps;
    response.on('data', (chunk: Buffer) => {
      pending.append(chunk);
    });
    response.once('error', () => void this.breakOff());
    response.once('close', () => {
      if (response.complete) pending.complete(response.statusCode ?? 0);
      else void this.breakOff();
    });
  }

  private fail(): void {
    const { pending, hasEnded, isStarting, relayed, clock } = this.deps;
    if (pending.isSettled) return;
    if (isStarting() && !hasEnded() && (!this.connected || relayed)) {
      clock.after(retryInterval, () => {
        if (!pending.isSettled && !this.losing) this.begin();
      });
    } else if (this.connected) void this.breakOff();
    else if (!hasEnded()) pending.settle({ type: 'unreachable' });
  }

  /** The connection was cut: the reason may be known in a moment, when the engine has noticed that the container ended. */
  private async breakOff(): Promise<void> {
    const { clock, gone } = this.deps;
    const noticed = new Promise<void>((resolve) => void clock.after(noticePatience, resolve));
    await Promise.race([gone, noticed]);
    await this.lose();
  }
}

/** Whether Docker's init has ended because what it was to start is not in the image. */
function isCommandMissing(end: ContainerEnd | undefined): boolean {
  return end?.status === 127;
}

/** OpenWhisk's words for that (action-interface.md §1.6), as an answer, so that it counts as the developer's error. */
function noCommand(image: string): RuntimeOutcome {
  return {
    type: 'answer',
    status: 502,
    body: JSON.stringify({ error: `executable file not found in image ${image}` }),
  };
}

/** Exit statuses that mean memory: an abort of V8, a segmentation fault at the kernel's limit (RS-501). */
const memoryStatuses: readonly number[] = [134, 139];

function isOutOfMemory(end: ContainerEnd | undefined): boolean {
  return end !== undefined && (end.outOfMemory || memoryStatuses.includes(end.status));
}

/** Milliseconds that the engine may need to notice the end of a container. */
const noticePatience = 1_000;
