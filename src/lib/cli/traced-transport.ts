import type { ApiResponse, RequestBody, Transport, TransportRequest } from '../client/transport.js';
import type { Redactor } from './redaction.js';
import type { Terminal } from './terminal.js';
import type { TraceLevel } from './traces.js';

/** Bytes of a body that `-v` shows; `-d` shows all (§3). */
const shownBytes = 1000;

function textOf(body: RequestBody): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

/** Writes every request and response to stderr, secrets redacted (C-60). */
export class TracedTransport implements Transport {
  constructor(
    private readonly deps: {
      readonly transport: Transport;
      readonly terminal: Terminal;
      readonly redactor: Redactor;
      readonly level: TraceLevel;
      /** Shown before the target of each request. */
      readonly host: string;
    },
  ) {}

  async send(request: TransportRequest): Promise<ApiResponse> {
    const started = performance.now();
    this.line(`> ${request.method} ${this.deps.host}${request.target}`);
    for (const [name, value] of Object.entries(request.headers)) this.line(`> ${name}: ${value}`);
    this.body('>', textOf(request.body ?? ''));
    const response = await this.deps.transport.send({ ...request, unread: false });
    this.line(`< ${String(response.status)} in ${(performance.now() - started).toFixed(0)} ms`);
    for (const [name, value] of Object.entries(response.headers)) this.line(`< ${name}: ${value}`);
    this.body('<', response.body);
    return response;
  }

  dispose(): void {
    this.deps.transport.dispose();
  }

  private body(direction: string, text: string): void {
    if (text === '') return;
    // Redacted before it is cut: a secret that the cut divides would not be recognised any more.
    const safe = this.deps.redactor.redact(text);
    const cut = this.deps.level === 'verbose' && safe.length > shownBytes;
    this.deps.terminal.diagnostic(`${direction} ${cut ? `${safe.slice(0, shownBytes)}… (cut; -d shows all)` : safe}`);
  }

  private line(text: string): void {
    this.deps.terminal.diagnostic(this.deps.terminal.palette.dim(this.deps.redactor.redact(text)));
  }
}
