import type { ApiResponse, Transport, TransportRequest } from '../client/transport.js';
import type { Progress } from './spinner.js';

/** Shows progress while a request is under way (C-62). */
export class ProgressTransport implements Transport {
  constructor(
    private readonly deps: { readonly transport: Transport; readonly progress: Progress; readonly text: string },
  ) {}

  send(request: TransportRequest): Promise<ApiResponse> {
    return this.deps.progress.during(this.deps.text, this.deps.transport.send(request));
  }

  dispose(): void {
    this.deps.transport.dispose();
  }
}
