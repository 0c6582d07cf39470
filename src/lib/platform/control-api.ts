import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContainerStatus } from '../invoker/invoker.js';
import type { KindAvailabilityRow, PlatformStatus } from './control-client-documents.js';
import type { PlatformState } from './state-file.js';

/** What the control routes ask the platform. */
export interface ControlTarget {
  readonly state: PlatformState;
  status(): Promise<PlatformStatus>;
  containers(): ContainerStatus[];
  kinds(): Promise<KindAvailabilityRow[]>;
  /** Begins to stop; does not wait for it. */
  beginStop(timeout: number): void;
}

/** Longest time for running activations that `/rt/stop` takes, in ms. */
const maxTimeout = 600_000;

/**
 * Answers a request to `/rt/…`; false when the path is another. These routes exist on the control socket only, which only the user's own
 * programs can reach; they need no key (RS-245).
 */
export function answerControl(target: ControlTarget, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (!url.pathname.startsWith('/rt/')) return false;
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'GET /rt/state':
      answer(response, 200, target.state);
      return true;
    case 'GET /rt/status':
      answerLater(response, target.status());
      return true;
    case 'GET /rt/containers':
      answer(response, 200, target.containers());
      return true;
    case 'GET /rt/kinds':
      answerLater(response, target.kinds());
      return true;
    case 'POST /rt/stop': {
      const timeout = Number(url.searchParams.get('timeout') ?? '0');
      answer(response, 202, { stopping: true });
      target.beginStop(timeout >= 0 && timeout <= maxTimeout ? timeout : 0);
      return true;
    }
    default:
      answer(response, 404, { error: 'The requested resource could not be found.' });
      return true;
  }
}

function answerLater(response: ServerResponse, document: Promise<object>): void {
  document.then(
    (body) => {
      answer(response, 200, body);
    },
    (error: unknown) => {
      answer(response, 500, { error: String(error) });
    },
  );
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  });
  response.end(text);
}
