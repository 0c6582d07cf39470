import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Routes that are loaded when they are needed, or before, when there is time; requests that come earlier wait. */
export class LaterRoutes {
  private loading: Promise<RequestListener> | undefined;
  private listener: RequestListener | undefined;

  constructor(private readonly create: () => Promise<RequestListener>) {}

  /** Resolves when the routes are there. */
  async load(): Promise<void> {
    this.listener = await (this.loading ??= this.create());
  }

  /** Answers a request, as soon as the routes are there. */
  respond(request: IncomingMessage, response: ServerResponse): void {
    if (this.listener === undefined) void this.load().then(() => this.listener?.(request, response));
    else this.listener(request, response);
  }
}
